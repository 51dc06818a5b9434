using System.Globalization;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>Daily: the figures that the runbook asks people to look at every day, in one line; a backup that was not made is a
/// failure.</summary>
internal sealed class DailyReviewChore(Db db, IOptions<BackupOptions> backups) : IChore
{
    private const string Sql = """
        SELECT (SELECT count(*) FROM error_logs WHERE created_at > now() - interval '1 day') AS errors,
               (SELECT count(DISTINCT COALESCE(fingerprint, id::text)) FROM error_logs
                   WHERE created_at > now() - interval '1 day') AS kinds,
               (SELECT count(*) FROM system_logs WHERE created_at > now() - interval '1 day' AND log_level IN ('error',
                   'critical')) AS system_errors,
               (SELECT count(*) FROM security_events WHERE created_at > now() - interval '1 day'
                   AND event_type = 'failed_login') AS failed_sign_ins,
               (SELECT count(*) FROM audits WHERE created_at > now() - interval '1 day') AS analyses,
               (SELECT count(*) FROM job_queue WHERE status = 'failed' AND completed_at > now() - interval '1 day') AS failed_jobs,
               (SELECT COALESCE(sum(total_tokens), 0)::bigint FROM llm_calls WHERE created_at > now() - interval '1 day') AS tokens,
               (SELECT COALESCE(sum(cost_usd), 0)::numeric FROM llm_calls WHERE created_at > now() - interval '1 day') AS usd,
               (SELECT extract(epoch FROM now() - max(last_success_at))::float8 / 3600 FROM maintenance_runs WHERE task IN ('backup',
                   'scheduled-backup')) AS backup_hours,
               (SELECT count(*) FROM alert_incidents WHERE recovered_at IS NULL) AS open_incidents
        """;

    /// <summary>A day and the time that a late or repeated backup may take.</summary>
    private const double OldestBackupHours = 30;

    public string Name => "daily-review";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public bool IsEnabled => true;

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var f = await db.FirstOrDefaultAsync<Figures>(Sql, null, ct) ?? new Figures();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{f.Errors} errors of {f.Kinds} kinds, {f.SystemErrors} system errors, {f.FailedSignIns} failed sign-ins, {f.Analyses} "
                + $"analyses, {f.FailedJobs} failed jobs, OpenAI {f.Tokens} tokens and {f.Usd:0.00} USD, {f.OpenIncidents} open incidents, "
                + $"{(f.BackupHours is { } age ? $"newest backup {age:0} h old" : "no backup")}"
        );
        return backups.Value.IsConfigured && f.BackupHours > OldestBackupHours
            ? throw new ChoreFailedException(
                text
                    + ". BACKUP_DIR is set and yet there is no backup of the last day: see doctor for scheduled-backup, and take one by "
                    + "hand: backup."
            )
            : text;
    }

    private sealed record Figures
    {
        public long Errors { get; init; }

        public long Kinds { get; init; }

        public long SystemErrors { get; init; }

        public long FailedSignIns { get; init; }

        public long Analyses { get; init; }

        public long FailedJobs { get; init; }

        public long Tokens { get; init; }

        public decimal Usd { get; init; }

        public double? BackupHours { get; init; }

        public long OpenIncidents { get; init; }
    }
}
