using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// Every key of the account system comes from JWT_SECRET, so rotating that one value ends every session. One key per purpose
/// (HKDF), so nothing made for one purpose is valid for another.
/// </summary>
public sealed class AccountKeys
{
    public AccountKeys(IOptions<AccountOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Current = new KeySet(options.Value.JwtSecret);
        Previous = options.Value.JwtSecretPrevious is { Length: > 0 } previous ? new KeySet(previous) : null;
    }

    public KeySet Current { get; }

    public KeySet? Previous { get; }

    /// <summary>Current first.</summary>
    public IEnumerable<KeySet> All => Previous is null ? [Current] : [Current, Previous];

    public sealed class KeySet
    {
        private readonly byte[] refresh;
        private readonly byte[] digest;
        private readonly byte[] reset;
        private readonly byte[] cookie;
        private readonly byte[] pseudonym;

        internal KeySet(string secret)
        {
            Signing = Encoding.UTF8.GetBytes(secret);
            refresh = Derive("refresh-token");
            digest = Derive("token-digest");
            reset = Derive("password-reset");
            cookie = Derive("session-cookie");
            pseudonym = Derive("pseudonym");
        }

        public byte[] Signing { get; }

        /// <summary>256 bits: the refresh token that replaces <paramref name="token"/>. The same for everybody who presents it.</summary>
        public byte[] Successor(ReadOnlySpan<byte> token) => HMACSHA256.HashData(refresh, token);

        /// <summary>What is stored of any token: useless without the key.</summary>
        public byte[] Digest(ReadOnlySpan<byte> token) => HMACSHA256.HashData(digest, token);

        /// <summary>Stands for an e-mail address in records that count by account, known or not, and must not name it.</summary>
        public string Pseudonym(string email) =>
            Convert.ToHexStringLower(HMACSHA256.HashData(pseudonym, Encoding.UTF8.GetBytes(email)).AsSpan(0, 8));

        public byte[] ResetToken(Guid resetId) => HMACSHA256.HashData(reset, resetId.ToByteArray());

        public byte[] SessionCookie(Guid sessionId) => HMACSHA256.HashData(cookie, sessionId.ToByteArray());

        private byte[] Derive(string purpose) =>
            HKDF.DeriveKey(HashAlgorithmName.SHA256, Signing, 32, info: Encoding.ASCII.GetBytes("ytoptimizer/" + purpose));
    }
}
