using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>What the makers decided on a feature request. Fields that are not sent keep their value.</summary>
internal static class UpdateFeatureRequest
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: AllowedValues(
            null,
            "submitted",
            "under_review",
            "planned",
            "in_development",
            "completed",
            "rejected",
            ErrorMessage = "status must be submitted, under_review, planned, in_development, completed or rejected."
        )]
            string? Status = null,
        [property: AllowedValues(
            null,
            "low",
            "medium",
            "high",
            "critical",
            ErrorMessage = "adminPriority must be low, medium, high or critical."
        )]
            string? AdminPriority = null,
        [property: AllowedValues(
            null,
            "small",
            "medium",
            "large",
            "xlarge",
            ErrorMessage = "estimatedEffort must be small, medium, large or xlarge."
        )]
            string? EstimatedEffort = null,
        [property: PlainText(100)] string? TargetRelease = null,
        [property: PlainText(2000)] string? AdminNotes = null
    );

    public sealed record Response(
        Guid Id,
        string FeatureName,
        int Votes,
        string Status,
        string? AdminPriority,
        string? EstimatedEffort,
        string? TargetRelease,
        string? AdminNotes
    );

    private const string Sql = """
        UPDATE feature_requests SET status = coalesce(@Status, status), admin_priority = coalesce(@AdminPriority, admin_priority),
            estimated_effort = coalesce(@EstimatedEffort, estimated_effort), target_release = coalesce(@TargetRelease, target_release),
            admin_notes = coalesce(@AdminNotes, admin_notes)
        WHERE id = @id
        RETURNING id, feature_name, votes, status, admin_priority, estimated_effort, target_release, admin_notes
        """;

    [Refuses(404, "feature_request_not_found")]
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
                        request.AdminPriority,
                        request.EstimatedEffort,
                        request.TargetRelease,
                        request.AdminNotes,
                    }
                );
                if (row is not null)
                {
                    await AuditTrail.AppendAsync(
                        scope,
                        new Actor(admin.Id, admin.Email, admin.Role, admin.SessionId),
                        "update_feature_request",
                        "feature_request",
                        id.ToString(),
                        context.Origin(),
                        after: new Dictionary<string, object?>(StringComparer.Ordinal) { ["status"] = row.Status }
                    );
                }

                return row;
            },
            ct
        );
        return updated is null
            ? Problems.NotFound("feature_request_not_found", "No feature request has this id.")
            : TypedResults.Ok(updated);
    }
}
