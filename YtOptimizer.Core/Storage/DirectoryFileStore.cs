using System.Buffers;

namespace YtOptimizer.Core.Storage;

/// <summary>Files below one directory; on several machines it must be a volume that all of them mount. A file appears by an atomic
/// rename.</summary>
public sealed class DirectoryFileStore(string directory, long maxUploadBytes) : FileStore(maxUploadBytes)
{
    private const int BufferBytes = 128 * 1024;
    private readonly string root = Path.GetFullPath(directory);

    public override Task<int> DeleteOlderThanAsync(string folder, DateTimeOffset before, CancellationToken ct)
    {
        var files = new DirectoryInfo(Path.Combine(root, folder));
        var deleted = 0;
        foreach (var file in files.Exists ? files.EnumerateFiles() : [])
        {
            ct.ThrowIfCancellationRequested();
            if (file.LastWriteTimeUtc < before.UtcDateTime)
            {
                file.Delete();
                deleted++;
            }
        }

        return Task.FromResult(deleted);
    }

    protected override async Task WriteAsync(string key, Stream content, long maxBytes, CancellationToken ct)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".part";
        try
        {
            await using (
                var file = new FileStream(
                    partial,
                    FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.None,
                    BufferBytes,
                    FileOptions.Asynchronous
                )
            )
            {
                await CopyAsync(content, file, maxBytes, ct);
            }

            File.Move(partial, path);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    protected override Task<Stream> ReadAsync(string key, CancellationToken ct) =>
        File.Exists(PathOf(key))
            ? Task.FromResult<Stream>(
                new FileStream(
                    PathOf(key),
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read | FileShare.Delete,
                    BufferBytes,
                    FileOptions.Asynchronous | FileOptions.SequentialScan
                )
            )
            : throw new FileNotFoundException(
                "There is no file of this key. Instances on several machines need the same volume at STORAGE_DIRECTORY, or none to keep "
                    + "files in the database."
            );

    protected override Task<bool> FindAsync(string key, CancellationToken ct) => Task.FromResult(File.Exists(PathOf(key)));

    protected override Task RemoveAsync(string key)
    {
        if (Directory.Exists(Path.GetDirectoryName(PathOf(key))))
        {
            File.Delete(PathOf(key));
        }

        return Task.CompletedTask;
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

    private string PathOf(string key) => Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));
}
