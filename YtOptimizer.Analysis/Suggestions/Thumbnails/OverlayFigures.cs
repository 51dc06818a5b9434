using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>A number of a text with what it counts.</summary>
internal static partial class OverlayFigures
{
    /// <summary>"4 muertos", "16가지 아이디어", "24 hours": a number with the word it counts; no years, dates, parts or times.</summary>
    public static string? Of(Source source, string text)
    {
        foreach (Match match in Counts().Matches(text))
        {
            var words = match.Groups["word"].Value.Trim();
            var space = words.IndexOf(' ', StringComparison.Ordinal);
            var tail = space < 0 ? "" : words[(space + 1)..];
            words = space < 0 ? words : words[..space];
            var number = match.Groups["number"].Value;
            var folded = Folding.Fold(words);
            if (
                number.Length < 4
                && IsCounted(source, text, match)
                && !source.StopWords.Contains(folded)
                && !source.Template.Part.Contains(folded, StringComparer.Ordinal)
                && !TitleParser.IsQualifier(folded)
                && !Unfit().IsMatch(folded)
                && !(folded.Length < 3 && words[0] < 0x0900)
            )
            {
                return Counted(source, text, match, tail);
            }
        }

        return null;
    }

    // What is counted goes on to the end of its words: "4 gruselige Streiche", not "4 gruselige". Null where it is longer.
    private static string? Counted(Source source, string text, Match match, string tail)
    {
        var whole = TextCleaner.Tidy(match.Value);
        var rest = source.Tokens(text[(match.Index + match.Length)..]);
        var next = rest.TakeWhile((token, i) => !token.IsStop && (i == 0 || token.Before <= Gap.Joint)).ToList();
        var edges = PhraseEdges.For(source.Language.Code);
        if (tail.Length > 0 && source.StopWords.Contains(Folding.Fold(tail)))
        {
            // "25 crazy but useful ideas"
            if (OverlayLists.For(source.Language.Code).Leads.Contains(Folding.Fold(tail)) && !edges.MayPrecede(Folding.Fold(tail)))
            {
                return null;
            }

            var one = whole[..^(tail.Length + 1)];
            return edges.Closes(Folding.Fold(one[(one.LastIndexOf(' ') + 1)..])) ? one : null;
        }

        // "10 meilleurs films d'horreur"
        if (
            tail.Length > 0
            && rest.Count > 1
            && rest[0].Start == 1
            && OverlayLists.For(source.Language.Code).Joins.Contains(rest[0].Folded)
            && !rest[1].IsStop
            && !rest[1].Has(TokenFlags.Digits)
            && rest[1].Before <= Gap.Joint
        )
        {
            var joined = string.Concat(whole, text.AsSpan(match.Index + match.Length, rest[1].End));
            return joined.Split(' ').Length <= OverlayRules.MostWords && Graphemes.DisplayWidth(joined) <= OverlayRules.Widest
                ? joined
                : whole;
        }

        if (next.Count > 0 && tail.Length > 0 && text[match.Index + match.Length] == ' ' && rest[0].Start == 1)
        {
            var longer = string.Concat(whole, text.AsSpan(match.Index + match.Length, next[^1].End));
            if (longer.Split(' ').Length <= OverlayRules.MostWords && Graphemes.DisplayWidth(longer) <= OverlayRules.Widest)
            {
                return longer;
            }

            return edges.Closes(Folding.Fold(tail)) && !OverlayLists.For(source.Language.Code).IsAdjective(Folding.Fold(tail))
                ? whole
                : null;
        }

        // "10 frases de efeito"
        var lists = OverlayLists.For(source.Language.Code);
        if (
            tail.Length == 0
            && rest.Count > 1
            && rest[0].Start == 1
            && lists.Joins.Contains(rest[0].Folded)
            && !rest[1].IsStop
            && rest[1].Before == Gap.Space
            && (
                rest.Count == 2
                || rest[2].Before >= Gap.Break
                || lists.Before.Contains(rest[2].Folded)
                || lists.Leads.Contains(rest[2].Folded)
            )
        )
        {
            whole = string.Concat(whole, text.AsSpan(match.Index + match.Length, rest[1].End));
        }

        return Graphemes.DisplayWidth(whole) <= OverlayRules.Widest ? whole : null;
    }

    // "Week 8 Highlights", "1 x 2 River Plate" count nothing: a figure opens the text, or a small word follows or stands before it.
    private static bool IsCounted(Source source, string text, Match match)
    {
        var word = match.Groups["word"].Value.TrimStart();
        var before = source.Tokens(text[..match.Index]);
        return match.Index == 0
            || !match.Groups["word"].Value.StartsWith(' ')
            || char.IsLower(word[0])
            || (
                before.Count > 0
                && (before[^1].IsStop || before[^1].Folded == "top")
                && char.IsUpper(word[0])
                && before[^1].Folded is not ("x" or "vs")
            );
    }

    [GeneratedRegex(
        @"(?<![\p{L}\d.,:/$€£#№-])(?<number>\d{1,3})(?<word>가지(?=\s\p{L})|選|つの\p{IsCJKUnifiedIdeographs}{1,4}|個|万円|"
            + @"\s\p{L}{3,14}(?:\s\p{L}{4,14})?)(?![\p{L}\d:/])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Counts();

    [GeneratedRegex(
        @"^(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|jun|jui|jul|aug|aoû|ago|sep|set|oct|okt|out|ott|nov|dec|dez|"
            + @"déc|dic|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|am|pm|uhr|part|ep|season|temporada|saison|"
            + @"staffel|sezon|сезон|серия|bölüm|tập|de|of|th|st|nd|rd|год|года|лет|years|usa|hd|fps|"
            + @"(?:раза?|times|veces|vezes|fois|mal|volte|kere|번)$)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Unfit();
}
