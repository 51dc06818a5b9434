namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>A lock between processes that the operating system releases when the holder dies.</summary>
internal sealed class LockFile : IDisposable
{
    private readonly FileStream _stream;

    private LockFile(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock, or returns null when another process holds it.</summary>
    /// <exception cref="UnauthorizedAccessException">The file belongs to somebody else.</exception>
    public static LockFile? TryAcquire(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new LockFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <summary>Waits for the lock; calls <paramref name="onWait"/> once if it has to.</summary>
    public static async Task<LockFile> AcquireAsync(string path, Action onWait, CancellationToken ct)
    {
        for (var waited = false; ; waited = true)
        {
            if (TryAcquire(path) is { } taken)
            {
                return taken;
            }

            if (!waited)
            {
                onWait();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
        }
    }

    public void Dispose() => _stream.Dispose();
}
