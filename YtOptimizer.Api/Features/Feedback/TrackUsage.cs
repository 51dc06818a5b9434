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
        var row = new
        {
            id = Guid.CreateVersion7(),
            userId = user.Id,
            feature = request.Feature.Trim(),
            metadata,
            satisfaction = request.Satisfaction,
            session = session is { Length: > 0 and <= LongestSession } ? session : null,
            ip = origin.Address?.ToString(),
            userAgent = origin.UserAgent,
        };
        if (request.Satisfaction is null or 3)
        {
            await db.ExecuteAsync(Sql, row, ct);
        }
        else
        {
            await db.InTransactionAsync(
                async scope =>
                {
                    await scope.ExecuteAsync(Sql, row);
                    await SecurityEvents.RecordAsync(scope, Opinion(user.Id, row.feature, request.Satisfaction.Value, origin));
                    return true;
                },
                ct
            );
        }

        return TypedResults.Ok(new Response("Thank you.", true));
    }

    /// <summary>What people are glad or cross about is worth an operator's look.</summary>
    private static SecurityEvent Opinion(Guid userId, string feature, int satisfaction, RequestOrigin origin) =>
        new(SecurityEventTypes.FeatureUsed)
        {
            UserId = userId,
            IpAddress = origin.Address,
            UserAgent = origin.UserAgent,
            RequestId = origin.RequestId,
            ResourceType = "feature",
            ResourceId = feature,
            Metadata = new { satisfaction },
        };
}
