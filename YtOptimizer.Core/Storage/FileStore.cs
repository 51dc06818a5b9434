using System.Buffers;
using System.Security.Cryptography;

namespace YtOptimizer.Core.Storage;

/// <summary>
/// Files by unguessable key, the same for every instance: in the database, or below a directory that all machines share. Saving streams
/// (never the whole file in memory), and a key exists only once its file is complete.
/// </summary>
public abstract class FileStore(long maxUploadBytes)
{
    /// <summary>Uploaded audio and video; deleted after the analysis or by age.</summary>
    public const string Uploads = "uploads";

    /// <summary>Rendered thumbnails; served publicly by their key.</summary>
    public const string Thumbnails = "thumbnails";

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.");

    /// <summary>Largest accepted upload in bytes.</summary>
    public long MaxUploadBytes { get; } = maxUploadBytes;

    /// <summary>Streams <paramref name="content"/> into the store and returns its key, e.g. <c>uploads/3f…e1.mp4</c>.</summary>
    /// <param name="content">Read to its end; not disposed.</param>
    /// <param name="folder"><see cref="Uploads"/> or <see cref="Thumbnails"/>.</param>
    /// <param name="extension">Letters and digits without the dot; chosen by content, never by the client's file name.</param>
    /// <param name="maxBytes">More than this throws <see cref="FileTooLargeException"/>.</param>
    /// <param name="ct">Cancels; nothing is kept then.</param>
    public async Task<string> SaveAsync(Stream content, string folder, string extension, long maxBytes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        var key = Checked($"{folder}/{RandomNumberGenerator.GetHexString(32, lowercase: true)}.{extension}");
        await WriteAsync(key, content, maxBytes, ct);
        return key;
    }

    /// <summary>The file, to be read asynchronously; it can be read again from any position.</summary>
    /// <exception cref="FileNotFoundException">No such key.</exception>
    public Task<Stream> OpenAsync(string key, CancellationToken ct) => ReadAsync(Checked(key), ct);

    public Task<bool> ExistsAsync(string key, CancellationToken ct) => FindAsync(Checked(key), ct);

    /// <summary>Removes the file; a missing one is fine. Not cancelled with the request that no longer needs it.</summary>
    public Task DeleteAsync(string key) => RemoveAsync(Checked(key));

    /// <summary>Removes what was written before <paramref name="before"/>, including remains of broken uploads; returns how many.</summary>
    public abstract Task<int> DeleteOlderThanAsync(string folder, DateTimeOffset before, CancellationToken ct);

    protected abstract Task WriteAsync(string key, Stream content, long maxBytes, CancellationToken ct);

    protected abstract Task<Stream> ReadAsync(string key, CancellationToken ct);

    protected abstract Task<bool> FindAsync(string key, CancellationToken ct);

    protected abstract Task RemoveAsync(string key);

    /// <summary>Keys come back from clients and job payloads: anything but folder/name is refused before it reaches the store.</summary>
    private static string Checked(string key)
    {
        var parts = key?.Split('/') ?? [];
        if (
            parts.Length != 2
            || parts[0] is not (Uploads or Thumbnails)
            || parts[1].Length is 0 or > 64
            || parts[1][0] == '.'
            || parts[1].AsSpan().ContainsAnyExcept(KeyCharacters)
        )
        {
            throw new ArgumentException("Not a storage key.", nameof(key));
        }

        return key!;
    }
}

/// <summary>The stream was longer than allowed; nothing was stored.</summary>
public sealed class FileTooLargeException(long maxBytes) : Exception($"The file is larger than {maxBytes} bytes.")
{
    public FileTooLargeException()
        : this(0) { }

    public long MaxBytes { get; } = maxBytes;
}
