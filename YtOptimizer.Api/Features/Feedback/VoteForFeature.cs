using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>One vote per user and request; the author's counts from the start.</summary>
internal static class VoteForFeature
{
    public sealed record Response(string Message, bool Voted, int Votes);

    private sealed record Row(bool IsNew, int Votes);

    // The counter moves in the statement that adds the vote, so that they cannot differ.
    private const string Sql = """
        WITH vote AS (
            INSERT INTO feature_votes (user_id, feature_request_id) SELECT @userId, id FROM feature_requests WHERE id = @featureId
            ON CONFLICT (user_id, feature_request_id) DO NOTHING RETURNING feature_request_id
        ), counted AS (
            UPDATE feature_requests SET votes = votes + 1 WHERE id IN (SELECT feature_request_id FROM vote) RETURNING votes
        )
        SELECT true AS is_new, votes FROM counted
        UNION ALL
        SELECT false, votes FROM feature_requests WHERE id = @featureId AND NOT EXISTS (SELECT FROM vote)
        """;

    [Refuses(404, "feature_request_not_found")]
    [Refuses(409, "already_voted")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid featureId,
        CurrentUser user,
        Db db,
        CancellationToken ct
    ) =>
        await db.FirstOrDefaultAsync<Row>(Sql, new { userId = user.Id, featureId }, ct) switch
        {
            null => Problems.NotFound(
                "feature_request_not_found",
                "No feature request has this id; list them at /feedback/feature-requests."
            ),
            { IsNew: false } => Problems.Conflict("already_voted", "You have voted for this feature already."),
            var row => TypedResults.Ok(new Response("Your vote was counted.", true, row.Votes)),
        };
}
