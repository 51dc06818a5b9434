using Npgsql;
using Polly;
using Polly.Retry;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Migrations;

/// <summary>
/// Applies <c>supabase/migrations</c> on the ledger of the Supabase CLI. Any number of processes may start at once: a lock per step and a
/// look into the ledger under it let each migration happen once. File and ledger row are one transaction, so a killed process leaves the
/// one or the other. Needs a direct connection only for files with the no-transaction header.
/// </summary>
public static partial class Migrator
{
    /// <summary>For how long a migration waits for a table that traffic uses, before it steps back and tries again.</summary>
    private const string LockTimeout = "4s";

    private const int LockAttempts = 5;

    /// <summary>Applies what is pending. Reports each file to <paramref name="progress"/> after it was applied.</summary>
    /// <returns>The versions that this call applied, in order.</returns>
    /// <exception cref="MigrationException">Edited, missing or out-of-order files, or a refused statement.</exception>
    public static async Task<IReadOnlyList<string>> PushAsync(
        NpgsqlDataSource dataSource,
        string supabaseDirectory,
        CancellationToken ct,
        bool includeAll = false,
        IProgress<string>? progress = null
    )
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var files = await MigrationFile.LoadAsync(supabaseDirectory, ct);
        var applied = new List<string>();
        await using var connection = await dataSource.OpenOrUnavailableAsync(ct);
        var prepared = await InLockAsync(
            connection,
            async () =>
            {
                await MigrationShim.ApplyAsync(connection, supabaseDirectory, ct);
                await MigrationLedger.EnsureAsync(connection, ct);
                return await CheckedPlanAsync(connection, files, includeAll, ct);
            },
            ct
        );
        await AdoptAsync(connection, prepared, ct);

        foreach (var file in prepared.Pending)
        {
            if (await ApplyAsync(connection, file, files, ct))
            {
                applied.Add(file.Version);
                progress?.Report(file.FileName);
            }
        }

        return applied;
    }

    /// <summary>Files and ledger side by side; changes nothing, also where no ledger exists yet.</summary>
    public static async Task<MigrationPlan> StatusAsync(NpgsqlDataSource dataSource, string supabaseDirectory, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var files = await MigrationFile.LoadAsync(supabaseDirectory, ct);
        await using var connection = await dataSource.OpenOrUnavailableAsync(ct);
        return MigrationPlan.From(
            files,
            await MigrationLedger.ExistsAsync(connection, ct) ? await MigrationLedger.ReadAsync(connection, ct) : []
        );
    }

    /// <summary>Corrects the ledger, and only the ledger: marks a version as applied (with the checksum its file has now) or as not
    /// applied.</summary>
    /// <returns>The version; <paramref name="migration"/> may be version, name or file name.</returns>
    public static async Task<string> RepairAsync(
        NpgsqlDataSource dataSource,
        string supabaseDirectory,
        string migration,
        bool applied,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var file = (await MigrationFile.LoadAsync(supabaseDirectory, ct)).FirstOrDefault(candidate => candidate.IsNamed(migration));
        if (applied && file is null)
        {
            throw new MigrationException($"There is no migration {migration}. db status lists them.");
        }

        await using var connection = await dataSource.OpenOrUnavailableAsync(ct);
        return await InLockAsync(
            connection,
            async () =>
            {
                await MigrationLedger.EnsureAsync(connection, ct);
                if (applied)
                {
                    await MigrationLedger.RecordAsync(connection, file!, ct);
                }
                else if (!await MigrationLedger.RemoveAsync(connection, file?.Version ?? migration, ct))
                {
                    throw new MigrationException($"The database does not know a migration {migration}. db status lists what it knows.");
                }

                return file?.Version ?? migration;
            },
            ct
        );
    }

    private static async Task<MigrationPlan> CheckedPlanAsync(
        NpgsqlConnection connection,
        IReadOnlyList<MigrationFile> files,
        bool includeAll,
        CancellationToken ct
    )
    {
        var plan = MigrationPlan.From(files, await MigrationLedger.ReadAsync(connection, ct));
        var problems = plan.Problems(includeAll);
        return problems.Count == 0 ? plan : throw new MigrationException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Versions that the Supabase CLI applied have no checksum yet: from now on they do.</summary>
    private static async Task AdoptAsync(NpgsqlConnection connection, MigrationPlan plan, CancellationToken ct)
    {
        foreach (var state in plan.States.Where(state => state is { File: not null, Applied: { Checksum: null } }))
        {
            await MigrationLedger.RecordChecksumAsync(connection, state.File!, ct);
        }
    }

    /// <returns>False when another process was faster.</returns>
    private static async Task<bool> ApplyAsync(
        NpgsqlConnection connection,
        MigrationFile file,
        IReadOnlyList<MigrationFile> files,
        CancellationToken ct
    ) =>
        await LockRetry.ExecuteAsync(
            async token =>
                file.InTransaction
                    ? await InLockAsync(connection, () => RunAsync(connection, file, files, token), token)
                    : await InSessionLockAsync(connection, () => RunAsync(connection, file, files, token), token),
            ct
        );

    // Others wait behind a waiting DDL statement: step back for longer than they need.
    private static readonly ResiliencePipeline LockRetry = new ResiliencePipelineBuilder()
        .AddRetry(
            new RetryStrategyOptions
            {
                MaxRetryAttempts = LockAttempts - 1,
                ShouldHandle = args =>
                    ValueTask.FromResult(
                        args.Outcome.Exception
                            is MigrationException { InnerException: PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } }
                    ),
                BackoffType = DelayBackoffType.Linear,
                Delay = TimeSpan.FromSeconds(1),
            }
        )
        .Build();

    private static async Task<bool> RunAsync(
        NpgsqlConnection connection,
        MigrationFile file,
        IReadOnlyList<MigrationFile> files,
        CancellationToken ct
    )
    {
        // Earlier files were applied by now, here or elsewhere: order was judged before the first.
        var plan = await CheckedPlanAsync(connection, files, includeAll: true, ct);
        if (plan.Pending.All(pending => pending.Version != file.Version))
        {
            return false;
        }

        await MigrationLedger.RunAsync(connection, $"SET {(file.InTransaction ? "LOCAL " : "")}lock_timeout = '{LockTimeout}'", ct);
        foreach (var statement in file.Statements)
        {
            try
            {
                await using var batch = new NpgsqlBatch(connection)
                {
                    Timeout = 0,
                    BatchCommands = { new NpgsqlBatchCommand(statement.Text) },
                };
                await batch.ExecuteNonQueryAsync(ct);
            }
            catch (PostgresException exception)
            {
                throw MigrationException.From(exception, file, statement);
            }
        }

        // A file may have changed it for itself; the ledger's own statements are qualified.
        await MigrationLedger.RunAsync(connection, "RESET search_path", ct);
        await MigrationLedger.RecordAsync(connection, file, ct);
        return true;
    }
}
