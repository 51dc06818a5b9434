using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>Where the videos of a request come from: exactly one of three.</summary>
internal sealed record BulkSource
{
    private BulkSelection? Links { get; init; }

    private PlaylistReference? Playlist { get; init; }

    private ChannelReference? Channel { get; init; }

    /// <summary>videos, playlist or channel.</summary>
    public string Kind =>
        Playlist is not null ? "playlist"
        : Channel is not null ? "channel"
        : "videos";

    /// <summary>The playlist's id, or the channel's id, handle or user name.</summary>
    public string? Id => Playlist?.Id ?? Channel?.Name;

    /// <summary>What makes two requests the same, however their links are written.</summary>
    public string Identity => Id ?? string.Join('\n', Links!.Items.Select(item => item.VideoId ?? item.Input));

    public static bool TryRead(
        StartBulk.Request request,
        int mostVideos,
        [NotNullWhen(true)] out BulkSource? source,
        out ProblemHttpResult? refused
    )
    {
        source = null;
        refused = null;
        var given = (request.Videos is not null ? 1 : 0) + (request.Playlist is not null ? 1 : 0) + (request.Channel is not null ? 1 : 0);
        if (given != 1 || request.Videos is { Count: 0 })
        {
            refused = Problems.BadRequest(
                "bulk_source",
                "Send exactly one of videos (a list of links), playlist (a link) and channel (a handle or a link)."
            );
            return false;
        }

        if (request.Videos is { } videos)
        {
            if (videos.Count > mostVideos)
            {
                refused = Problems.BadRequest(
                    "too_many_videos",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"One request takes at most {mostVideos} videos, this one has {videos.Count}. Send the rest in another."
                    )
                );
                return false;
            }

            source = new BulkSource { Links = BulkSelection.OfLinks(videos) };
            return true;
        }

        if (request.Playlist is not null)
        {
            source = PlaylistReference.TryParse(request.Playlist, out var playlist, out var wrong)
                ? new BulkSource { Playlist = playlist }
                : null;
            refused = wrong is null ? null : Refusal("playlist", wrong);
            return source is not null;
        }

        source = ChannelReference.TryParse(request.Channel, out var channel, out var problem) ? new BulkSource { Channel = channel } : null;
        refused = problem is null ? null : Refusal("channel", problem);
        return source is not null;
    }

    public Task<(BulkSelection? Videos, ProblemHttpResult? Refused)> SelectAsync(BulkListing listing, CancellationToken ct) =>
        Playlist is not null ? listing.OfPlaylistAsync(Playlist, ct)
        : Channel is not null ? listing.OfChannelAsync(Channel, ct)
        : Task.FromResult<(BulkSelection?, ProblemHttpResult?)>((Links, null));

    public string TitleFor(int videos) =>
        Playlist is not null ? $"Playlist {Playlist.Id}"
        : Channel is not null ? $"Channel {Channel.Name}"
        : videos == 1 ? "1 video"
        : string.Create(CultureInfo.InvariantCulture, $"{videos} videos");

    private static ProblemHttpResult Refusal(string field, ListLinkError error) =>
        Problems.BadRequest(
            error.Code,
            error.Message,
            new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error.Message] }
        );
}
