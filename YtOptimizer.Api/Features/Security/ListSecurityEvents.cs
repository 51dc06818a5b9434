using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Security;

/// <summary>The caller's own events, newest first.</summary>
internal static class ListSecurityEvents
{
    public static async Task<Results<Ok<SecurityEventPage>, ProblemHttpResult>> Handle(
        CurrentUser user,
        Db db,
        CancellationToken ct,
        [Range(1, 100_000)] int page = 1,
        [Range(1, 100)] int limit = 50,
        [MaxLength(64)] string? eventType = null,
        [MaxLength(32)] string? category = null,
        [MaxLength(16)] string? severity = null,
        DateTimeOffset? startDate = null,
        DateTimeOffset? endDate = null
    ) =>
        TypedResults.Ok(
            await SecurityEventStore.ListAsync(
                db,
                new SecurityEventFilter(user.Id, eventType, category, severity, startDate?.ToUniversalTime(), endDate?.ToUniversalTime()),
                page,
                limit,
                ct
            )
        );
}
