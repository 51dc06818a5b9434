using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>What the makers did with a piece of feedback. Fields that are not sent keep their value.</summary>
internal static class UpdateFeedback
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: AllowedValues(
            null,
            "new",
            "in_review",
            "planned",
            "completed",
            "rejected",
            ErrorMessage = "status must be new, in_review, planned, completed or rejected."
        )]
            string? Status = null,
        [property: PlainText(2000)] string? AdminNotes = null
    );

    public sealed record Response(Guid Id, string Type, string Title, string Status, string? AdminNotes);

    private const string Sql = """
        UPDATE user_feedbacks SET status = coalesce(@Status, status), admin_notes = coalesce(@AdminNotes, admin_notes)
        WHERE id = @id RETURNING id, type, title, status, admin_notes
        """;

    [Refuses(404, "feedback_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        var updated = await db.InTransactionAsync(
            async scope =>
            {
                var row = await scope.FirstOrDefaultAsync<Response>(
                    Sql,
                    new
                    {
                        id,
                        request.Status,
                        request.AdminNotes,
                    }
                );
                if (row is not null)
                {
                    await AuditTrail.AppendAsync(
                        scope,
                        new Actor(admin.Id, admin.Email, admin.Role, admin.SessionId),
                        "update_feedback",
                        "feedback",
                        id.ToString(),
                        context.Origin(),
                        after: new Dictionary<string, object?>(StringComparer.Ordinal) { ["status"] = row.Status }
                    );
                }

                return row;
            },
            ct
        );
        return updated is null ? Problems.NotFound("feedback_not_found", "No feedback has this id.") : TypedResults.Ok(updated);
    }
}
