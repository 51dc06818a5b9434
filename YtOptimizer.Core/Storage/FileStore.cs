using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Storage;

/// <summary>
/// Files by unguessable key below one directory. Saving streams to disk (never the whole file in memory) and becomes visible by an
/// atomic rename, so a crash leaves no half file behind a key.
/// </summary>
public sealed class FileStore(IOptions<StorageOptions> options)
{
    /// <summary>Uploaded audio and video; deleted after the analysis or by age.</summary>
    public const string Uploads = "uploads";

    /// <summary>Rendered thumbnails; served publicly by their key.</summary>
    public const string Thumbnails = "thumbnails";

    private const int BufferBytes = 128 * 1024;
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.");
    private readonly string root = Path.GetFullPath(options.Value.Directory);

    /// <summary>Largest accepted upload in bytes.</summary>
    public long MaxUploadBytes => options.Value.MaxUploadBytes;

    /// <summary>Streams <paramref name="content"/> to disk and returns its key, e.g. <c>uploads/3f…e1.mp4</c>.</summary>
    /// <param name="content">Read to its end; not disposed.</param>
    /// <param name="folder"><see cref="Uploads"/> or <see cref="Thumbnails"/>.</param>
    /// <param name="extension">Letters and digits without the dot; chosen by content, never by the client's file name.</param>
    /// <param name="maxBytes">More than this throws <see cref="FileTooLargeException"/>.</param>
    /// <param name="ct">Cancels; nothing is kept then.</param>
    public async Task<string> SaveAsync(Stream content, string folder, string extension, long maxBytes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        var key = $"{folder}/{RandomNumberGenerator.GetHexString(32, lowercase: true)}.{extension}";
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".part";
        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous))
            {
                await CopyAsync(content, file, maxBytes, ct);
            }

            File.Move(partial, path);
            return key;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <exception cref="FileNotFoundException">No such key (deleted, or stored on another machine without a shared volume).</exception>
    public Task<Stream> OpenAsync(string key) =>
        Task.FromResult<Stream>(new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan));

    public bool Exists(string key) => File.Exists(PathOf(key));

    /// <summary>Removes the file; a missing one is fine.</summary>
    public void Delete(string key) => File.Delete(PathOf(key));

    /// <summary>Removes what was last written before <paramref name="before"/>, including remains of broken uploads.</summary>
    public int DeleteOlderThan(string folder, DateTimeOffset before)
    {
        var directory = new DirectoryInfo(Path.Combine(root, folder));
        if (!directory.Exists)
        {
            return 0;
        }

        var deleted = 0;
        foreach (var file in directory.EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < before.UtcDateTime)
            {
                file.Delete();
                deleted++;
            }
        }

        return deleted;
    }

    private static async Task CopyAsync(Stream content, FileStream file, long maxBytes, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long total = 0;
            int read;
            while ((read = await content.ReadAsync(buffer, ct)) > 0)
            {
                total += read;
                if (total > maxBytes)
                {
                    throw new FileTooLargeException(maxBytes);
                }

                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Keys come back from clients and job payloads: anything but folder/name is refused before it reaches the file system.</summary>
    private string PathOf(string key)
    {
        var parts = key?.Split('/') ?? [];
        if (parts.Length != 2 || parts[0] is not (Uploads or Thumbnails) || parts[1].Length is 0 or > 64 || parts[1][0] == '.' || parts[1].AsSpan().ContainsAnyExcept(KeyCharacters))
        {
            throw new ArgumentException("Not a storage key.", nameof(key));
        }

        return Path.Combine(root, parts[0], parts[1]);
    }
}

/// <summary>The stream was longer than allowed; nothing was stored.</summary>
public sealed class FileTooLargeException(long maxBytes) : Exception($"The file is larger than {maxBytes} bytes.")
{
    public FileTooLargeException()
        : this(0)
    {
    }

    public long MaxBytes { get; } = maxBytes;
}
