using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>
/// A YouTube video id, read from anything people paste: page, share, Shorts, live, embed, Studio, consent, image and app links, embed code,
/// a message with one link in it, or the bare id. Nothing is ever fetched; only the id leaves the parser.
/// </summary>
/// <param name="Id">11 characters of A–Z a–z 0–9 - _.</param>
/// <param name="IsShort">The link was a Shorts link.</param>
/// <param name="LooksMistyped">The last character cannot end a real id (ids are 64-bit numbers in base64url): probably a typing
/// error.</param>
public sealed record VideoReference(string Id, bool IsShort, bool LooksMistyped)
{
    private const int MaxLength = 2048;
    private const int MaxDepth = 3;
    private const string LastCharacters = "AEIMQUYcgkosw048";

    private static readonly string[] AppSchemes = ["vnd.youtube:", "vnd.youtube.launch:", "youtube:"];

    public string CanonicalUrl => "https://www.youtube.com/watch?v=" + Id;

    /// <exception cref="FormatException">The text is not a reference; the message says why and what to give instead.</exception>
    public static VideoReference Parse(string? text) =>
        TryParse(text, out var reference, out var error) ? reference : throw new FormatException(error.Explain());

    public static bool TryParse(string? text, [NotNullWhen(true)] out VideoReference? reference, out VideoReferenceError error)
    {
        reference = null;
        error = Read(text, out var id, out var isShort);
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

    private static VideoReferenceError Read(string? raw, out string id, out bool isShort)
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

        var text = VideoLink.Visible(WebUtility.HtmlDecode(raw)).Trim();
        if (VideoLink.HasOtherScheme(text))
        {
            return VideoReferenceError.NotAReference;
        }

        var error = One(text, 0, out id, out isShort);
        if (error == VideoReferenceError.None && !VideoLink.IsGlued(text))
        {
            return error;
        }

        var inText = InText(text, out id, out isShort);
        // A label before the link ("Link:…") looks like an account as long as it is read as one link.
        return
            inText is VideoReferenceError.None or VideoReferenceError.SeveralVideos
            || error == VideoReferenceError.NotAReference
            || (error == VideoReferenceError.CredentialsOrPort && inText != VideoReferenceError.NotAReference)
            ? inText
            : error;
    }

    // Running text, Markdown or HTML around links: accepted when all of them lead to one video.
    private static VideoReferenceError InText(string text, out string id, out bool isShort)
    {
        id = "";
        isShort = false;
        var reason = VideoReferenceError.NotAReference;
        foreach (var word in VideoLink.Words(text))
        {
            if (!VideoLink.MayLead(word) || VideoLink.HasOtherScheme(word))
            {
                continue;
            }

            var error = One(VideoLink.WithoutLabel(word), 0, out var found, out var isShortLink);
            if (error != VideoReferenceError.None)
            {
                reason = reason == VideoReferenceError.NotAReference ? error : reason;
                continue;
            }

            if (id.Length > 0 && id != found)
            {
                return VideoReferenceError.SeveralVideos;
            }

            id = found;
            isShort |= isShortLink;
        }

        return id.Length > 0 ? VideoReferenceError.None : reason;
    }

    private static VideoReferenceError One(string raw, int depth, out string id, out bool isShort)
    {
        id = "";
        isShort = false;
        var text = VideoLink.Trim(raw);
        if (text.Length == 0)
        {
            return VideoReferenceError.Empty;
        }

        if (
            depth > MaxDepth
            || text.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0
            || text.Any(char.IsWhiteSpace)
            || text.Contains('\\', StringComparison.Ordinal)
            || text.AsSpan().IndexOfAny("<>\"") >= 0
        )
        {
            return VideoReferenceError.NotAReference;
        }

        foreach (var scheme in AppSchemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return App(text[scheme.Length..].TrimStart('/'), depth, out id, out isShort);
            }
        }

        if (text.StartsWith("http%", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https%", StringComparison.OrdinalIgnoreCase))
        {
            return One(Uri.UnescapeDataString(text), depth + 1, out id, out isShort);
        }

        text = VideoLink.WithScheme(text);

        if (!VideoLink.SplitHost(text, out var host, out var rest, out var error))
        {
            return error == VideoReferenceError.None ? Bare(text, out id) : error;
        }

        var found = VideoPage.Read(host, rest, out id, out isShort, out var inner);
        // A link inside a link: only to YouTube, and only the id is taken.
        return inner is null
            ? found
            : One(
                inner.StartsWith('/') && !inner.StartsWith("//", StringComparison.Ordinal) ? "https://www.youtube.com" + inner : inner,
                depth + 1,
                out id,
                out isShort
            );
    }

    // A bare id, or something that is no link at all.
    private static VideoReferenceError Bare(string text, out string id)
    {
        id = "";
        if (text.StartsWith('@'))
        {
            return VideoReferenceError.Handle;
        }

        return text.Any(c => !VideoPage.IsIdCharacter(c)) ? VideoReferenceError.NotAReference : VideoPage.Accept(text, out id);
    }

    private static VideoReferenceError App(string text, int depth, out string id, out bool isShort)
    {
        isShort = false;
        if (text.Contains('/', StringComparison.Ordinal) || text.Contains("v=", StringComparison.Ordinal))
        {
            return One(
                text.StartsWith("watch", StringComparison.Ordinal) ? "www.youtube.com/" + text : text,
                depth + 1,
                out id,
                out isShort
            );
        }

        return VideoPage.Accept(text.Split('?', '&', '#')[0], out id);
    }
}
