using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace YtOptimizer.Core.Storage;

/// <param name="Key">Name in the store.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Digest of the content.</param>
public sealed record StoredFile(string Key, long Length, byte[] Sha256);

/// <summary>The upload is larger than allowed; nothing was kept.</summary>
public sealed class FileTooLargeException(string message) : IOException(message);

/// <summary>
/// Uploaded files in the directory <c>STORAGE_DIR</c>, which API and workers share. Keys are relative paths of letters, digits, dash, dot and slash.
/// </summary>
public sealed class FileStore
{
    private readonly string root;
    private readonly TimeProvider time;

    public FileStore(IConfiguration configuration, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        root = Path.GetFullPath(configuration["STORAGE_DIR"] ?? Path.Combine(Path.GetTempPath(), "ytoptimizer-storage"));
        this.time = time;
    }

    /// <summary>Streams <paramref name="content"/> to the store; readers see the whole file or none.</summary>
    /// <exception cref="FileTooLargeException">More than <paramref name="maxBytes"/> arrived.</exception>
    public async Task<StoredFile> SaveAsync(string key, Stream content, long maxBytes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".part";
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long length = 0;
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 4096, FileOptions.Asynchronous))
            {
                int read;
                while ((read = await content.ReadAsync(buffer, ct)) > 0)
                {
                    length += read;
                    if (length > maxBytes)
                    {
                        throw new FileTooLargeException($"The file is larger than {maxBytes} bytes.");
                    }

                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            return new StoredFile(key, length, hash.GetHashAndReset());
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Opens a stored file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file: deleted, or the workers do not share the API's STORAGE_DIR.</exception>
    public Stream OpenRead(string key) => new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81920, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public bool Exists(string key) => File.Exists(PathOf(key));

    /// <summary>Deletes a file; a missing one is fine.</summary>
    public void Delete(string key)
    {
        var path = PathOf(key);
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
        }
    }

    /// <summary>Keys of files last written before <paramref name="age"/> ago, unfinished ones included.</summary>
    public IEnumerable<string> OlderThan(TimeSpan age)
    {
        if (!Directory.Exists(root))
        {
            yield break;
        }

        var limit = time.GetUtcNow().UtcDateTime - age;
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (File.GetLastWriteTimeUtc(path) < limit)
            {
                yield return Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
            }
        }
    }

    private string PathOf(string key)
    {
        var path = Path.GetFullPath(Path.Combine(root, key));
        return key.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '/') && path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException("A storage key holds letters, digits, dash, dot and slash, and stays inside the store.", nameof(key));
    }
}
