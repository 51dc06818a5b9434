using System.Diagnostics;
using Dapper;
using Npgsql;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Migrations;

namespace YtOptimizer.Core.Backups;

/// <param name="Name">What was looked at.</param>
/// <param name="Passed">False also when it could not be looked at: that is never a pass.</param>
/// <param name="Detail">Figures, or what to do.</param>
public sealed record DrillCheck(string Name, bool Passed, string Detail);

/// <param name="Checks">In the order in which they ran.</param>
/// <param name="RecoveryTime">RTO: from opening the archive to a checked database.</param>
/// <param name="RecoveryPoint">RPO: age of the newest row that the backup can hold.</param>
public sealed record DrillReport(IReadOnlyList<DrillCheck> Checks, TimeSpan RecoveryTime, TimeSpan RecoveryPoint)
{
    public bool Passed => Checks.All(c => c.Passed);
}

/// <summary>Restores a backup into a scratch database beside the real one, checks it, and drops it.</summary>
public static class BackupDrill
{
    /// <param name="serverAddress">Connection string of the real database, with the right to create databases. A data source would not do:
    /// it hides its password.</param>
    /// <param name="path">The archive.</param>
    /// <param name="supabaseDirectory">This program's migrations.</param>
    /// <param name="progress">Steps for people who watch.</param>
    /// <param name="clock">For the age of the backup.</param>
    /// <param name="ct">Stops; the scratch database is dropped all the same.</param>
    public static async Task<DrillReport> RunAsync(
        string serverAddress,
        string path,
        string supabaseDirectory,
        IProgress<BackupProgress>? progress,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(clock);
        var started = Stopwatch.GetTimestamp();
        await using var server = NpgsqlDataSource.Create(serverAddress);
        var name = $"drill_{Guid.CreateVersion7():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}", ct);
        try
        {
            // The pool's connections must be gone before the scratch database can be dropped.
            await using var scratch = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(serverAddress) { Database = name, Pooling = false }.ConnectionString
            );
            List<DrillCheck> checks = [];
            var manifest = await BackupRestore.RunAsync(scratch, path, supabaseDirectory, mayOverwrite: false, progress, ct);
            checks.Add(new DrillCheck("archive", true, $"{manifest.Tables.Count} tables with the checksums of the manifest"));
            checks.Add(await CountRowsAsync(scratch, manifest, ct));
            checks.Add(await CheckMigrationsAsync(scratch, supabaseDirectory, ct));
            checks.AddRange(await CheckChainsAsync(scratch, ct));
            checks.Add(await CheckAccountsAsync(scratch, ct));
            return new DrillReport(checks, Stopwatch.GetElapsedTime(started), clock.GetUtcNow() - manifest.TakenAt);
        }
        finally
        {
            await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
        }
    }

    private static async Task<DrillCheck> CountRowsAsync(NpgsqlDataSource scratch, BackupManifest manifest, CancellationToken ct)
    {
        long total = 0;
        await using var connection = await scratch.OpenConnectionAsync(ct);
        foreach (var table in manifest.Tables)
        {
            var rows = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition($"SELECT count(*) FROM {table.Name}", commandTimeout: 600, cancellationToken: ct)
            );
            if (rows != table.Rows)
            {
                return new DrillCheck("rows", false, $"{table.Name} has {rows} rows, the backup says {table.Rows}");
            }

            total += rows;
        }

        return new DrillCheck("rows", true, $"{total} rows in {manifest.Tables.Count} tables");
    }

    private static async Task<DrillCheck> CheckMigrationsAsync(NpgsqlDataSource scratch, string supabaseDirectory, CancellationToken ct)
    {
        var plan = await Migrator.StatusAsync(scratch, supabaseDirectory, ct);
        var problems = plan.Problems(includeAll: false);
        return new DrillCheck(
            "migrations",
            problems.Count == 0 && !plan.Pending.Any(),
            problems.Count == 0 ? "all applied, none edited" : string.Join("; ", problems)
        );
    }

    private static async Task<IReadOnlyList<DrillCheck>> CheckChainsAsync(NpgsqlDataSource scratch, CancellationToken ct)
    {
        var chain = new AuditChain(new Db(scratch));
        List<DrillCheck> checks = [];
        foreach (var name in AuditChain.Chains)
        {
            var defects = await chain.VerifyAsync(name, ct);
            checks.Add(
                new DrillCheck(
                    "chain of " + name,
                    defects.Count == 0,
                    defects.Count == 0 ? "whole" : $"{defects.Count} defects, first: {defects[0].Problem}"
                )
            );
        }

        return checks;
    }

    // An account without a password and without an identity of a provider could not sign in after a disaster.
    private static async Task<DrillCheck> CheckAccountsAsync(NpgsqlDataSource scratch, CancellationToken ct)
    {
        await using var connection = await scratch.OpenConnectionAsync(ct);
        var orphans = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(
                """
                SELECT count(*) FROM profiles p WHERE NOT EXISTS (SELECT 1 FROM account_credentials c WHERE c.user_id = p.id)
                  AND NOT EXISTS (SELECT 1 FROM user_identities i WHERE i.user_id = p.id)
                """,
                cancellationToken: ct
            )
        );
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition("SELECT count(*) FROM profiles", cancellationToken: ct)
        );
        return new DrillCheck(
            "accounts",
            orphans == 0,
            orphans == 0 ? $"{total} accounts can sign in" : $"{orphans} of {total} accounts have no way to sign in"
        );
    }

    private static async Task ExecuteAsync(NpgsqlDataSource server, string sql, CancellationToken ct)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
