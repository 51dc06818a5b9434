using System.Globalization;
using System.Text.Json;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>The Data API's JSON, read leniently: counts are strings, absent fields are unknown, dates may be junk.</summary>
internal static class YouTubeWire
{
    /// <summary>Trims the answer to what is read below.</summary>
    public const string Fields =
        "items(id,snippet(publishedAt,channelId,title,description,thumbnails,channelTitle,tags,categoryId,"
        + "liveBroadcastContent,defaultLanguage,defaultAudioLanguage),"
        + "contentDetails(duration,caption),status(madeForKids),statistics(viewCount,likeCount,commentCount))";

    private static readonly string[] ThumbnailSizes = ["maxres", "standard", "high", "medium", "default"];

    public static IReadOnlyDictionary<string, YouTubeVideo> Videos(JsonElement root)
    {
        var videos = new Dictionary<string, YouTubeVideo>(StringComparer.Ordinal);
        foreach (var item in Child(root, "items") is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default)
        {
            if (Text(item, "id") is { } id)
            {
                videos[id] = Video(item);
            }
        }

        return videos;
    }

    /// <summary>Reason and message of an error body; <c>error</c> may also be a bare string, or the body no JSON at all.</summary>
    public static string ErrorReason(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = Child(document.RootElement, "error");
            if (Child(error, "details") is { ValueKind: JsonValueKind.Array } details)
            {
                foreach (var detail in details.EnumerateArray())
                {
                    if (Text(detail, "reason") is { } reason)
                    {
                        return reason;
                    }
                }
            }

            if (Child(error, "errors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0)
            {
                return Text(errors[0], "reason") ?? "unknown";
            }

            return Text(error, "status") ?? "unknown";
        }
        catch (JsonException)
        {
            return "unknown";
        }
    }

    private static YouTubeVideo Video(JsonElement item)
    {
        var (snippet, content, status, statistics) = (
            Child(item, "snippet"),
            Child(item, "contentDetails"),
            Child(item, "status"),
            Child(item, "statistics")
        );
        var thumbnail = ThumbnailSizes
            .Select(size => Child(Child(snippet, "thumbnails"), size))
            .FirstOrDefault(found => Text(found, "url") is not null);
        return new YouTubeVideo
        {
            Title = Text(snippet, "title"),
            Description = Text(snippet, "description"),
            Tags = Child(snippet, "tags") is { ValueKind: JsonValueKind.Array } tags
                ? [.. tags.EnumerateArray().Select(tag => tag.ToString())]
                : null,
            ChannelId = Text(snippet, "channelId"),
            ChannelTitle = Text(snippet, "channelTitle"),
            PublishedAt = DateTimeOffset.TryParse(
                Text(snippet, "publishedAt"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var at
            )
                ? at.ToUniversalTime()
                : null,
            Duration = Text(content, "duration"),
            CategoryId = Text(snippet, "categoryId"),
            DefaultLanguage = Text(snippet, "defaultLanguage"),
            DefaultAudioLanguage = Text(snippet, "defaultAudioLanguage"),
            LiveBroadcast = Text(snippet, "liveBroadcastContent"),
            HasCaptions = Text(content, "caption") switch
            {
                "true" => true,
                "false" => false,
                _ => null,
            },
            MadeForKids = Child(status, "madeForKids").ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            },
            ThumbnailUrl = Text(thumbnail, "url"),
            ThumbnailWidth = (int?)Count(thumbnail, "width"),
            ThumbnailHeight = (int?)Count(thumbnail, "height"),
            ViewCount = Count(statistics, "viewCount"),
            LikeCount = Count(statistics, "likeCount"),
            CommentCount = Count(statistics, "commentCount"),
        };
    }

    /// <summary>A page of <c>playlistItems.list</c>.</summary>
    public static PlaylistPage Page(JsonElement root)
    {
        var videos = new List<ListedVideo>();
        foreach (var item in Child(root, "items") is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default)
        {
            if (Text(Child(item, "contentDetails"), "videoId") is { Length: 11 } id)
            {
                // Deleted videos stay in their playlists, with "privacyStatusUnspecified".
                videos.Add(new ListedVideo(id, Text(Child(item, "status"), "privacyStatus") is null or "public" or "unlisted"));
            }
        }

        return new PlaylistPage(videos, Text(root, "nextPageToken"), Count(Child(root, "pageInfo"), "totalResults"));
    }

    /// <summary>The uploads playlist of the first channel of <c>channels.list</c>; null when there is no channel.</summary>
    public static string? Uploads(JsonElement root) =>
        Child(root, "items") is { ValueKind: JsonValueKind.Array } items && items.GetArrayLength() > 0
            ? Text(Child(Child(items[0], "contentDetails"), "relatedPlaylists"), "uploads")
            : null;

    private static JsonElement Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static string? Text(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Count(JsonElement element, string name) =>
        Child(element, name) switch
        {
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value,
            { ValueKind: JsonValueKind.String } text
                when long.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
            _ => null,
        };
}
