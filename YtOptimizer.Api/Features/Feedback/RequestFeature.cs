using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>Asks for a feature; the author's vote is its first.</summary>
internal static class RequestFeature
{
    /// <param name="FeatureName">5 to 100 characters.</param>
    /// <param name="Description">20 to 500 characters.</param>
    /// <param name="UseCase">10 to 300 characters: what it is needed for.</param>
    /// <param name="Importance">1 (nice to have) to 10 (cannot work without).</param>
    /// <param name="WillingnessToPay">1 (none) to 10.</param>
    /// <param name="Categories">At most ten of at most 30 characters.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: PlainText(100, Shortest = 5)] string FeatureName,
        [property: PlainText(500, Shortest = 20)] string Description,
        [property: PlainText(300, Shortest = 10)] string UseCase,
        [property: Range(1, 10, ErrorMessage = "importance must be 1 to 10.")] int Importance,
        [property: Range(1, 10, ErrorMessage = "willingnessToPay must be 1 to 10.")] int? WillingnessToPay = null,
        [property: PlainTexts(10, 30)] IReadOnlyList<string>? Categories = null
    );

    public sealed record Response(Guid Id, string Message, int Votes, string Status);

    private const string Sql = """
        WITH request AS (
            INSERT INTO feature_requests (id, user_id, feature_name, description, use_case, importance, willingness_to_pay, categories)
            VALUES (@id, @userId, @name, @description, @useCase, @importance, @pay, @categories)
            RETURNING id, votes, status
        ), vote AS (
            INSERT INTO feature_votes (user_id, feature_request_id) VALUES (@userId, @id)
        )
        SELECT id, 'Thank you, your request was received.' AS message, votes, status FROM request
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
                            name = request.FeatureName.Trim(),
                            description = request.Description.Trim(),
                            useCase = request.UseCase.Trim(),
                            importance = request.Importance,
                            pay = request.WillingnessToPay,
                            categories = FeedbackTags.Of(request.Categories),
                        }
                    )
                )!;
                await SecurityEvents.RecordAsync(
                    scope,
                    new SecurityEvent(SecurityEventTypes.FeatureRequested)
                    {
                        UserId = user.Id,
                        IpAddress = origin.Address,
                        UserAgent = origin.UserAgent,
                        RequestId = origin.RequestId,
                        ResourceType = "feature_request",
                        ResourceId = row.Id.ToString(),
                        Metadata = new { importance = request.Importance },
                    }
                );
                return row;
            },
            ct
        );
        return TypedResults.Created("/api/v1/feedback/my-feature-requests", saved);
    }
}
