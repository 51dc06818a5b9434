using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Deletes a finished analysis: by its owner, or by staff with the permission.</summary>
internal static class DeleteAnalysis
{
    public sealed record Response(bool Success, string Message, Guid DeletedId);

    private const string Sql = """
        WITH deleted AS (
            DELETE FROM audits WHERE id = @id AND (user_id = @userId OR @isStaff) RETURNING id, user_id, video_url, video_title
        )
        INSERT INTO audit_trail (actor_id, actor_email, actor_role, action, entity_type, entity_id, old_values)
        SELECT @userId, @email, @role, 'delete_analysis', 'audit', id::text, jsonb_build_object('user_id', user_id, 'video_url', video_url, 'video_title', video_title) FROM deleted
        """;

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, CurrentUser user, ClaimsPrincipal principal, IAuthorizationService authorization, Db db, CancellationToken ct)
    {
        var isStaff = (await authorization.AuthorizeAsync(principal, Policies.DeleteAnyContent)).Succeeded;
        var deleted = await db.ExecuteAsync(Sql, new { id, userId = user.Id, isStaff, email = user.Email, role = user.Role }, ct);
        return deleted == 1
            ? TypedResults.Ok(new Response(true, "Analysis deleted.", id))
            : Problems.NotFound("analysis_not_found", "No analysis with this id belongs to you.");
    }
}
