using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>The caller's own feedback, newest first, with what became of it.</summary>
internal static class ListMyFeedback
{
    private const int Most = 500;

    /// <summary>A stored row, without the makers' notes and where it came from.</summary>
    public sealed record Item
    {
        public Guid Id { get; init; }

        public string Type { get; init; } = "";

        public string Title { get; init; } = "";

        public string Description { get; init; } = "";

        public string? Priority { get; init; }

        public string[]? Tags { get; init; }

        public string? CurrentPage { get; init; }

        public string Status { get; init; } = "";

        public DateTime CreatedAt { get; init; }

        public DateTime UpdatedAt { get; init; }
    }

    private const string Sql = """
        SELECT id, type, title, description, priority, tags, current_page, status, created_at, updated_at FROM user_feedbacks
        WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT @most
        """;

    public static async Task<Ok<IReadOnlyList<Item>>> Handle(CurrentUser user, Db db, CancellationToken ct) =>
        TypedResults.Ok(await db.QueryAsync<Item>(Sql, new { userId = user.Id, most = Most }, ct));
}
