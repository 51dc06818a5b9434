using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Storage;

/// <summary>
/// Files in the database, in pieces: whatever machine an upload arrived at, every worker can read it. A slow upload holds no
/// connection between its pieces; it becomes visible with the last statement.
/// </summary>
public sealed class DatabaseFileStore(Db db, TimeProvider time, long maxUploadBytes) : FileStore(maxUploadBytes)
{
    /// <summary>Bytes per piece.</summary>
    public const int PieceBytes = 512 * 1024;

    private const string PieceSql = "INSERT INTO stored_file_pieces (key, number, bytes) VALUES (@key, @number, @bytes)";

    private static readonly TimeSpan DeleteTimeout = TimeSpan.FromSeconds(15);

    public override Task<int> DeleteOlderThanAsync(string folder, DateTimeOffset before, CancellationToken ct) =>
        db.ExecuteAsync(
            "DELETE FROM stored_files WHERE created_at < @before AND starts_with(key, @folder || '/')",
            new { before, folder },
            ct,
            timeoutSeconds: 120
        );

    protected override async Task WriteAsync(string key, Stream content, long maxBytes, CancellationToken ct)
    {
        await db.ExecuteAsync("INSERT INTO stored_files (key, created_at) VALUES (@key, @now)", new { key, now = time.GetUtcNow() }, ct);
        var complete = false;
        try
        {
            var size = await CopyAsync(key, content, maxBytes, ct);
            complete =
                await db.ExecuteAsync("UPDATE stored_files SET size_bytes = @size, complete = true WHERE key = @key", new { key, size }, ct)
                == 1;
        }
        finally
        {
            if (!complete)
            {
                await RemoveAsync(key);
            }
        }
    }

    protected override async Task<Stream> ReadAsync(string key, CancellationToken ct) =>
        await db.ScalarAsync<long?>("SELECT size_bytes FROM stored_files WHERE key = @key AND complete", new { key }, ct) is { } size
            ? new DatabaseFileStream(db, key, size)
            : throw new FileNotFoundException("There is no file of this key.");

    protected override Task<bool> FindAsync(string key, CancellationToken ct) =>
        db.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM stored_files WHERE key = @key AND complete)", new { key }, ct);

    protected override async Task RemoveAsync(string key)
    {
        using var deadline = new CancellationTokenSource(DeleteTimeout, time);
        await db.ExecuteAsync("DELETE FROM stored_files WHERE key = @key", new { key }, deadline.Token);
    }

    private async Task<long> CopyAsync(string key, Stream content, long maxBytes, CancellationToken ct)
    {
        var buffer = new byte[PieceBytes];
        long total = 0;
        for (var number = 0; ; number++)
        {
            var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            total += read;
            if (total > maxBytes)
            {
                throw new FileTooLargeException(maxBytes);
            }

            if (read > 0)
            {
                await db.ExecuteAsync(
                    PieceSql,
                    new
                    {
                        key,
                        number,
                        bytes = read == buffer.Length ? buffer : buffer[..read],
                    },
                    ct
                );
            }

            if (read < buffer.Length)
            {
                return total;
            }
        }
    }
}
