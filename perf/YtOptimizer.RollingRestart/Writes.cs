using System.Globalization;
using Npgsql;

namespace YtOptimizer.RollingRestart;

/// <summary>What the database has written: log (WAL), flushes of it (what costs IOPS), commits; and its size.</summary>
internal sealed record Writes(long Bytes, long Flushes, long Commits, long Size)
{
    private const string Sql = """
        SELECT (pg_current_wal_lsn() - '0/0')::bigint, (SELECT wal_sync FROM pg_stat_wal),
               (SELECT sum(xact_commit)::bigint FROM pg_stat_database), pg_database_size(current_database())
        """;

    public static async Task<Writes> ReadAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Writes(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    public Writes Since(Writes earlier) =>
        new(Bytes - earlier.Bytes, Flushes - earlier.Flushes, Commits - earlier.Commits, Size - earlier.Size);

    public string Per(TimeSpan time, long requests, int jobs) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"database: {Bytes / 1024.0 / time.TotalSeconds:F0} KiB of WAL/s, {Flushes / time.TotalSeconds:F1} flushes/s, "
                + $"{Commits / time.TotalSeconds:F0} commits/s, grew by {Size / 1024} KiB; "
                + $"{requests} requests and {jobs} jobs in {time.TotalSeconds:F0} s"
        );
}
