using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Logs;

internal static class ResolveError
{
    public sealed record Request([Required, StringLength(2000, MinimumLength = 1)] string ResolutionNotes);

    public sealed record Response(string Message);

    // The change and the note about who made it are one statement.
    private const string Sql = """
        WITH done AS (
            UPDATE error_logs SET resolved = true, resolved_at = now(), resolved_by = @userId, resolution_notes = @notes
            WHERE id = @errorId AND NOT resolved RETURNING id)
        INSERT INTO audit_trail (id, actor_id, actor_email, actor_role, action, entity_type, entity_id, new_values)
        SELECT @auditId, @userId, @email, @role, 'resolve_error_log', 'error_log', done.id::text, jsonb_build_object('resolutionNotes',
            @notes::text) FROM done
        """;

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid errorId,
        Request request,
        CurrentUser user,
        Db db,
        CancellationToken ct
    )
    {
        var changed = await db.ExecuteAsync(
            Sql,
            new
            {
                errorId,
                userId = user.Id,
                email = user.Email,
                role = user.Role,
                notes = request.ResolutionNotes,
                auditId = Guid.CreateVersion7(),
            },
            ct
        );
        return changed == 1
            ? TypedResults.Ok(new Response("The error is marked as resolved."))
            : Problems.NotFound(
                "error_not_found",
                "No unresolved error has this id. List them with GET /api/v1/logs/errors?resolved=false."
            );
    }
}
