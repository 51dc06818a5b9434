using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>Why a text names no playlist or channel. Codes are stable.</summary>
/// <param name="Code">snake_case.</param>
/// <param name="Message">What is wrong and what to give instead.</param>
public sealed record ListLinkError(string Code, string Message);

/// <summary>What links to playlists and channels have in common. Nothing is ever fetched; only ids and names leave the parsers.</summary>
internal static class ListLink
{
    private const int MaxLength = 2048;

    /// <summary>The text without what surrounds links in messages; null with the reason when it cannot be one.</summary>
    public static string? Clean(string? raw, string wanted, out ListLinkError? error)
    {
        error = null;
        var text = raw is { Length: <= MaxLength } ? VideoLink.Trim(VideoLink.Visible(WebUtility.HtmlDecode(raw))) : "";
        if (text.Length > 0 && !text.Any(char.IsWhiteSpace) && !text.AsSpan().ContainsAny("\\<>\"") && !VideoLink.HasOtherScheme(text))
        {
            return text;
        }

        error = new ListLinkError($"{wanted}_invalid", $"Give one link or id of a {wanted}, at most 2,048 characters without blanks.");
        return null;
    }

    /// <summary>Takes a page of YouTube apart. False without an error: the text is no address at all.</summary>
    public static bool TrySplit(string text, [NotNullWhen(true)] out string[]? path, out string query, out ListLinkError? error)
    {
        path = null;
        query = "";
        error = null;
        if (!VideoLink.SplitHost(VideoLink.WithScheme(text), out var host, out var rest, out var refusal))
        {
            error = refusal == VideoReferenceError.CredentialsOrPort ? new ListLinkError(refusal.Code(), refusal.Explain()) : null;
            return false;
        }

        // youtu.be/ID?list=… names a playlist too.
        if (!VideoPage.IsYouTube(host) && host is not ("youtu.be" or "www.youtu.be"))
        {
            error = new ListLinkError(VideoReferenceError.ForeignHost.Code(), VideoReferenceError.ForeignHost.Explain());
            return false;
        }

        (path, query, _) = VideoLink.SplitPath(rest);
        return true;
    }
}
