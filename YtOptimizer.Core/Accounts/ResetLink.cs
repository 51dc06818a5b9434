using System.Buffers.Text;

namespace YtOptimizer.Core.Accounts;

/// <summary>The token in a password-reset link: the id of the reset and its keyed proof. Only the proof's digest is stored.</summary>
public static class ResetLink
{
    public static string Write(AccountKeys keys, Guid resetId)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Base64Url.EncodeToString([.. resetId.ToByteArray(), .. keys.Current.ResetToken(resetId)]);
    }

    /// <summary>Null when the text cannot be such a token.</summary>
    public static (Guid ResetId, byte[] Token)? Read(string token)
    {
        var bytes = new byte[64];
        return token is { Length: 64 } && Base64Url.TryDecodeFromChars(token, bytes, out var written) && written == 48
            ? (new Guid(bytes.AsSpan(0, 16)), bytes[16..48])
            : null;
    }
}
