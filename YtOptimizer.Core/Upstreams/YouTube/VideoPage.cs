namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>What a link's host, path, query and fragment say: a video's id, a link inside the link, or why there is none.</summary>
internal static class VideoPage
{
    private const int IdLength = 11;

    private static readonly HashSet<string> YouTubeHosts = new(StringComparer.Ordinal)
    {
        "youtube.com",
        "www.youtube.com",
        "m.youtube.com",
        "music.youtube.com",
        "gaming.youtube.com",
        "tv.youtube.com",
        "youtube-nocookie.com",
        "www.youtube-nocookie.com",
        "youtubekids.com",
        "www.youtubekids.com",
        "youtube.googleapis.com",
        "youtubeeducation.com",
        "www.youtubeeducation.com",
    };

    private static readonly HashSet<string> ShortHosts = new(StringComparer.Ordinal) { "youtu.be", "www.youtu.be" };

    /// <summary>Pages that stand in front of another page and name it in a parameter: consent, sign-in, search results.</summary>
    private static readonly HashSet<string> GateHosts = new(StringComparer.Ordinal)
    {
        "consent.youtube.com",
        "consent.google.com",
        "accounts.youtube.com",
        "accounts.google.com",
        "www.google.com",
        "google.com",
    };

    private static readonly HashSet<string> Gates = new(StringComparer.Ordinal)
    {
        "attribution_link",
        "oembed",
        "redirect",
        "signin",
        "verify_age",
        "verify_controversy",
        "das_captcha",
    };

    private static readonly HashSet<string> WatchPages = new(StringComparer.Ordinal)
    {
        "",
        "watch",
        "watch_popup",
        "watch.php",
        "movie",
        "ytscreeningroom",
        "playlist",
        "get_video_info",
        "details",
        "tv",
    };

    private static readonly HashSet<string> IdPaths = new(StringComparer.Ordinal)
    {
        "watch",
        "shorts",
        "live",
        "embed",
        "v",
        "e",
        "w",
        "vi",
        "source",
        "video",
    };

    private static readonly HashSet<string> OtherPages = new(StringComparer.Ordinal)
    {
        "feed",
        "results",
        "hashtag",
        "gaming",
        "premium",
        "about",
        "t",
        "account",
        "post",
        "movies",
        "trending",
        "explore",
        "podcasts",
        "upload",
        "playlist",
        "channel",
        "user",
        "clip",
    };

    /// <summary>Reads one page address; <paramref name="inner"/> is a link inside it, to be read in its place.</summary>
    public static VideoReferenceError Read(string host, string rest, out string id, out bool isShort, out string? inner)
    {
        id = "";
        isShort = false;
        inner = null;
        var (path, query, fragment) = VideoLink.SplitPath(rest);
        if (ShortHosts.Contains(host))
        {
            var isPage = path.Length == 0 || path[0] is "watch";
            if (isPage && VideoLink.Parameter(query, "v") is { } direct)
            {
                return Accept(direct, out id);
            }

            if (isPage && path.Length < 2)
            {
                return VideoReferenceError.MissingId;
            }

            isShort = path[0] is "shorts" && path.Length > 1;
            return Accept(path.Length > 1 && IdPaths.Contains(path[0]) ? path[1] : path[0], out id);
        }

        if (host is "i.ytimg.com" or "img.youtube.com" || (host.EndsWith(".ytimg.com", StringComparison.Ordinal) && host.StartsWith('i')))
        {
            return path.Length > 1 && path[0] is "vi" or "vi_webp" or "an_webp" or "sb"
                ? Accept(path[1], out id)
                : VideoReferenceError.MissingId;
        }

        if (host is "studio.youtube.com")
        {
            // "/u/0/video/…": the second of several accounts.
            var at = path.Length > 2 && path[0] is "u" ? 2 : 0;
            return path.Length > at + 1 && path[at] is "video" ? Accept(path[at + 1], out id)
                : path.Length > at && path[at] is "channel" ? VideoReferenceError.Channel
                : VideoReferenceError.MissingId;
        }

        if (host is "gdata.youtube.com")
        {
            return Array.IndexOf(path, "videos") is >= 0 and var feed && feed + 1 < path.Length
                ? Accept(path[feed + 1], out id)
                : VideoReferenceError.MissingId;
        }

        if (GateHosts.Contains(host) || IsGoogle(host))
        {
            inner = VideoLink.Parameter(query, "continue", "next", "q", "url");
            return inner is null ? VideoReferenceError.ForeignHost : VideoReferenceError.None;
        }

        return IsYouTube(host) ? YouTubePage(path, query, fragment, out id, out isShort, out inner) : VideoReferenceError.ForeignHost;
    }

    /// <summary>A host, in lower case, whose pages are YouTube's own.</summary>
    public static bool IsYouTube(string host) => YouTubeHosts.Contains(host) || host.EndsWith(".youtube.com", StringComparison.Ordinal);

    // www.google.de, www.google.co.uk, www.google.com.br.
    private static bool IsGoogle(string host) =>
        host.StartsWith("www.google.", StringComparison.Ordinal)
        && host["www.google.".Length..].Split('.') is var parts
        && parts[^1].Length == 2
        && (parts.Length == 1 || (parts.Length == 2 && parts[0] is "co" or "com"));

    /// <summary>An id as a link's part holds it: up to the first character that ends it, such as punctuation of the text around the
    /// link.</summary>
    public static VideoReferenceError Accept(string value, out string id)
    {
        id = "";
        var text = VideoLink.Trim(value.Contains('%', StringComparison.Ordinal) ? VideoLink.Visible(Uri.UnescapeDataString(value)) : value);
        var end = text.AsSpan().IndexOfAny("?&#/%");
        text = end < 0 ? text : text[..end];
        text = text.Length > IdLength && !char.IsLetterOrDigit(text[IdLength]) && !IsIdCharacter(text[IdLength]) ? text[..IdLength] : text;
        if (text.Length == 0)
        {
            return VideoReferenceError.MissingId;
        }

        if (text.Any(c => !IsIdCharacter(c)))
        {
            return VideoReferenceError.InvalidId;
        }

        if (text.Length != IdLength)
        {
            return VideoReferenceError.InvalidIdLength;
        }

        id = text;
        return VideoReferenceError.None;
    }

    public static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static VideoReferenceError YouTubePage(
        string[] path,
        string query,
        string fragment,
        out string id,
        out bool isShort,
        out string? inner
    )
    {
        id = "";
        isShort = false;
        inner = null;
        var first = path.Length > 0 ? path[0].ToLowerInvariant() : "";
        // "tv#/watch?v=", "#!/watch?v=", "user/NAME#p/u/1/ID": pages that kept their state behind the hash.
        var state = fragment.TrimStart('!', '/');
        if (state.Contains("?v=", StringComparison.Ordinal) || state.Contains("&v=", StringComparison.Ordinal))
        {
            inner = "https://www.youtube.com/" + state;
            return VideoReferenceError.None;
        }

        if (
            first is "user"
            && state.StartsWith("p/", StringComparison.Ordinal)
            && Accept(state[(state.LastIndexOf('/') + 1)..], out id) == VideoReferenceError.None
        )
        {
            return VideoReferenceError.None;
        }

        switch (first)
        {
            case "embed" when path.Length > 1 && path[1] is "videoseries":
                return VideoLink.Parameter(query, "v") is { } inSeries ? Accept(inSeries, out id) : VideoReferenceError.EmbedPlaylist;
            case "embed" when path.Length > 1 && path[1] is "live_stream":
                return VideoReferenceError.LiveStreamEmbed;
            case "clip":
                return VideoReferenceError.Clip;
            case "channel" or "c":
                return VideoReferenceError.Channel;
            case "user":
                return VideoReferenceError.User;
            case "results" or "hashtag" or "search":
                return VideoReferenceError.Search;
        }

        if (first.StartsWith('@'))
        {
            return VideoReferenceError.Handle;
        }

        if (Gates.Contains(first))
        {
            inner = VideoLink.Parameter(query, "u", "url", "q", "next", "next_url", "continue");
            return inner is null ? VideoReferenceError.MissingId : VideoReferenceError.None;
        }

        if (WatchPages.Contains(first) || (IdPaths.Contains(first) && path.Length == 1))
        {
            isShort = first is "shorts";
            return Watch(first, path, query, state, out id);
        }

        if (IdPaths.Contains(first))
        {
            isShort = first is "shorts" || (first is "source" && path.Length > 2 && path[2] is "shorts");
            return Accept(path[1], out id);
        }

        if (first is "shared" && VideoLink.Parameter(query, "ci") is { } shared)
        {
            return Accept(shared, out id);
        }

        // Pages that are gone or misspelt still name their video.
        if (path.Length == 1 && VideoLink.Parameter(query, "v") is { } named && Accept(named, out id) == VideoReferenceError.None)
        {
            return VideoReferenceError.None;
        }

        // youtube.com/ID is no page of YouTube; youtube.com/name is a channel.
        return OtherPages.Contains(first) ? VideoReferenceError.MissingId : VideoReferenceError.Channel;
    }

    private static VideoReferenceError Watch(string first, string[] path, string query, string state, out string id)
    {
        id = "";
        if ((VideoLink.Parameter(query, "v", "vi", "video_id") ?? VideoLink.Parameter(state, "v")) is { } value)
        {
            return Accept(value, out id);
        }

        if (first is "watch" && path.Length > 1)
        {
            return Accept(path[1], out id);
        }

        return VideoLink.Parameter(query, "list") is not null || first is "playlist" ? VideoReferenceError.PlaylistOnly
            : VideoLink.Parameter(query, "search_query") is not null ? VideoReferenceError.Search
            : VideoReferenceError.MissingId;
    }
}
