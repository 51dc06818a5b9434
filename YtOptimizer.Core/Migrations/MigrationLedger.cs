using Npgsql;
using NpgsqlTypes;

namespace YtOptimizer.Core.Migrations;

/// <summary>A version that the database knows; the checksum is null when another tool applied it.</summary>
public sealed record AppliedMigration(string Version, string? Name, string? Checksum, DateTimeOffset? AppliedAt);

/// <summary>
/// The ledger of the Supabase CLI, in its own layout, so that its commands and ours see the same state. Checksums are ours and live beside
/// it.
/// </summary>
internal static class MigrationLedger
{
    /// <summary>"yto migr" in ASCII: one lock for everything that changes the schema of a database.</summary>
    public const long LockKey = 0x79746f206d696772;

    private const string CreateSql = """
        CREATE SCHEMA IF NOT EXISTS supabase_migrations;
        CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);
        ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[];
        ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text;
        CREATE TABLE IF NOT EXISTS supabase_migrations.ytoptimizer_checksums (
            version text NOT NULL PRIMARY KEY,
            checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );
        """;

    private const string ExistsSql =
        "SELECT to_regclass('supabase_migrations.schema_migrations') IS NOT NULL AND "
        + "to_regclass('supabase_migrations.ytoptimizer_checksums') IS NOT NULL";

    private const string ReadSql = """
        SELECT m.version, m.name, c.checksum, c.applied_at
        FROM supabase_migrations.schema_migrations m LEFT JOIN supabase_migrations.ytoptimizer_checksums c USING (version)
        ORDER BY m.version COLLATE "C"
        """;

    private const string InsertSql = """
        INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES ($1, $2, $3)
        ON CONFLICT (version) DO UPDATE SET name = EXCLUDED.name, statements = EXCLUDED.statements
        """;

    private const string ChecksumSql = """
        INSERT INTO supabase_migrations.ytoptimizer_checksums (version, checksum) VALUES ($1, $2)
        ON CONFLICT (version) DO UPDATE SET checksum = EXCLUDED.checksum
        """;

    public static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (!await ExistsAsync(connection, ct))
        {
            await RunAsync(connection, CreateSql, ct);
        }
    }

    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ExistsSql, connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadSql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new List<AppliedMigration>();
        while (await reader.ReadAsync(ct))
        {
            applied.Add(
                new AppliedMigration(
                    reader.GetString(0),
                    await reader.IsDBNullAsync(1, ct) ? null : reader.GetString(1),
                    await reader.IsDBNullAsync(2, ct) ? null : reader.GetString(2),
                    await reader.IsDBNullAsync(3, ct) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(3, ct)
                )
            );
        }

        return applied;
    }

    public static async Task RecordAsync(NpgsqlConnection connection, MigrationFile file, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(InsertSql, connection)
        {
            Parameters =
            {
                new() { Value = file.Version },
                new() { Value = file.Name },
                new()
                {
                    Value = file.Statements.Select(statement => statement.Text).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
                },
            },
        };
        await insert.ExecuteNonQueryAsync(ct);
        await RecordChecksumAsync(connection, file, ct);
    }

    public static async Task RecordChecksumAsync(NpgsqlConnection connection, MigrationFile file, CancellationToken ct)
    {
        await using var checksum = new NpgsqlCommand(ChecksumSql, connection)
        {
            Parameters =
            {
                new() { Value = file.Version },
                new() { Value = file.Checksum },
            },
        };
        await checksum.ExecuteNonQueryAsync(ct);
    }

    /// <returns>Whether the ledger knew the version.</returns>
    public static async Task<bool> RemoveAsync(NpgsqlConnection connection, string version, CancellationToken ct)
    {
        await using var checksum = new NpgsqlCommand("DELETE FROM supabase_migrations.ytoptimizer_checksums WHERE version = $1", connection)
        {
            Parameters = { new() { Value = version } },
        };
        await checksum.ExecuteNonQueryAsync(ct);
        await using var row = new NpgsqlCommand("DELETE FROM supabase_migrations.schema_migrations WHERE version = $1", connection)
        {
            Parameters = { new() { Value = version } },
        };
        return await row.ExecuteNonQueryAsync(ct) > 0;
    }

    public static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        // A batch sends the text as it is: no placeholders are looked for.
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var statement in SqlStatements.Split(sql))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Text));
        }

        await batch.ExecuteNonQueryAsync(ct);
    }
}
