using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.BulkAnalysis;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>
/// Queues the analysis of many videos. Give exactly one of <c>videos</c>, <c>playlist</c> and <c>channel</c>. All videos that are taken are
/// reserved in your plan at once, or none is. They come into the queue a few at a time: a single analysis of yours does not wait for the
/// whole batch. With an <c>Idempotency-Key</c> the same request again gets the same answer.
/// </summary>
internal static class StartBulk
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        /// <summary>Links or ids of videos, at most 50 unless the server is set otherwise. One that is no video is reported and left
        /// out.</summary>
        [PlainTexts(500, 2048)]
        public IReadOnlyList<string?>? Videos { get; init; }

        /// <summary>A playlist's link or id: its first videos are taken. Needs the YouTube Data API.</summary>
        [PlainText(2048)]
        public string? Playlist { get; init; }

        /// <summary>A channel's handle, link or id: its newest videos are taken. Needs the YouTube Data API.</summary>
        [PlainText(2048)]
        public string? Channel { get; init; }

        /// <summary>What you call it; absent, it is named after its source.</summary>
        [PlainText(BulkStore.LongestTitle)]
        public string? Title { get; init; }

        public BulkConfiguration? Configuration { get; init; }
    }

    /// <summary>How the analyses are to be made; the same for all videos.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record BulkConfiguration
    {
        /// <summary>Language of the suggestions, as a name or code; free text up to 50 characters.</summary>
        [PlainText(50)]
        public string? Language { get; init; }

        /// <summary>Tone of the suggestions; free text up to 100 characters.</summary>
        [PlainText(100)]
        public string? Tone { get; init; }
    }

    [Refuses(400, "invalid_idempotency_key", "bulk_source", "too_many_videos", "no_valid_videos")]
    [Refuses(400, "playlist_invalid", "playlist_id_missing", "playlist_private", "playlist_is_mix")]
    [Refuses(400, "channel_invalid", "channel_custom_address", "host_not_youtube", "url_with_credentials_or_port")]
    [Refuses(400, "youtube_api_not_configured")]
    [Refuses(402, "quota_exceeded")]
    [Refuses(403, "bulk_not_in_plan")]
    [Refuses(404, "playlist_not_found", "channel_not_found")]
    [Refuses(422, "idempotency_key_reused")]
    [Refuses(429, "too_many_bulk_analyses")]
    [Refuses(503, "queue_full", "youtube_unavailable")]
    public static async Task<IResult> Handle(
        Request request,
        HttpContext context,
        CurrentUser user,
        BulkPlan plan,
        BulkListing listing,
        BulkStore store,
        BulkFeeder feeder,
        IOptions<BulkOptions> options,
        ILogger<BulkStore> logger,
        CancellationToken ct
    )
    {
        if (!IdempotencyKey.TryRead(context, out var key, out var refused))
        {
            return refused!;
        }

        if (!BulkSource.TryRead(request, options.Value.MaxVideos, out var source, out refused))
        {
            return refused!;
        }

        var configuration = JsonSerializer.Serialize(
            new { request.Configuration?.Language, request.Configuration?.Tone },
            AnalysisJson.Options
        );
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"bulk\n{source.Kind}\n{source.Identity}\n{request.Title}\n{configuration}"));
        if (key is not null && await store.FindKnownAsync(user.Id, key, hash, ct) is { } known)
        {
            return BulkAnswers.Of(context, known);
        }

        refused = await plan.RefusalAsync(user.Id, ct);
        if (refused is not null)
        {
            return refused;
        }

        (var videos, refused) = await source.SelectAsync(listing, ct);
        if (videos is null)
        {
            return refused!;
        }

        if (videos.Accepted == 0)
        {
            return BulkAnswers.NothingToDo(source, videos);
        }

        var id = Guid.CreateVersion7();
        var result = await store.CreateAsync(
            new NewBulk
            {
                Id = id,
                UserId = user.Id,
                Source = source.Kind,
                SourceId = source.Id,
                Title = string.IsNullOrWhiteSpace(request.Title) ? source.TitleFor(videos.Accepted) : request.Title.Trim(),
                Configuration = configuration,
                Duplicates = videos.Duplicates.Count,
                BeyondLimit = videos.BeyondLimit,
                Items = videos.Items,
                RequestHash = hash,
                IdempotencyKey = key,
                Response = BulkAnswers.Body(id, source, videos),
                CorrelationId = context.Origin().RequestId is { Length: <= 128 } correlation ? correlation : null,
                Traceparent = Activity.Current?.Id,
            },
            ct
        );
        if (result.Outcome == "created")
        {
            await BulkAnswers.BeginAsync(feeder, id, user.Id, logger);
        }

        return BulkAnswers.Of(context, result);
    }
}
