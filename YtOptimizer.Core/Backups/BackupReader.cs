using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace YtOptimizer.Core.Backups;

/// <summary>Verifies archives and loads them into a database whose migrations are those of the archive.</summary>
public static class BackupReader
{
    /// <summary>Reads the manifest and checks every entry against it.</summary>
    /// <exception cref="BackupException">The archive is truncated, altered or of another format.</exception>
    public static async Task<BackupManifest> VerifyAsync(string path, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        using var archive = Open(path);
        var manifest = await ReadManifestAsync(archive, path, ct);
        var done = 0;
        foreach (var table in manifest.Tables)
        {
            progress?.Report(new BackupProgress("verify " + table.Name, done++, manifest.Tables.Count));
            var entry = archive.GetEntry(table.EntryName) ?? throw new BackupException($"{path} lacks {table.Name}. Use another backup.");
            await using var stream = await OpenEntryAsync(entry, path, ct);
            string sha256;
            try
            {
                sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
            }
            catch (InvalidDataException e)
            {
                throw new BackupException($"{path} is damaged at {table.Name}. Use another backup.", e);
            }

            if (sha256 != table.Sha256)
            {
                throw new BackupException(
                    $"{path} was altered: {table.Name} does not have the checksum of its manifest. Use another backup."
                );
            }
        }

        return manifest;
    }

    /// <summary>
    /// Replaces all rows of schema public by those of the archive, in one transaction: a failure leaves the database as it was.
    /// User triggers stay off while loading, so that rows come back byte for byte.
    /// </summary>
    public static async Task LoadAsync(NpgsqlDataSource dataSource, string path, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        using var archive = Open(path);
        var manifest = await ReadManifestAsync(archive, path, ct);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        async Task RunAsync(string sql) =>
            await connection.ExecuteAsync(
                new CommandDefinition(sql, transaction: transaction, commandTimeout: 3600, cancellationToken: ct)
            );

        var names = string.Join(", ", manifest.Tables.Select(t => t.Name));
        foreach (var table in manifest.Tables)
        {
            await RunAsync($"ALTER TABLE {table.Name} DISABLE TRIGGER USER");
        }

        await RunAsync($"TRUNCATE {names} CASCADE");
        var done = 0;
        foreach (var table in manifest.Tables)
        {
            progress?.Report(new BackupProgress("load " + table.Name, done++, manifest.Tables.Count));
            await using var stream = await OpenEntryAsync(archive.GetEntry(table.EntryName)!, path, ct);
            using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
            await using (
                var writer = await connection.BeginTextImportAsync($"COPY {table.Name} ({string.Join(", ", table.Columns)}) FROM STDIN", ct)
            )
            {
                var buffer = new char[32 * 1024];
                int read;
                while ((read = await reader.ReadAsync(buffer, ct)) > 0)
                {
                    await writer.WriteAsync(buffer.AsMemory(0, read), ct);
                }
            }

            var rows = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition(
                    $"SELECT count(*) FROM {table.Name}",
                    transaction: transaction,
                    commandTimeout: 3600,
                    cancellationToken: ct
                )
            );
            if (rows != table.Rows)
            {
                throw new BackupException(
                    $"{table.Name} has {rows} rows after loading, the backup says {table.Rows}. Nothing was changed."
                );
            }
        }

        foreach (var sequence in manifest.Sequences)
        {
            await connection.ExecuteAsync(
                new CommandDefinition(
                    "SELECT setval(@name::regclass, @value, @called)",
                    new
                    {
                        name = sequence.Name,
                        value = sequence.LastValue,
                        called = sequence.IsCalled,
                    },
                    transaction,
                    cancellationToken: ct
                )
            );
        }

        foreach (var table in manifest.Tables)
        {
            await RunAsync($"ALTER TABLE {table.Name} ENABLE TRIGGER USER");
        }

        await transaction.CommitAsync(ct);
    }

    private static ZipArchive Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new BackupException($"There is no file {path}. Name the file that `backup` wrote.");
        }

        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException e)
        {
            throw new BackupException($"{path} is no whole backup (truncated or of another kind). Use another one.", e);
        }
    }

    private static async Task<Stream> OpenEntryAsync(ZipArchiveEntry entry, string path, CancellationToken ct)
    {
        try
        {
            return await entry.OpenAsync(ct);
        }
        catch (InvalidDataException e)
        {
            throw new BackupException($"{path} is damaged at {entry.FullName}. Use another backup.", e);
        }
    }

    private static async Task<BackupManifest> ReadManifestAsync(ZipArchive archive, string path, CancellationToken ct)
    {
        var entry = archive.GetEntry(BackupManifest.EntryName)
            ?? throw new BackupException($"{path} has no manifest: it was not written to the end. Use another backup.");
        try
        {
            await using var stream = await OpenEntryAsync(entry, path, ct);
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(stream, JsonSerializerOptions.Web, ct);
            return manifest is { Format: BackupManifest.CurrentFormat }
                ? manifest
                : throw new BackupException(
                    $"{path} has format {manifest?.Format}, this program reads {BackupManifest.CurrentFormat}. Restore it with the "
                        + $"version that wrote it."
                );
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new BackupException($"{path} has an unreadable manifest. Use another backup.", e);
        }
    }
}
