using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Deletes a finished analysis: by its owner, or by staff with the permission.</summary>
internal static class DeleteAnalysis
{
    public sealed record Response(bool Success, string Message, Guid DeletedId);

    [Refuses(404, "analysis_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        CurrentUser user,
        ClaimsPrincipal principal,
        IAuthorizationService authorization,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        var isStaff = (await authorization.AuthorizeAsync(principal, Policies.DeleteAnyContent)).Succeeded;
        var deleted = await db.InTransactionAsync(
            async scope =>
            {
                if (
                    await scope.FirstOrDefaultAsync<Deleted>(
                        AnalysisStore.DeleteSql,
                        new
                        {
                            id,
                            userId = user.Id,
                            isStaff,
                        }
                    )
                    is not { } row
                )
                {
                    return false;
                }

                var before = new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["user_id"] = row.UserId,
                    ["video_url"] = row.VideoUrl,
                    ["video_title"] = row.VideoTitle,
                };
                await AuditTrail.AppendAsync(
                    scope,
                    new Actor(user.Id, user.Email, user.Role, user.SessionId),
                    "delete_analysis",
                    "audit",
                    id.ToString(),
                    context.Origin(),
                    before
                );
                return true;
            },
            ct
        );
        return deleted
            ? TypedResults.Ok(new Response(true, "Analysis deleted.", id))
            : Problems.NotFound("analysis_not_found", "No analysis with this id belongs to you.");
    }

    private sealed record Deleted(Guid? UserId, string VideoUrl, string? VideoTitle);
}
