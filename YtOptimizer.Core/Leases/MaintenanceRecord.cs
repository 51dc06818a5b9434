using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Leases;

/// <summary>The last result of each chore, whoever ran it.</summary>
public sealed class MaintenanceRecord(Db db)
{
    private const string NoteSql = """
        INSERT INTO maintenance_runs (task, succeeded, detail, finished_at, last_success_at) VALUES (@task, @succeeded, @detail, now(), CASE
            WHEN @succeeded THEN now() END)
        ON CONFLICT (task) DO UPDATE SET succeeded = EXCLUDED.succeeded, detail = EXCLUDED.detail, finished_at = now(),
            last_success_at = COALESCE(EXCLUDED.last_success_at, maintenance_runs.last_success_at)
        """;

    public Task NoteAsync(string task, bool succeeded, string detail, CancellationToken ct) =>
        db.ExecuteAsync(
            NoteSql,
            new
            {
                task,
                succeeded,
                detail,
            },
            ct
        );

    public Task<IReadOnlyList<Run>> ListAsync(CancellationToken ct) =>
        db.QueryAsync<Run>("SELECT task, succeeded, detail, finished_at, last_success_at FROM maintenance_runs ORDER BY task", null, ct);

    public sealed record Run
    {
        public string Task { get; init; } = "";

        public bool Succeeded { get; init; }

        public string Detail { get; init; } = "";

        public DateTime FinishedAt { get; init; }

        public DateTime? LastSuccessAt { get; init; }
    }
}
