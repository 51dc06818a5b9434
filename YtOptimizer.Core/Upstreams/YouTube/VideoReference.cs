using System.Diagnostics.CodeAnalysis;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>
/// A YouTube video id, read from anything people paste: page, share, Shorts, live, embed, image and app links, or the bare id.
/// Nothing is ever fetched; only the id leaves the parser.
/// </summary>
/// <param name="Id">11 characters of A–Z a–z 0–9 - _.</param>
/// <param name="IsShort">The link was a Shorts link.</param>
/// <param name="LooksMistyped">The last character cannot end a real id (ids are 64-bit numbers in base64url): probably a typing error.</param>
public sealed record VideoReference(string Id, bool IsShort, bool LooksMistyped)
{
    private const int MaxLength = 2048;
    private const int IdLength = 11;
    private const int MaxDepth = 3;
    private const string LastCharacters = "AEIMQUYcgkosw048";

    private static readonly HashSet<string> YouTubeHosts = new(StringComparer.Ordinal)
    {
        "youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "gaming.youtube.com", "youtube-nocookie.com", "www.youtube-nocookie.com",
        "youtubekids.com", "www.youtubekids.com", "youtube.googleapis.com", "youtubeeducation.com", "www.youtubeeducation.com",
    };

    private static readonly HashSet<string> ShortHosts = new(StringComparer.Ordinal) { "youtu.be", "www.youtu.be" };

    private static readonly HashSet<string> IdPaths = new(StringComparer.Ordinal) { "watch", "shorts", "live", "embed", "v", "e", "w", "vi" };

    private static readonly HashSet<string> OtherPages = new(StringComparer.Ordinal) { "feed", "results", "hashtag", "gaming", "premium", "about", "t", "account", "post", "source", "movies", "trending", "explore", "podcasts", "upload", "signin", "playlist", "channel", "user", "clip", "redirect", "oembed" };

    public string CanonicalUrl => "https://www.youtube.com/watch?v=" + Id;

    /// <exception cref="FormatException">The text is not a reference; the message says why and what to give instead.</exception>
    public static VideoReference Parse(string? text) =>
        TryParse(text, out var reference, out var error) ? reference : throw new FormatException(error.Explain());

    public static bool TryParse(string? text, [NotNullWhen(true)] out VideoReference? reference, out VideoReferenceError error)
    {
        reference = null;
        error = Read(text, 0, out var id, out var isShort);
        if (error != VideoReferenceError.None)
        {
            return false;
        }

        reference = new VideoReference(id, isShort, !LastCharacters.Contains(id[^1], StringComparison.Ordinal));
        return true;
    }

    /// <inheritdoc cref="VideoReferenceErrors.Code"/>
    public static string Code(VideoReferenceError error) => error.Code();

    /// <inheritdoc cref="VideoReferenceErrors.Explain"/>
    public static string Explain(VideoReferenceError error) => error.Explain();

    private static VideoReferenceError Read(string? raw, int depth, out string id, out bool isShort)
    {
        id = "";
        isShort = false;
        if (string.IsNullOrWhiteSpace(raw))
        {
            return VideoReferenceError.Empty;
        }

        if (raw.Length > MaxLength)
        {
            return VideoReferenceError.TooLong;
        }

        if (depth > MaxDepth)
        {
            return VideoReferenceError.NotAReference;
        }

        var text = VideoLink.Trim(raw.Replace("&amp;", "&", StringComparison.OrdinalIgnoreCase));
        if (text.Length == 0)
        {
            return VideoReferenceError.Empty;
        }

        if (text.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0 || text.Contains('\\', StringComparison.Ordinal))
        {
            return VideoReferenceError.NotAReference;
        }

        foreach (var scheme in new[] { "vnd.youtube:", "vnd.youtube.launch:", "youtube:" })
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return App(text[scheme.Length..].TrimStart('/'), depth, out id, out isShort);
            }
        }

        if (!VideoLink.SplitHost(text, out var host, out var rest, out var error))
        {
            return error == VideoReferenceError.None ? Bare(text, out id) : error;
        }

        return Page(host, rest, depth, out id, out isShort);
    }

    // A bare id, or something that is no link at all.
    private static VideoReferenceError Bare(string text, out string id)
    {
        id = "";
        if (text.StartsWith('@'))
        {
            return VideoReferenceError.Handle;
        }

        if (text.Any(c => !IsIdCharacter(c)))
        {
            return VideoReferenceError.NotAReference;
        }

        return Accept(text, out id);
    }

    private static VideoReferenceError App(string text, int depth, out string id, out bool isShort)
    {
        isShort = false;
        if (text.Contains('/', StringComparison.Ordinal) || text.Contains("v=", StringComparison.Ordinal))
        {
            return Read(text.StartsWith("watch", StringComparison.Ordinal) ? "www.youtube.com/" + text : text, depth + 1, out id, out isShort);
        }

        return Accept(text.Split('?', '&', '#')[0], out id);
    }

    private static VideoReferenceError Page(string host, string rest, int depth, out string id, out bool isShort)
    {
        id = "";
        isShort = false;
        var fragment = rest.IndexOf('#', StringComparison.Ordinal);
        var beforeFragment = fragment < 0 ? rest : rest[..fragment];
        var question = beforeFragment.IndexOf('?', StringComparison.Ordinal);
        var path = (question < 0 ? beforeFragment : beforeFragment[..question]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var query = question < 0 ? "" : beforeFragment[(question + 1)..];
        // "/watch&v=…" and "#!v=…" are old or broken forms that still occur.
        if (path.Length > 0 && path[^1].IndexOf('&', StringComparison.Ordinal) is var mark and > 0)
        {
            query = path[^1][(mark + 1)..] + "&" + query;
            path[^1] = path[^1][..mark];
        }

        if (ShortHosts.Contains(host))
        {
            if (path.Length > 0)
            {
                return path[0] is "shorts" or "live" && path.Length > 1 ? Accept(path[1], out id) : Accept(path[0], out id);
            }

            return VideoLink.Parameter(query, "v") is { } direct ? Accept(direct, out id) : VideoReferenceError.MissingId;
        }

        if (host is "i.ytimg.com" or "img.youtube.com" || (host.EndsWith(".ytimg.com", StringComparison.Ordinal) && host.StartsWith('i')))
        {
            return path.Length > 1 && path[0] is "vi" or "vi_webp" or "an_webp" or "sb" ? Accept(path[1], out id) : VideoReferenceError.MissingId;
        }

        if (!YouTubeHosts.Contains(host))
        {
            return VideoReferenceError.ForeignHost;
        }

        return YouTubePage(path, query, fragment < 0 ? "" : rest[(fragment + 1)..], depth, out id, out isShort);
    }

    private static VideoReferenceError YouTubePage(string[] path, string query, string fragment, int depth, out string id, out bool isShort)
    {
        id = "";
        isShort = false;
        var first = path.Length > 0 ? path[0].ToLowerInvariant() : "";
        switch (first)
        {
            case "attribution_link":
                return Nested(VideoLink.Parameter(query, "u") ?? VideoLink.Parameter(query, "url"), depth, out id, out isShort);
            case "oembed":
                return Nested(VideoLink.Parameter(query, "url"), depth, out id, out isShort);
            case "redirect":
                return Nested(VideoLink.Parameter(query, "q") ?? VideoLink.Parameter(query, "url"), depth, out id, out isShort);
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

        if (first is "" or "watch" or "watch_popup" or "watch.php" or "movie" or "ytscreeningroom" or "playlist" or "get_video_info")
        {
            var value = VideoLink.Parameter(query, "v") ?? VideoLink.Parameter(query, "vi") ?? VideoLink.Parameter(query, "video_id") ?? VideoLink.Parameter(fragment.TrimStart('!', '/').Replace("watch?", "", StringComparison.Ordinal), "v");
            if (value is not null)
            {
                return Accept(value, out id);
            }

            if (first is "watch" && path.Length > 1)
            {
                return Accept(path[1], out id);
            }

            return VideoLink.Parameter(query, "list") is not null || first is "playlist" ? VideoReferenceError.PlaylistOnly : VideoLink.Parameter(query, "search_query") is not null ? VideoReferenceError.Search : VideoReferenceError.MissingId;
        }

        if (IdPaths.Contains(first))
        {
            isShort = first is "shorts";
            return path.Length > 1 ? Accept(path[1], out id) : VideoReferenceError.MissingId;
        }

        // youtube.com/ID is no page of YouTube; youtube.com/name is a channel.
        return OtherPages.Contains(first) ? VideoReferenceError.MissingId : VideoReferenceError.Channel;
    }

    // A link inside a link: only to YouTube, and only the id is taken.
    private static VideoReferenceError Nested(string? inner, int depth, out string id, out bool isShort)
    {
        id = "";
        isShort = false;
        if (string.IsNullOrEmpty(inner))
        {
            return VideoReferenceError.MissingId;
        }

        return Read(inner.StartsWith('/') && !inner.StartsWith("//", StringComparison.Ordinal) ? "https://www.youtube.com" + inner : inner, depth + 1, out id, out isShort);
    }

    private static VideoReferenceError Accept(string value, out string id)
    {
        id = "";
        var text = VideoLink.Trim(value);
        var end = text.AsSpan().IndexOfAny("?&#/");
        text = end < 0 ? text : text[..end];
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

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
