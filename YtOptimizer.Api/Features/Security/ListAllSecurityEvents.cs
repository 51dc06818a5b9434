using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Security;

/// <summary>
/// Events of one account, or of everyone. The first implementation answered with statistics when no userId was given; those are at
/// /audit/admin/stats, and this always answers with events.
/// </summary>
internal static class ListAllSecurityEvents
{
    public static async Task<Results<Ok<SecurityEventPage>, ProblemHttpResult>> Handle(
        Db db,
        CancellationToken ct,
        [Range(1, 100_000)] int page = 1,
        [Range(1, 100)] int limit = 50,
        Guid? userId = null,
        [MaxLength(64)] string? eventType = null,
        [MaxLength(32)] string? category = null,
        [MaxLength(16)] string? severity = null,
        DateTimeOffset? startDate = null,
        DateTimeOffset? endDate = null
    ) =>
        TypedResults.Ok(
            await SecurityEventStore.ListAsync(
                db,
                new SecurityEventFilter(userId, eventType, category, severity, startDate?.ToUniversalTime(), endDate?.ToUniversalTime()),
                page,
                limit,
                ct
            )
        );
}
