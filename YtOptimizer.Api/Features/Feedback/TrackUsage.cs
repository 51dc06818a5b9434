using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Feedback;

/// <summary>Notes that a feature of the app was used, and how content the user was with it.</summary>
internal static class TrackUsage
{
    private const int MostMetadata = 4096;
    private const int LongestSession = 128;

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: PlainText(100, Shortest = 1)] string Feature,
        JsonElement? Metadata = null,
        [property: Range(1, 5, ErrorMessage = "satisfaction must be 1 to 5.")] int? Satisfaction = null
    );

    public sealed record Response(string Message, bool Tracked);

    private const string Sql = """
        INSERT INTO usage_events (id, user_id, feature, metadata, satisfaction, session_id, ip_address, user_agent)
        VALUES (@id, @userId, @feature, @metadata::jsonb, @satisfaction, @session, @ip::inet, @userAgent)
        """;

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        [FromHeader(Name = "session-id")] string? session,
        CurrentUser user,
        HttpContext context,
        Db db,
        SecurityEvents events,
        CancellationToken ct
    )
    {
        var metadata = request.Metadata is { ValueKind: not JsonValueKind.Null } element ? element.GetRawText() : null;
        if (
            metadata is not null
            && (metadata[0] != '{' || metadata.Length > MostMetadata || metadata.Contains(@"\u0000", StringComparison.Ordinal))
        )
        {
            return Problems.BadRequest("validation_failed", $"metadata must be an object of at most {MostMetadata} characters of JSON.");
        }

        var origin = context.Origin();
        await db.ExecuteAsync(
            Sql,
            new
            {
                id = Guid.CreateVersion7(),
                userId = user.Id,
                feature = request.Feature.Trim(),
                metadata,
                satisfaction = request.Satisfaction,
                session = session is { Length: > 0 and <= LongestSession } ? session : null,
                ip = origin.Address?.ToString(),
                userAgent = origin.UserAgent,
            },
            ct
        );
        if (request.Satisfaction is >= 4 or <= 2)
        {
            await events.RecordAsync(
                new SecurityEvent(SecurityEventTypes.FeatureUsed)
                {
                    UserId = user.Id,
                    IpAddress = origin.Address,
                    UserAgent = origin.UserAgent,
                    RequestId = origin.RequestId,
                    ResourceType = "feature",
                    ResourceId = request.Feature.Trim(),
                    Metadata = new { satisfaction = request.Satisfaction },
                },
                ct
            );
        }

        return TypedResults.Ok(new Response("Thank you.", true));
    }
}
