using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Logs;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Marks an error as resolved, with a note.</summary>
internal static class ResolveError
{
    public sealed record Request([Required, StringLength(2000, MinimumLength = 1)] string ResolutionNotes);

    public sealed record Response(string Message);

    [Refuses(404, "error_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid errorId,
        Request request,
        CurrentUser user,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        var isResolved = await db.InTransactionAsync(
            async scope =>
            {
                var changed = await scope.ExecuteAsync(
                    ErrorRow.ResolveSql,
                    new
                    {
                        errorId,
                        userId = user.Id,
                        notes = request.ResolutionNotes,
                    }
                );
                if (changed == 1)
                {
                    await new AdminAction("resolve_error_log", "error_log", errorId.ToString(), $"Error {errorId} was resolved")
                    {
                        Before = new Dictionary<string, object?>(StringComparer.Ordinal) { ["resolved"] = false },
                        After = new Dictionary<string, object?>(StringComparer.Ordinal)
                        {
                            ["resolved"] = true,
                            ["resolutionNotes"] = request.ResolutionNotes,
                        },
                    }.RecordAsync(scope, user.ToActor(), context.Origin());
                }

                return changed == 1;
            },
            ct
        );
        return isResolved
            ? TypedResults.Ok(new Response("The error is marked as resolved."))
            : Problems.NotFound(
                "error_not_found",
                "No unresolved error has this id. List them with GET /api/v1/logs/errors?resolved=false."
            );
    }
}
