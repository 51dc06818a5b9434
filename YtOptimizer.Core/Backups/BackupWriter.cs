using System.Data;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace YtOptimizer.Core.Backups;

/// <summary>
/// Writes all rows of schema public as they were at one moment (one repeatable-read snapshot) into one archive: a COPY text per table,
/// and a manifest with row counts and SHA-256 sums. Needs no client tools. The schema itself is the migrations, which the manifest names.
/// </summary>
public static class BackupWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes to a neighbour of <paramref name="path"/> first, so that a file with this name is always whole.</summary>
    public static async Task<BackupManifest> WriteAsync(
        NpgsqlDataSource dataSource,
        string path,
        IProgress<BackupProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var partial = path + ".partial";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            // The archive holds password hashes and e-mail addresses: owner only, from its first byte.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        BackupManifest manifest;
        await using (var file = new FileStream(partial, options))
        {
            using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                manifest = await WriteEntriesAsync(dataSource, archive, progress, ct);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        return manifest;
    }

    private static async Task<BackupManifest> WriteEntriesAsync(
        NpgsqlDataSource dataSource,
        ZipArchive archive,
        IProgress<BackupProgress>? progress,
        CancellationToken ct
    )
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await connection.ExecuteAsync(new CommandDefinition("SET TRANSACTION READ ONLY", transaction: transaction, cancellationToken: ct));
        var tables = await BackupSchema.ReadTablesAsync(connection, ct);
        List<TableBackup> written = [];
        foreach (var table in tables)
        {
            progress?.Report(new BackupProgress(table.Name, written.Count, tables.Count));
            var rows = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition(
                    $"SELECT count(*) FROM {table.Name}",
                    transaction: transaction,
                    commandTimeout: 3600,
                    cancellationToken: ct
                )
            );
            var sha256 = await WriteTableAsync(connection, archive, table, ct);
            written.Add(new TableBackup(table.Name, table.Columns, rows, sha256));
        }

        var manifest = new BackupManifest
        {
            TakenAt = new DateTimeOffset(
                await connection.ExecuteScalarAsync<DateTime>(
                    new CommandDefinition("SELECT now()", transaction: transaction, cancellationToken: ct)
                )
            ),
            ServerVersion = connection.PostgreSqlVersion.ToString(),
            Database = connection.Database,
            Migrations =
            [
                .. await connection.QueryAsync<string>(
                    new CommandDefinition(
                        "SELECT version FROM supabase_migrations.schema_migrations ORDER BY version",
                        transaction: transaction,
                        cancellationToken: ct
                    )
                ),
            ],
            Tables = written,
            Sequences = await BackupSchema.ReadSequencesAsync(connection, ct),
        };
        await using var entry = await archive.CreateEntry(BackupManifest.EntryName).OpenAsync(ct);
        await JsonSerializer.SerializeAsync(entry, manifest, JsonSerializerOptions.Web, ct);
        progress?.Report(new BackupProgress("manifest", tables.Count, tables.Count));
        return manifest;
    }

    private static async Task<string> WriteTableAsync(
        NpgsqlConnection connection,
        ZipArchive archive,
        BackupSchema.Table table,
        CancellationToken ct
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var entry = await archive.CreateEntry($"tables/{table.Name}.copy", CompressionLevel.Fastest).OpenAsync(ct);
        using var reader = await connection.BeginTextExportAsync($"COPY {table.Name} ({string.Join(", ", table.Columns)}) TO STDOUT", ct);
        var characters = new char[32 * 1024];
        var bytes = new byte[Utf8.GetMaxByteCount(characters.Length)];
        var encoder = Utf8.GetEncoder();
        int read;
        while ((read = await reader.ReadAsync(characters, ct)) > 0)
        {
            var length = encoder.GetBytes(characters.AsSpan(0, read), bytes, flush: false);
            hash.AppendData(bytes, 0, length);
            await entry.WriteAsync(bytes.AsMemory(0, length), ct);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
