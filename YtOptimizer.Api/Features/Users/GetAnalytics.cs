using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>Accounts, analyses and jobs in numbers.</summary>
internal static class GetAnalytics
{
    public sealed record Response(
        int TotalUsers,
        int ActiveUsers,
        int TotalJobs,
        int ActiveJobs,
        int CompletedJobs,
        int FailedJobs,
        int TotalAnalyses
    );

    private const string Sql = """
        SELECT (SELECT count(*) FROM profiles)::int AS total_users,
               (SELECT count(*) FROM profiles WHERE last_login > now() - interval '30 days')::int AS active_users,
               count(*)::int AS total_jobs,
               count(*) FILTER (WHERE status IN ('pending', 'processing'))::int AS active_jobs,
               count(*) FILTER (WHERE status = 'completed')::int AS completed_jobs,
               count(*) FILTER (WHERE status = 'failed')::int AS failed_jobs,
               (SELECT count(*) FROM audits)::int AS total_analyses
        FROM job_queue
        """;

    public static async Task<Ok<Response>> Handle(Db db, CancellationToken ct) =>
        TypedResults.Ok((await db.FirstOrDefaultAsync<Response>(Sql, null, ct))!);
}
