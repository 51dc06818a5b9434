namespace YtOptimizer.Core.Upstreams.YouTube;

/// <param name="Id">The video's id.</param>
/// <param name="IsPublic">False for private and deleted videos, which stay in their playlists. Unlisted ones count as public.</param>
public sealed record ListedVideo(string Id, bool IsPublic);

/// <param name="Videos">In the playlist's order.</param>
/// <param name="NextPage">Token of the next page; null on the last.</param>
/// <param name="Total">Entries of the whole playlist, as YouTube counts them.</param>
public sealed record PlaylistPage(IReadOnlyList<ListedVideo> Videos, string? NextPage, long? Total);

/// <param name="Videos">The first entries of the playlist, in its order; of uploads the newest.</param>
/// <param name="Total">Entries of the whole playlist, as YouTube counts them; at least as many as were read.</param>
public sealed record VideoList(IReadOnlyList<ListedVideo> Videos, long Total);

/// <summary>
/// Which videos a playlist or a channel holds; each call costs one unit. Sources: developers.google.com/youtube/v3/docs/playlistItems/list
/// and …/channels/list.
/// </summary>
public sealed partial class YouTubeApi
{
    private const int PageSize = 50;

    /// <summary>The first <paramref name="most"/> entries; null when YouTube shows no such playlist.</summary>
    /// <exception cref="YouTubeApiException">No usable answer.</exception>
    public async Task<VideoList?> ListPlaylistAsync(string playlistId, int most, CancellationToken ct)
    {
        var videos = new List<ListedVideo>();
        long total = 0;
        string? token = null;
        try
        {
            do
            {
                var page = await CallAsync(PageOf(playlistId, Math.Min(PageSize, most - videos.Count), token), YouTubeWire.Page, ct);
                videos.AddRange(page.Videos.Take(most - videos.Count));
                total = page.Total ?? total;
                token = page.Videos.Count > 0 ? page.NextPage : null;
            } while (token is not null && videos.Count < most);
        }
        catch (YouTubeApiException failure) when (failure.Reason is "playlistNotFound" or "playlistItemsNotAccessible")
        {
            return null;
        }

        return new VideoList(videos, Math.Max(total, videos.Count));
    }

    /// <summary>The id of the playlist of a channel's uploads; null when YouTube shows no such channel.</summary>
    /// <exception cref="YouTubeApiException">No usable answer.</exception>
    public Task<string?> FindUploadsAsync(ChannelReference channel, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return CallAsync(
            $"channels?part=contentDetails&{channel.Parameter}={Uri.EscapeDataString(channel.Name)}&maxResults=1"
                + "&fields=items(contentDetails(relatedPlaylists(uploads)))",
            YouTubeWire.Uploads,
            ct
        );
    }

    private static string PageOf(string playlistId, int size, string? token) =>
        FormattableString.Invariant(
            $"playlistItems?part=contentDetails,status&playlistId={Uri.EscapeDataString(playlistId)}&maxResults={size}"
        )
        + "&fields=items(contentDetails(videoId),status(privacyStatus)),nextPageToken,pageInfo(totalResults)"
        + (token is null ? "" : "&pageToken=" + Uri.EscapeDataString(token));
}
