using System.Buffers;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>As many parts of a title that search results cut as are read in full: the subject and what it belongs to stay; hashtags, the
/// channel's name, dates, parts that say it again and, last, what stands behind the last bar go.</summary>
internal sealed partial class FittingTitle(Source source, TitleShape shape, string present)
{
    private const int Visible = 68;
    private const int Fits = 74;
    private const int LeastGained = 10;
    private const int LeastLeft = 28;
    private const int FewestWords = 3;
    private const int FewestListed = 4;
    private const int MostListed = 2;
    private const int MostItemWords = 3;
    private const int MostParts = 7;
    private const int MostTold = 3;
    private const int MostCredit = 5;
    private static readonly SearchValues<char> Bars = SearchValues.Create("|｜║￨│┃ㅣ");
    private readonly string code = source.Language.Code;

    /// <summary>Null where the title is short, has one part, or the parts that matter do not fit.</summary>
    public TitleDraft? Write()
    {
        if (
            Graphemes.DisplayWidth(present) <= Visible
            || source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer
            || (source.Kind.About == VideoKind.Talk && present.Length <= Limits.Title)
            || present.EnumerateRunes().Count(Graphemes.IsEmoji) > 2
            || Shouts()
        )
        {
            return null;
        }

        var bare = TailNote().Replace(present, "");
        var parts = Parts(bare);
        var topic = parts.FindIndex(part => part.Role == SegmentRole.Topic && IsSubject(part.Text));
        if (topic < 0 || parts.Count > MostParts)
        {
            return null;
        }

        var dropped = new List<string>();
        if (bare.Length < present.Length)
        {
            dropped.Add(present[bare.Length..].Trim());
        }

        foreach (var isIdle in new Func<Part, bool>[] { IsIdle, part => Repeats(part, parts), part => part.Role == SegmentRole.Date })
        {
            for (var i = parts.Count - 1; i >= 0 && Width(parts) > Visible; i--)
            {
                // What stands first is what the creator wants read first.
                if (parts[i] != parts[topic] && isIdle(parts[i]) && (i > 0 || parts[i].Role != SegmentRole.Topic))
                {
                    dropped.Add(parts[i].Text);
                    parts.RemoveAt(i);
                    topic -= i < topic ? 1 : 0;
                }
            }
        }

        if (Width(parts) > Visible && source.Kind.About != VideoKind.Sports && ShortList(parts[^1].Text) is { } listed)
        {
            dropped.Add(parts[^1].Text[listed.Length..].Trim(' ', ','));
            parts[^1] = parts[^1] with { Text = listed };
            topic = Math.Min(topic, parts.Count - 1);
        }

        var told = 0;
        var whole = present.Length > Limits.Title;
        while (
            told < MostTold
            && source.Kind.About != VideoKind.Sports
            && Width(parts) > Visible
            && parts.Count - 1 > topic
            && parts[^1] is { Role: SegmentRole.Topic or SegmentRole.Person or SegmentRole.Series or SegmentRole.Qualifier } part
            && part.Text is var last
            && (part.Barred || whole)
            && Scripts.OfFirst(Folding.Fold(last)) == Scripts.OfFirst(Folding.Fold(parts[topic].Text))
            && !EpisodeNumber().IsMatch(last)
            && !last.Contains(',', StringComparison.Ordinal)
        )
        {
            dropped.Add(last);
            parts.RemoveAt(parts.Count - 1);
            told++;
        }

        var width = Width(parts);
        return
            dropped.Count > 0
            && width is >= LeastLeft and <= Fits
            && Graphemes.DisplayWidth(present) - width >= LeastGained
            && shape.Finish(Joined(parts)) is { } text
            ? new TitleDraft(
                text,
                TitleApproach.Shortened,
                $"Without {string.Join(" and ", dropped.Take(2).Select(part => $"“{part}”"))}: what is left is read in full, where search "
                    + $"results and phones cut the present title after about {Visible} columns.",
                0.67
            )
            : null;
    }

    private List<Part> Parts(string text)
    {
        var found = new List<Part>();
        var from = 0;
        foreach (var segment in TitleSegments.Split(text, source))
        {
            var at = Math.Max(from, text.IndexOf(segment.Text, from, StringComparison.Ordinal));
            found.Add(new Part(segment.Text, segment.Role, text[from..at]));
            from = Math.Min(text.Length, at + segment.Text.Length);
        }

        return found;
    }

    private string Joined(List<Part> parts)
    {
        var bar = code is "ja" or "zh" ? "｜" : " | ";
        return string.Concat(
            parts.Select(
                (part, i) =>
                    part.Role == SegmentRole.Label
                        ? (part.Before.Contains('[', StringComparison.Ordinal) ? $"[{part.Text}] " : $"【{part.Text}】")
                    : i == 0 || parts[i - 1].Role == SegmentRole.Label ? part.Text
                    : (part.Barred ? bar : " - ") + (i + 1 < parts.Count ? part.Text.TrimEnd('!', '！', '.', ' ') : part.Text)
            )
        );
    }

    private int Width(List<Part> parts) => Graphemes.DisplayWidth(Joined(parts));

    // "Current affairs for SSC, RBI, SBI, IBPS, Railway" → the first two of a row of search words.
    private static string? ShortList(string text)
    {
        var items = text.Split(',', StringSplitOptions.TrimEntries);
        if (
            items.Length < FewestListed
            || EpisodeNumber().IsMatch(text)
            || items.SkipLast(1).Any(item => item.Length == 0 || item.Split(' ').Length > MostItemWords)
        )
        {
            return null;
        }

        var end = 0;
        for (var i = 0; i < MostListed; i++)
        {
            end = text.IndexOf(',', i == 0 ? 0 : end + 1);
        }

        return text.Contains(" - ", StringComparison.Ordinal) ? null : text[..end].TrimEnd();
    }

    // Hashtags, "[phone]", the channel, also in "explained by" and its name.
    private bool IsIdle(Part part) =>
        part.Role == SegmentRole.Hashtag
        || (part.Role == SegmentRole.Label && TitleSegments.IsChannel(part.Text, source))
        || (part.Role == SegmentRole.Channel && source.Kind.About != VideoKind.Sports)
        || (
            source.Input.ChannelTitle is { Length: > 3 } channel
            && part.Text.EndsWith(channel, StringComparison.OrdinalIgnoreCase)
            && source.Tokens(part.Text).Count <= MostCredit
        );

    private bool Shouts()
    {
        var words = source.Tokens(present).Where(token => token.Length > 2).ToList();
        return words.Count(token => token.Has(TokenFlags.AllCaps)) * 3 > words.Count;
    }

    private bool Repeats(Part part, List<Part> parts)
    {
        var stems = source.ContentStems(part.Text).ToHashSet(StringComparer.Ordinal);
        var others = source.ContentStems(string.Join('\n', parts.Where(other => other != part).Select(other => other.Text)));
        return stems.Count > 0 && stems.IsSubsetOf(others);
    }

    private bool IsSubject(string text) =>
        Graphemes.DisplayWidth(text) >= LeastLeft
        && (
            Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(text)))
            || source.Tokens(text).Count(token => !token.Has(TokenFlags.Digits)) >= FewestWords
        );

    /// <param name="Before">What parts it from the part before it.</param>
    private sealed record Part(string Text, SegmentRole Role, string Before)
    {
        public bool Barred => Before.AsSpan().IndexOfAny(Bars) >= 0;
    }

    // A season, an episode or a part by its number says which one it is.
    [GeneratedRegex(
        @"(?:\b(?:s|ep?|epi?|cap|part|pt|vol|season|episode|temporada|folge|staffel|tập|mùa|серия|сезон|часть|выпуск|bölüm)\b\.?\s?\d"
            + @"|#\d|\d\.?\s?(?:серия|сезон|часть|выпуск|bölüm|화|회|부|話))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex EpisodeNumber();

    // "(31/10/18)", "[phone]": a date, or how to watch.
    [GeneratedRegex(
        @"\s*(?:\(\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\s*\)|\[(?:phone|mobile|cc|sub|eng|vietsub)\]|\|)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex TailNote();
}
