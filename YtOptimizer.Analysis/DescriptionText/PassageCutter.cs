using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.DescriptionText;

/// <summary>
/// Cuts a text into passages: at line ends, sentence ends, after links, before bullets, and where a lost line break glued two words
/// ("now!Stream", "DechardProduced By"). Ranges are in order, do not overlap, and hold no surrounding white space.
/// </summary>
internal static class PassageCutter
{
    private const int GluedFrom = 200;
    private const int LongestBrandHalf = 3;
    private const string Bullets = "►▶▷➜➤➡→⇒⇨●•■□◆◇★☆✔✅☑▼▽⬇↓✦✪❖❤【▪🔴🔵🔸🔹👉🔔📸📷🎥🎬🎵💌📧📩";

    // Passages of nothing else are no passages.
    private static readonly System.Buffers.SearchValues<char> Decoration = System.Buffers.SearchValues.Create(
        " _-–—=*~+.,:;!?•·|/\\()[]{}<>«»\"'\t\n\uFE0F" + string.Concat(Bullets.Where(c => !char.IsSurrogate(c)))
    );

    private static readonly string[] Brands =
    [
        "SoundCloud",
        "WhatsApp",
        "SnapChat",
        "FaceBook",
        "LinkedIn",
        "PlayStation",
        "DeviantArt",
        "PowerPoint",
        "GoPro",
        "OnePlus",
        "TripAdvisor",
        "AirBnB",
        "BuzzFeed",
        "MasterCard",
        "MasterChef",
        "MasterClass",
        "PayPal",
        "TikTok",
        "YouTube",
        "AliExpress",
        "GitHub",
        "WordPress",
        "JavaScript",
        "TypeScript",
        "PostgreSQL",
        "AdSense",
        "PewDiePie",
        "WebMoney",
    ];

    public static List<Range> Cut(string text, List<MarkupSpan> markup)
    {
        var glued = text.Length > GluedFrom && HashtagRuns.IsOneLine(text);
        var known = glued ? Repeated(text) : [];
        var ranges = new List<Range>();
        var next = 0;
        foreach (var sentence in Sentences.SplitWithGaps(text))
        {
            var (from, length) = sentence.GetOffsetAndLength(text.Length);
            var end = from + length;
            var start = from;
            for (var i = from; i < end; )
            {
                while (next < markup.Count && markup[next].End <= i)
                {
                    next++;
                }

                if (next < markup.Count && markup[next].Start <= i)
                {
                    var span = markup[next];
                    i = span.End;
                    if (span.Kind is MarkupKind.Link or MarkupKind.Email && (glued || !GoesOn(text, i)))
                    {
                        Add(text, start, Math.Min(i, end), ranges);
                        start = Math.Min(i, end);
                    }

                    continue;
                }

                if (i > start && (IsBullet(text, i) || (glued && IsGlue(text, i, known))))
                {
                    Add(text, start, i, ranges);
                    start = i;
                }

                i += char.IsHighSurrogate(text[i]) && i + 1 < end ? 2 : 1;
            }

            Add(text, start, end, ranges);
        }

        return ranges;
    }

    // A word with a capital inside that stands twice is spelled so ("MasterChef").
    private static HashSet<string> Repeated(string text)
    {
        var once = new HashSet<string>(StringComparer.Ordinal);
        var twice = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            var inner = false;
            while (i < text.Length && char.IsLetter(text[i]))
            {
                inner |= i > start && char.IsUpper(text[i]) && char.IsLower(text[i - 1]);
                i++;
            }

            if (inner && !once.Add(text[start..i]))
            {
                twice.Add(text[start..i]);
            }
        }

        return twice;
    }

    private static void Add(string text, int start, int end, List<Range> ranges)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start && text.AsSpan(start, end - start).ContainsAnyExcept(Decoration))
        {
            ranges.Add(start..end);
        }
    }

    // "see https://… for details" is one passage.
    private static bool GoesOn(string text, int i)
    {
        while (i < text.Length && text[i] is ' ' or ')' or ',')
        {
            i++;
        }

        return i < text.Length && char.IsLower(text[i]);
    }

    private static bool IsBullet(string text, int i)
    {
        if (char.IsLowSurrogate(text[i]))
        {
            return false;
        }

        // Rules such as "___", "---", "***" part sections.
        if (
            text[i] is '_' or '-' or '*' or '=' or '~' or '+'
            && i + 2 < text.Length
            && text[i + 1] == text[i]
            && text[i + 2] == text[i]
            && text[i - 1] != text[i]
        )
        {
            return true;
        }

        return IsBulletSign(text, i);
    }

    /// <summary>Whether a bullet or an emoji used as one stands at an offset.</summary>
    public static bool IsBulletSign(string text, int i) =>
        Rune.TryGetRuneAt(text, i, out var rune) && Bullets.Contains(rune.ToString(), StringComparison.Ordinal);

    /// <summary>Whether a name with a capital inside begins at an offset ("SoundCloud").</summary>
    public static bool IsBrand(string text, int start) =>
        Array.Exists(Brands, brand => text.AsSpan(start).StartsWith(brand, StringComparison.Ordinal));

    // A capital directly after a small letter, a closing bracket or a year, unless it looks like a brand ("YouTube").
    private static bool IsGlue(string text, int i, HashSet<string> known)
    {
        if (!char.IsUpper(text[i]) || i + 1 >= text.Length || !(char.IsLower(text[i + 1]) || char.IsUpper(text[i + 1])))
        {
            return false;
        }

        if (text[i - 1] is ')' or ']' or '”' or '»')
        {
            return true;
        }

        var start = i;
        while (start > 0 && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        var end = i;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        if (known.Contains(text[start..end]) || IsBrand(text, start))
        {
            return false;
        }

        return start < i && char.IsLower(text[i - 1]) && i - start >= 2 && !(char.IsUpper(text[start]) && i - start <= LongestBrandHalf);
    }
}
