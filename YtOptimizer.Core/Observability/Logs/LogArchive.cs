using System.Globalization;
using System.IO.Compression;
using Npgsql;

namespace YtOptimizer.Core.Observability.Logs;

/// <summary>Writes old log rows to files before retention deletes them.</summary>
public static class LogArchive
{
    private static readonly string[] Tables = ["api_request_logs", "error_logs", "system_logs", "user_logs"];

    /// <returns>File and number of rows per log.</returns>
    public static async Task<IReadOnlyList<(string Path, long Rows)>> WriteAsync(
        NpgsqlDataSource dataSource,
        string folder,
        TimeSpan olderThan,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentNullException.ThrowIfNull(clock);
        Directory.CreateDirectory(folder);
        var until = clock.GetUtcNow() - olderThan;
        List<(string, long)> written = [];
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        foreach (var table in Tables)
        {
            var path = Path.Combine(folder, $"{table}-until-{until.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.csv.gz");
            var moment = until.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            await CopyAsync(
                connection,
                $"COPY (SELECT * FROM {table} WHERE created_at < '{moment}+00' ORDER BY created_at) TO STDOUT (FORMAT csv, HEADER)",
                path + ".part",
                ct
            );
            File.Move(path + ".part", path, overwrite: false);
            await using var count = new NpgsqlCommand($"SELECT count(*) FROM {table} WHERE created_at < $1", connection)
            {
                Parameters = { new() { Value = until.UtcDateTime } },
            };
            written.Add((path, (long)(await count.ExecuteScalarAsync(ct))!));
        }

        return written;
    }

    /// <summary>COPY takes no parameters; the time in <paramref name="sql"/> is formatted by us and holds digits only.</summary>
    private static async Task CopyAsync(NpgsqlConnection connection, string sql, string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Create);
        await using var gzip = new GZipStream(file, CompressionLevel.Optimal);
        await using var writer = new StreamWriter(gzip);
        using var reader = await connection.BeginTextExportAsync(sql, ct);
        var buffer = new char[32 * 1024];
        int read;
        while ((read = await reader.ReadAsync(buffer, ct)) > 0)
        {
            await writer.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }
}
