using System.Globalization;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <content>What stands around the words of a title: ornaments, the picture's quality, the channel's name.</content>
internal sealed partial class RepairedTitle
{
    private const int LeastLeft = 24;
    private const int FewestWordsLeft = 3;

    // From here on search results cut the end; what is left of a shorter title has to say enough by itself.
    private const int LeastCrowded = 66;
    private const int LeastAlone = 34;
    private const int LeastQuality = 6;
    private static readonly string[] GenericEnds = ["official", "magazine", "channel", "news", "tv", "media", "kanal", "canal"];

    private static readonly HashSet<string> Quality = WordList
        .Section("title-words.txt", "picture quality")
        .ToHashSet(StringComparer.Ordinal);

    // "♡• The worst cake •♡" → "The worst cake". One emoji at the end is the creator's style.
    private static string Bare(string text)
    {
        var start = 0;
        var end = text.Length;
        var (opens, closes) = (false, false);
        while (start < end && IsEdge(text, start, ref opens))
        {
            start += char.IsHighSurrogate(text[start]) ? 2 : 1;
        }

        while (end > start && IsEdge(text, end - 1, ref closes))
        {
            end--;
        }

        // A heart at the end is style; the same sign between the words is a separator.
        var bare = text[start..(closes ? end : text.Length)].Trim();
        return opens && bare.Length > 0 && !bare.Contains(text.AsSpan(0, start).Trim()[0], StringComparison.Ordinal) ? bare : text;
    }

    private static bool IsEdge(string text, int i, ref bool ornament)
    {
        var c = text[i];
        var symbol =
            (c is >= '\u2500' and <= '\u27BF' && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.OtherSymbol) || c is '♯' or '•';
        ornament |= symbol;
        return symbol || c is ' ' or '\uFE0F' || (c is '|' or '-' or '~' or '*' or '=' && (i == 0 || ornament));
    }

    // "URGENT! What happened", "[SHOCK] …", "… ***URGENT***": what follows or stands before says it by itself.
    private static string WithoutOutcry(string text)
    {
        foreach (var match in new[] { OpeningOutcry().Match(text), ClosingOutcry().Match(text) })
        {
            var rest = match.Success ? text.Remove(match.Index, match.Length).Trim() : "";
            if (Outcries.Is(match.Groups["cry"].Value) && Graphemes.DisplayWidth(rest) >= LeastLeft)
            {
                return rest;
            }
        }

        return text;
    }

    // "… (FULL HD)", "… HD 1080p": YouTube shows it itself.
    private string WithoutQuality(string text)
    {
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance)
        {
            return text;
        }

        foreach (Match note in Noted().Matches(text))
        {
            if (note.Index > 0 && note.Index + note.Length < text.Length && IsQuality(note.Groups["inside"].Value))
            {
                text = text.Remove(note.Index, note.Length);
                break;
            }
        }

        var match = Bracketed().Match(text);
        var words = (match.Success && IsQuality(match.Groups["inside"].Value) ? text[..match.Index] : text).TrimEnd().Split(' ');
        var left = words.Length;
        // "Full" is a quality only before "HD".
        while (
            left > (Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(text))) ? 1 : FewestWordsLeft)
            && IsQuality(words[left - 1].Trim('[', ']', '(', ')'))
            && (left < words.Length || Folding.Fold(words[left - 1]) != "full")
        )
        {
            left--;
        }

        var shorter = string.Join(' ', words[..left]);
        // "HD" alone is no reason to touch a title.
        return text.Length - shorter.Length < LeastQuality ? text : shorter.TrimEnd(' ', '-', '–', '|');
    }

    private static bool IsQuality(string text) => Folding.Fold(text) is { Length: > 0 } folded && folded.Split(' ').All(Quality.Contains);

    // "… | Channel", "… [Channel]": shown under every title anyway.
    private string WithoutChannel(string text)
    {
        // Beside an episode or other parts the name is that of the show and says what the rest belongs to.
        var parted = Separators().Count(text) > 1;
        var crowded = Graphemes.DisplayWidth(text) >= LeastCrowded;
        if (
            source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Talk or VideoKind.Kids or VideoKind.Trailer
            || (parted && !crowded)
            || TitleSegments.Split(text, source).Exists(segment => segment.Role is SegmentRole.Episode or SegmentRole.Date)
            || text.Contains('#', StringComparison.Ordinal)
        )
        {
            return text;
        }

        var left = WithoutHeading(text);
        for (var i = 0; i < 2; i++)
        {
            var match = Tail().Match(left);
            match = match.Success ? match : Bracketed().Match(left);
            var name = match.Success ? match.Groups["inside"].Value : "";
            // Of a name that only begins like the channel's the rest may be another show's.
            if (!IsOwnName(name) || ((parted || !crowded) && !IsWholeName(name)))
            {
                break;
            }

            left = left[..match.Index].TrimEnd();
        }

        return
            Graphemes.DisplayWidth(left) >= (crowded ? LeastLeft : LeastAlone)
            && (
                source.Tokens(left).Count(token => !token.IsStop) >= FewestWordsLeft
                || Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(left)))
            )
            ? left
            : text;
    }

    // "Channel: what happened" → "What happened", where the channel is no person's or show's name that the rest needs.
    private string WithoutHeading(string text)
    {
        var match = Heading().Match(text);
        return
            match.Success
            && source.Kind.About is VideoKind.News or VideoKind.Tutorial or VideoKind.Recipe or VideoKind.Review
            && IsWholeName(match.Groups["inside"].Value)
            && Graphemes.DisplayWidth(match.Groups["rest"].Value) >= LeastAlone
            ? Casing.Capitalize(match.Groups["rest"].Value, code)
            : text;
    }

    // "… #cooking #bread": links to other videos at the end of a headline that is whole without them.
    private string WithoutHashtags(string text)
    {
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance)
        {
            return text;
        }

        var bare = text;
        while (LastHashtag().Match(bare) is { Success: true } tag)
        {
            bare = bare[..tag.Index].TrimEnd(' ', '|', '-', '–', ',');
        }

        return
            Graphemes.DisplayWidth(bare) >= LeastLeft
            && (
                source.Tokens(bare).Count(token => !token.IsStop) >= FewestWordsLeft
                || Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(bare)))
            )
            ? bare
            : text;
    }

    private bool IsWholeName(string text)
    {
        var name = Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);
        var channel = Folding.Fold(source.Input.ChannelTitle ?? "").Replace(" ", "", StringComparison.Ordinal);
        return name.Length >= 2 && (name == channel || (name.Length >= 4 && GenericEnds.Any(end => channel == name + end)));
    }

    // The channel's whole name, or the words it begins or ends with ("YTN" of "YTN NEWS").
    private bool IsOwnName(string text)
    {
        var name = Folding.Fold(text);
        var channel = Folding.Fold(source.Input.ChannelTitle ?? "");
        return name.Length >= 3
            && channel.Length >= 3
            && (
                channel == name
                || channel.Replace(" ", "", StringComparison.Ordinal) == name.Replace(" ", "", StringComparison.Ordinal)
                || channel.StartsWith(name + " ", StringComparison.Ordinal)
                || (name.Length * 2 > channel.Length && channel.EndsWith(" " + name, StringComparison.Ordinal))
            );
    }

    [GeneratedRegex(
        @"^\s*(?:[\[【(*¡]*(?<cry>[\p{L} ]{3,18})[\]】)*]+\s*[!:]*|¡?(?<cry>[\p{L} ]{3,18})\s?[!！:]+)\s*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex OpeningOutcry();

    [GeneratedRegex(
        @"\s*[\[【(*]+\s*(?<cry>[\p{L} ]{3,18})[!]*\s*[\]】)*]+\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex ClosingOutcry();

    [GeneratedRegex(
        @"\s*(?:[|｜║│┃ㅣ•/@]+|\s[-–—~]+)\s*(?:(?i:by|por|von|par|от|di)\s+)?(?<inside>[^|｜║│┃ㅣ•/\[\](){}【】]{2,40})\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Tail();

    [GeneratedRegex(
        @"\s*[(\[【]\s*(?<inside>[^()\[\]【】]{2,40})\s*[)\]】]\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Bracketed();

    [GeneratedRegex(
        @"^\s*(?<inside>[^|｜:：]{2,40}?)\s*(?:[|｜:：]|\s[-–—])\s*(?<rest>\S.+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Heading();

    [GeneratedRegex(@"\s+#[\p{L}\p{M}_\d]*\p{L}[\p{L}\p{M}_\d]*\s*$", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex LastHashtag();

    // "(HD)" between the parts.
    [GeneratedRegex(@"\s*[(\[](?<inside>[^()\[\]]{2,12})[)\]](?=\s)", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Noted();
}
