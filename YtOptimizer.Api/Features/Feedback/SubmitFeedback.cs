using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>Takes what a user wants the makers to know.</summary>
internal static class SubmitFeedback
{
    /// <param name="Type">bug_report, feature_request, improvement, general or usability.</param>
    /// <param name="Title">5 to 100 characters.</param>
    /// <param name="Description">10 to 1,000 characters.</param>
    /// <param name="Priority">low, medium, high or critical.</param>
    /// <param name="Tags">At most ten of at most 20 characters; stored in lower case.</param>
    /// <param name="CurrentPage">Where in the app the user was.</param>
    /// <param name="UserAgent">Ignored: the header is used.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: AllowedValues(
            "bug_report",
            "feature_request",
            "improvement",
            "general",
            "usability",
            ErrorMessage = "type must be bug_report, feature_request, improvement, general or usability."
        )]
            string Type,
        [property: PlainText(100, Shortest = 5)] string Title,
        [property: PlainText(1000, Shortest = 10)] string Description,
        [property: AllowedValues(
            null,
            "low",
            "medium",
            "high",
            "critical",
            ErrorMessage = "priority must be low, medium, high or critical."
        )]
            string? Priority = null,
        [property: PlainTexts(10, 20)] IReadOnlyList<string>? Tags = null,
        [property: PlainText(100)] string? CurrentPage = null,
        [property: PlainText(500)] string? UserAgent = null
    );

    public sealed record Response(Guid Id, string Message, string Status, DateTime SubmittedAt);

    private const string Sql = """
        INSERT INTO user_feedbacks (id, user_id, type, title, description, priority, tags, current_page, user_agent, ip_address)
        VALUES (@id, @userId, @type, @title, @description, @priority, @tags, @page, @userAgent, @ip::inet)
        RETURNING id, 'Thank you, your feedback was received.' AS message, status, created_at AS submitted_at
        """;

    public static async Task<Created<Response>> Handle(Request request, CurrentUser user, HttpContext context, Db db, CancellationToken ct)
    {
        var origin = context.Origin();
        var saved = await db.InTransactionAsync(
            async scope =>
            {
                var row = (
                    await scope.FirstOrDefaultAsync<Response>(
                        Sql,
                        new
                        {
                            id = Guid.CreateVersion7(),
                            userId = user.Id,
                            type = request.Type,
                            title = request.Title.Trim(),
                            description = request.Description.Trim(),
                            priority = request.Priority,
                            tags = FeedbackTags.Of(request.Tags),
                            page = request.CurrentPage,
                            userAgent = origin.UserAgent,
                            ip = origin.Address?.ToString(),
                        }
                    )
                )!;
                await SecurityEvents.RecordAsync(
                    scope,
                    new SecurityEvent(SecurityEventTypes.FeedbackSubmitted)
                    {
                        UserId = user.Id,
                        IpAddress = origin.Address,
                        UserAgent = origin.UserAgent,
                        RequestId = origin.RequestId,
                        ResourceType = "feedback",
                        ResourceId = row.Id.ToString(),
                        Metadata = new { type = request.Type },
                    }
                );
                return row;
            },
            ct
        );
        return TypedResults.Created("/api/v1/feedback/my-feedback", saved);
    }
}
