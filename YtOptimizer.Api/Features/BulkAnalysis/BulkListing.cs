using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.BulkAnalysis;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>
/// Lists a playlist or a channel while the caller waits. A request takes so few videos that one or two calls of the API list them, and the
/// answer can then say at once what was taken, what was refused, and whether the plan suffices.
/// </summary>
internal sealed class BulkListing(YouTubeApi api, IOptions<YouTubeOptions> youTube, IOptions<BulkOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public Task<(BulkSelection? Videos, ProblemHttpResult? Refused)> OfPlaylistAsync(PlaylistReference playlist, CancellationToken ct) =>
        AskAsync(
            async token =>
                await api.ListPlaylistAsync(playlist.Id, options.Value.MaxVideos, token) is { } list
                    ? (BulkSelection.OfList(list), null)
                    : (
                        null,
                        Problems.NotFound(
                            "playlist_not_found",
                            "YouTube shows no playlist with this id: it is private, deleted or mistyped. Check the link."
                        )
                    ),
            ct
        );

    public Task<(BulkSelection? Videos, ProblemHttpResult? Refused)> OfChannelAsync(ChannelReference channel, CancellationToken ct) =>
        AskAsync(
            async token =>
            {
                if (await api.FindUploadsAsync(channel, token) is not { } uploads)
                {
                    return (null, Problems.NotFound("channel_not_found", "YouTube shows no such channel. Check the handle or the link."));
                }

                // A channel that never had a video has a playlist of uploads that is not there.
                var list = await api.ListPlaylistAsync(uploads, options.Value.MaxVideos, token);
                return (BulkSelection.OfList(list ?? new VideoList([], 0)), null);
            },
            ct
        );

    private async Task<(BulkSelection? Videos, ProblemHttpResult? Refused)> AskAsync(
        Func<CancellationToken, Task<(BulkSelection?, ProblemHttpResult?)>> ask,
        CancellationToken ct
    )
    {
        if (!youTube.Value.HasKey)
        {
            return (null, NotConfigured("has no key for the YouTube Data API (YOUTUBE_API_KEY)"));
        }

        using var late = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (YouTubeApiException failure) when (failure.Failure == YouTubeFailure.Configuration)
        {
            return (null, NotConfigured("has a key for the YouTube Data API (YOUTUBE_API_KEY) that YouTube refuses"));
        }
        catch (YouTubeApiException failure)
        {
            return (null, NotNow(failure.Until is { } until ? until - time.GetUtcNow() : TimeSpan.FromMinutes(1)));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return (null, NotNow(TimeSpan.FromMinutes(1)));
        }
    }

    private static ProblemHttpResult NotConfigured(string why) =>
        Problems.BadRequest(
            "youtube_api_not_configured",
            $"This server {why}, so it cannot list playlists and channels. Send the videos' links in videos, or ask its operator."
        );

    private static ProblemHttpResult NotNow(TimeSpan retryAfter) =>
        Problems.Unavailable(
            "youtube_unavailable",
            "YouTube cannot be asked for the list right now. Try again later, or send the videos' links in videos.",
            retryAfter
        );
}
