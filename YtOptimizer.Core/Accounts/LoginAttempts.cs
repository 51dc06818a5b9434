using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// The lock against guessing. A try is reserved in one atomic statement before any password is looked at, so parallel guesses over any
/// number of processes get no more tries than one after another would. Tries that come while the last allowed ones are still undecided wait
/// for them: the owner's devices, signing in at one moment with the right password, are all let in. Addresses without an account are
/// counted alike.
/// </summary>
public sealed class LoginAttempts(Db db, IOptions<AccountOptions> options)
{
    internal const string PurgeSql =
        "DELETE FROM login_attempts WHERE email_digest IN (SELECT email_digest FROM login_attempts WHERE updated_at < now() - interval "
        + "'30 days' LIMIT @batch)";

    /// <summary>A try is decided by then, or its process is gone.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(40);

    // The last allowed try sets the lock in advance; only success takes it away again. Each further lock lasts twice as long, up to a day.
    private const string ReserveSql = """
        INSERT INTO login_attempts AS a (email_digest, attempts, undecided, lock_level, locked_until)
        VALUES (@digest, 1, 1, CASE WHEN @max = 1 THEN 1 ELSE 0 END, CASE WHEN @max = 1 THEN now() + @duration END)
        ON CONFLICT (email_digest) DO UPDATE SET
            attempts = CASE WHEN a.locked_until IS NOT NULL THEN 1 ELSE a.attempts + 1 END,
            lock_level = CASE WHEN @max = 1 OR (a.locked_until IS NULL AND a.attempts + 1 >= @max) THEN least(a.lock_level + 1, 20)
                ELSE a.lock_level END,
            locked_until = CASE WHEN @max = 1 OR (a.locked_until IS NULL AND a.attempts + 1 >= @max)
                                THEN now() + least(@duration * power(2, a.lock_level), interval '1 day') END,
            undecided = CASE WHEN a.updated_at > now() - @timeLimit THEN a.undecided ELSE 0 END + 1,
            updated_at = now()
        WHERE a.locked_until IS NULL OR a.locked_until <= now()
        RETURNING attempts
        """;

    private const string UndecidedSql =
        "SELECT undecided > 0 AND updated_at > now() - @timeLimit FROM login_attempts WHERE email_digest = @digest";

    private const string FailedSql = "UPDATE login_attempts SET undecided = greatest(undecided - 1, 0) WHERE email_digest = @digest";

    private const string ClearSql = "DELETE FROM login_attempts WHERE email_digest = @digest";

    /// <summary>True when this try may look at the password. <paramref name="email"/> is in normal form.</summary>
    public async Task<Reservation> ReserveAsync(string email, CancellationToken ct)
    {
        var max = options.Value.MaxLoginAttempts;
        var digest = Digest(email);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var attempts = await db.ScalarAsync<int?>(
                ReserveSql,
                new
                {
                    digest,
                    max,
                    duration = TimeSpan.FromMinutes(options.Value.LockoutDurationMinutes),
                    timeLimit = TimeLimit,
                },
                ct
            );
            if (
                attempts is not null
                || TimeProvider.System.GetElapsedTime(started) > TimeLimit
                || !await db.ScalarAsync<bool>(UndecidedSql, new { digest, timeLimit = TimeLimit }, ct)
            )
            {
                return new Reservation(attempts is not null, attempts >= max);
            }

            await Task.Delay(LookAgain, ct);
        }
    }

    /// <summary>A reserved try did not fit.</summary>
    public Task FailedAsync(string email, CancellationToken ct) => db.ExecuteAsync(FailedSql, new { digest = Digest(email) }, ct);

    /// <summary>A success, a reset by mail or an operator: the next failure counts from one again.</summary>
    public static Task ClearAsync(DbScope scope, string email)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(ClearSql, new { digest = Digest(EmailAddress.Key(email)) });
    }

    /// <summary>SHA-256 of the address in normal form, so that an operator can write <c>sha256('someone@example.com')</c> in SQL.</summary>
    public static byte[] Digest(string email) => SHA256.HashData(Encoding.UTF8.GetBytes(email));

    /// <param name="Allowed">This try may look at the password.</param>
    /// <param name="LastBeforeLock">It is the last one: failing it locks the account for a while.</param>
    public readonly record struct Reservation(bool Allowed, bool LastBeforeLock);
}
