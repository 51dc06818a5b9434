using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>The caller's own feature requests, newest first.</summary>
internal static class ListMyFeatureRequests
{
    private const int Most = 500;

    public sealed record Item
    {
        public Guid Id { get; init; }

        public string FeatureName { get; init; } = "";

        public string Description { get; init; } = "";

        public string UseCase { get; init; } = "";

        public int Importance { get; init; }

        public int? WillingnessToPay { get; init; }

        public string[]? Categories { get; init; }

        public int Votes { get; init; }

        public string Status { get; init; } = "";

        public string? TargetRelease { get; init; }

        public DateTime CreatedAt { get; init; }

        public DateTime UpdatedAt { get; init; }
    }

    private const string Sql = """
        SELECT id, feature_name, description, use_case, importance, willingness_to_pay, categories, votes, status, target_release,
            created_at, updated_at
        FROM feature_requests WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT @most
        """;

    public static async Task<Ok<IReadOnlyList<Item>>> Handle(CurrentUser user, Db db, CancellationToken ct) =>
        TypedResults.Ok(await db.QueryAsync<Item>(Sql, new { userId = user.Id, most = Most }, ct));
}
