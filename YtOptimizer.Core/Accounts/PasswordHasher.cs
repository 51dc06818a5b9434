using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NSec.Cryptography;

namespace YtOptimizer.Core.Accounts;

/// <summary>All hashing places are taken; answer 503 with Retry-After.</summary>
public sealed class HashingBusyException() : Exception("Too many sign-ins are being checked at this moment.");

/// <summary>
/// Argon2id (libsodium), stored as a PHC string; bcrypt of earlier systems is verified and reported for an upgrade. Passwords are hashed in
/// composed form (NFC, as NIST SP 800-63B asks), so that a letter typed on one keyboard is the one typed on another; otherwise exactly as
/// sent: no trimming, no truncation. At most one hash per core runs at a time, on a thread of its own, so that a flood of sign-ins neither
/// exhausts memory nor starves other requests; twice as many may be admitted, so that one hashes while another talks to the database.
/// </summary>
public sealed class PasswordHasher : IDisposable
{
    /// <summary>OWASP's figure for one pass (password storage cheat sheet; ASVS 5.0 appendix C).</summary>
    public const int MinMemoryKiB = 47_104;

    /// <summary>How many sign-ins may be under way at once; the others wait.</summary>
    public static readonly int Places = 2 * Environment.ProcessorCount;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim places = new(Places);
    private readonly SemaphoreSlim cores = new(Environment.ProcessorCount);
    private readonly int memoryKiB;
    private readonly int passes;
    private readonly string dummy;

    public PasswordHasher(IOptions<AccountOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        memoryKiB = options.Value.Argon2MemoryKiB;
        passes = options.Value.Argon2Passes;
        dummy = Format(memoryKiB, passes, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));
    }

    /// <summary>A place to hash in. Held over the reservation of an attempt, so that a refused place never costs one.</summary>
    /// <exception cref="HashingBusyException">No place became free within two seconds.</exception>
    public async Task<Place> EnterAsync(CancellationToken ct) =>
        await places.WaitAsync(MaxWait, ct) ? new Place(this) : throw new HashingBusyException();

    public async Task<string> HashAsync(string password, CancellationToken ct)
    {
        using var place = await EnterAsync(ct);
        return await place.HashAsync(password);
    }

    public void Dispose()
    {
        places.Dispose();
        cores.Dispose();
    }

    private static string Composed(string password)
    {
        try
        {
            return password.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair has no composed form.
            return password;
        }
    }

    private static string Format(int memoryKiB, int passes, byte[] salt, byte[] hash) =>
        $"$argon2id$v=19$m={memoryKiB},t={passes},p=1$"
        + $"{Convert.ToBase64String(salt).TrimEnd('=')}${Convert.ToBase64String(hash).TrimEnd('=')}";

    private static byte[] Derive(string password, byte[] salt, int memoryKiB, int passes, int length)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            var algorithm = PasswordBasedKeyDerivationAlgorithm.Argon2id(
                new Argon2Parameters
                {
                    DegreeOfParallelism = 1,
                    MemorySize = memoryKiB,
                    NumberOfPasses = passes,
                }
            );
            return algorithm.DeriveBytes(bytes, salt, length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    // Waits for at most one hash before it: there are no more than twice as many places as cores.
    private async Task<T> OnOwnThreadAsync<T>(Func<T> work)
    {
        await cores.WaitAsync();
        try
        {
            return await Task.Factory.StartNew(
                work,
                CancellationToken.None,
                TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
                TaskScheduler.Default
            );
        }
        finally
        {
            cores.Release();
        }
    }

    /// <summary>One of the few places; dispose to free it.</summary>
    public sealed class Place(PasswordHasher owner) : IDisposable
    {
        private bool left;

        public Task<string> HashAsync(string password) =>
            owner.OnOwnThreadAsync(() =>
            {
                var salt = RandomNumberGenerator.GetBytes(SaltBytes);
                return Format(
                    owner.memoryKiB,
                    owner.passes,
                    salt,
                    Derive(Composed(password), salt, owner.memoryKiB, owner.passes, HashBytes)
                );
            });

        /// <summary>
        /// Does the same work for a missing hash as for a stored one; <paramref name="stored"/> null never matches. While there are bcrypt
        /// hashes (<paramref name="legacyCost"/> is theirs), a failure costs one hash of either kind, so that its time does not tell which
        /// kind is stored.
        /// </summary>
        public async Task<PasswordCheck> VerifyAsync(string password, string? stored, int? legacyCost = null)
        {
            var composed = Composed(password);
            var check = await CompareAsync(composed, stored, legacyCost);
            if (check.Matches || composed == password)
            {
                return check;
            }

            // Set as it was typed, before passwords were composed: it is stored composed from now on.
            var exact = await CompareAsync(password, stored, legacyCost);
            return exact with { NeedsRehash = exact.Matches };
        }

        private Task<PasswordCheck> CompareAsync(string password, string? stored, int? legacyCost) =>
            owner.OnOwnThreadAsync(() =>
            {
                var isLegacy = stored is ['$', '2', ..];
                var check =
                    stored is null ? Argon2(password, owner.dummy) with { Matches = false }
                    : isLegacy ? Bcrypt(password, stored)
                    : Argon2(password, stored);
                if (!check.Matches && legacyCost is { } cost)
                {
                    _ = isLegacy ? Argon2(password, owner.dummy) : Bcrypt(password, LegacyDummy(cost));
                }

                return check;
            });

        public void Dispose()
        {
            if (!left)
            {
                left = true;
                owner.places.Release();
            }
        }

        // Any salt and digest of that cost do: the work is in comparing, and nothing is ever made of the answer.
        internal static string LegacyDummy(int cost) => $"$2a${Math.Clamp(cost, 4, 14):00}$" + new string('a', 53);

        private PasswordCheck Argon2(string password, string stored)
        {
            if (!PhcString.TryParse(stored, out var phc) || phc.Parallelism != 1)
            {
                return new PasswordCheck(false, false);
            }

            var matches = CryptographicOperations.FixedTimeEquals(
                Derive(password, phc.Salt, phc.MemoryKiB, phc.Passes, phc.Hash.Length),
                phc.Hash
            );
            return new PasswordCheck(matches, matches && (phc.MemoryKiB < owner.memoryKiB || phc.Passes < owner.passes));
        }

        // bcrypt reads 72 bytes only. Longer passwords cannot have been set under it, so they never match.
        private static PasswordCheck Bcrypt(string password, string stored)
        {
            try
            {
                var matches = BCrypt.Net.BCrypt.Verify(password, stored) && Encoding.UTF8.GetByteCount(password) <= 72;
                return new PasswordCheck(matches, matches);
            }
            catch (Exception error) when (error is BCrypt.Net.SaltParseException or ArgumentException or FormatException)
            {
                return new PasswordCheck(false, false);
            }
        }
    }
}

/// <summary>Whether the password fits, and whether the stored hash should be replaced by a stronger one now that it is known.</summary>
public readonly record struct PasswordCheck(bool Matches, bool NeedsRehash);
