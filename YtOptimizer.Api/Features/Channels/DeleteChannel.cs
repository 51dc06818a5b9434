using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>Deletes all imported videos and all title tests of the caller.</summary>
internal static class DeleteChannel
{
    public const string VideosSql = "DELETE FROM channel_videos WHERE user_id = @userId";

    private const string TestsSql = "DELETE FROM channel_title_tests WHERE user_id = @userId";

    /// <param name="Videos">Videos that were deleted.</param>
    /// <param name="TitleTests">Tests that were deleted.</param>
    public sealed record Response(int Videos, int TitleTests);

    public static async Task<Ok<Response>> Handle(CurrentUser user, Db db, CancellationToken ct) =>
        TypedResults.Ok(
            await db.InTransactionAsync(
                async scope => new Response(
                    await scope.ExecuteAsync(VideosSql, new { userId = user.Id }),
                    await scope.ExecuteAsync(TestsSql, new { userId = user.Id })
                ),
                ct
            )
        );
}
