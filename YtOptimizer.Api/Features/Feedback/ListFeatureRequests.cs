using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>What all users asked for, most votes first. Who asked, and what they would pay, is not shown.</summary>
internal static class ListFeatureRequests
{
    /// <summary>A request, whether the caller has voted for it, and whether it is the caller's own.</summary>
    public sealed record Item
    {
        public Guid Id { get; init; }

        public string FeatureName { get; init; } = "";

        public string Description { get; init; } = "";

        public string UseCase { get; init; } = "";

        public string[]? Categories { get; init; }

        public int Votes { get; init; }

        public string Status { get; init; } = "";

        public string? TargetRelease { get; init; }

        public bool Voted { get; init; }

        public bool IsMine { get; init; }

        public DateTime CreatedAt { get; init; }
    }

    public sealed record Response(IReadOnlyList<Item> Data, int Page, int Limit, long Total, long TotalPages);

    private const string Where = "WHERE (@status::text IS NULL OR r.status = @status)";

    private const string Sql = $"""
        SELECT r.id, r.feature_name, r.description, r.use_case, r.categories, r.votes, r.status, r.target_release,
            EXISTS (SELECT FROM feature_votes v WHERE v.user_id = @userId AND v.feature_request_id = r.id) AS voted,
            r.user_id = @userId AS is_mine, r.created_at
        FROM feature_requests r {Where} ORDER BY r.votes DESC, r.created_at DESC, r.id DESC LIMIT @limit OFFSET @skip
        """;

    private const string CountSql = $"SELECT count(*) FROM feature_requests r {Where}";

    public static async Task<Ok<Response>> Handle(
        CurrentUser user,
        Db db,
        CancellationToken ct,
        [Range(1, 100_000)] int page = 1,
        [Range(1, 100)] int limit = 20,
        [RegularExpression("submitted|under_review|planned|in_development|completed|rejected")] string? status = null
    )
    {
        var parameters = new
        {
            userId = user.Id,
            status,
            limit,
            skip = (page - 1) * limit,
        };
        var total = await db.ScalarAsync<long>(CountSql, parameters, ct);
        return TypedResults.Ok(
            new Response(await db.QueryAsync<Item>(Sql, parameters, ct), page, limit, total, (total + limit - 1) / limit)
        );
    }
}
