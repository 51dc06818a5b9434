using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>One page of each log at once, with how many rows each has in all.</summary>
internal static class GetComprehensiveLogs
{
    public sealed record Response(
        IReadOnlyList<JsonElement> UserLogs,
        IReadOnlyList<JsonElement> ErrorLogs,
        IReadOnlyList<JsonElement> VideoAnalysisLogs,
        IReadOnlyList<JsonElement> ApiLogs,
        IReadOnlyList<JsonElement> SystemLogs,
        Counts TotalCounts
    );

    public sealed record Counts(long UserLogs, long ErrorLogs, long VideoAnalysisLogs, long ApiLogs, long SystemLogs);

    public static async Task<Ok<LogAnswer<Response>>> Handle([AsParameters] LogQuery query, LogStore store, CancellationToken ct) =>
        TypedResults.Ok(new LogAnswer<Response>("All logs", await ReadAsync(query, store, ct)));

    internal static async Task<Response> ReadAsync(LogQuery query, LogStore store, CancellationToken ct)
    {
        var users = await store.PageAsync("", LogStore.UserLogs, query, null, ct);
        var errors = await store.PageAsync("", LogStore.ErrorLogs, query, null, ct);
        var analyses = await store.PageAsync("", LogStore.AnalysisLogs, query, null, ct);
        var requests = await store.PageAsync("", LogStore.RequestLogs, query, null, ct);
        var system = await store.PageAsync("", LogStore.SystemLogs, query, null, ct);
        return new Response(
            users.Data,
            errors.Data,
            analyses.Data,
            requests.Data,
            system.Data,
            new Counts(users.Total, errors.Total, analyses.Total, requests.Total, system.Total)
        );
    }
}
