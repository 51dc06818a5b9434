using System.Collections.Frozen;
using System.Globalization;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>What a description leaves open that viewers of this video ask: by its kind where that is sure, else by what its title says,
/// and never what the description answers.</summary>
internal static class AskedQuestions
{
    private const int Most = 3;
    private const int MostListed = 100;
    private const int ListNear = 2;
    private const double Sure = 0.85;

    private static readonly string[] Marks = ["[number]", "[name]", "[link]"];

    private static readonly FrozenSet<string> Collections = WordList
        .Section("frame-words.txt", "collections")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>At most three, one where the kind is not sure, as parts of one sentence; none where the text answers all.</summary>
    public static List<string> Of(Source source)
    {
        if (IsSure(source.Kind))
        {
            return [.. OfKind(source, source.Kind.About).Distinct(StringComparer.Ordinal).Take(Most)];
        }

        // What fits any video, but for what the title promises.
        var special = OfTitle(source).ToList();
        return special.Count > 0 ? special[..1] : [.. OfKind(source, VideoKind.Other)];
    }

    /// <summary>Whether the kind is so sure that its questions fit.</summary>
    public static bool IsSure(KindInfo kind) =>
        kind.Kind == kind.About && kind.Confidence >= Math.Max(Sure, KindConventions.For(kind.About).AsksFrom);

    private static IEnumerable<string> OfKind(Source source, VideoKind kind) =>
        KindConventions.For(kind).Asks.Where(ask => !IsAnswered(source, ask)).Select(WithoutMark);

    private static bool IsAnswered(Source source, string ask) =>
        ask.EndsWith("[number]", StringComparison.Ordinal) ? source.AboutText.Any(char.IsDigit) || source.SafeTitle.Any(char.IsDigit)
        : ask.EndsWith("[link]", StringComparison.Ordinal) ? Markup.HasLink(source.SafeDescription)
        : ask.EndsWith("[name]", StringComparison.Ordinal) && NamesSomebody(source);

    private static string WithoutMark(string ask) =>
        Marks.Aggregate(ask, (text, mark) => text.Replace(mark, "", StringComparison.Ordinal)).Trim();

    // A name that the title does not hold.
    private static bool NamesSomebody(Source source)
    {
        var title = source.Text.TitleTokens.Select(token => token.Folded).ToHashSet(StringComparer.Ordinal);
        return source.Text.DescriptionTokens.Exists(token => !title.Contains(token.Folded) && source.IsNamed(token.Folded));
    }

    /// <summary>Whether the title itself says what is asked: a list, a part, a collection.</summary>
    public static bool IsSpecial(Source source) => OfTitle(source).Any();

    private static IEnumerable<string> OfTitle(Source source)
    {
        var tokens = source.Text.TitleTokens;
        if (Listed(source, tokens) is { } count)
        {
            yield return FormattableString.Invariant($"what the {count} are, by name");
        }

        if (IsCollection(source))
        {
            yield return "what is in it, in order, with the time of each";
        }
        else if (IsPart(source))
        {
            yield return "what happens in this part";
        }
    }

    private static bool IsPart(Source source) =>
        TitleSegments.Split(source.SafeTitle, source).Exists(segment => segment.Role == SegmentRole.Episode)
        || source.Text.TitleTokens.Exists(token => PromisedWords.IsPart(token.Folded));

    private static bool IsCollection(Source source)
    {
        var folded = " " + string.Join(' ', source.Text.TitleTokens.Select(token => token.Folded)) + " ";
        return Collections.Any(word => folded.Contains(" " + word + " ", StringComparison.Ordinal));
    }

    // "25 toy hacks", "10 пранков": a number near the start, before a word in the plural, of no date and no part.
    private static int? Listed(Source source, List<Token> tokens)
    {
        for (var i = 0; i < Math.Min(tokens.Count - 1, ListNear); i++)
        {
            var (token, next) = (tokens[i], tokens[i + 1]);
            if (
                token.Script == Script.Number
                && int.TryParse(token.Folded, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count is > 2 and <= MostListed
                && next.Before == Gap.Space
                && next.Script != Script.Number
                && !next.IsStop
                && !TitleParser.IsMonth(next.Folded)
                && !PromisedWords.IsPart(next.Folded)
                && !Array.Exists(TimeWords, next.Folded.StartsWith)
                && (i == 0 || tokens[0].Folded == "top" || PromisedWords.IsFrame(tokens[0].Folded))
                && source.SafeTitle.AsSpan(token.End, next.Start - token.End) is " "
            )
            {
                return count;
            }
        }

        return null;
    }

    // Beginnings of words for times and sums: "24 hours", "5 минут", "10 Euro".
    private static readonly string[] TimeWords =
    [
        "hour",
        "minut",
        "second",
        "day",
        "week",
        "month",
        "year",
        "hora",
        "día",
        "dia",
        "año",
        "ano",
        "mes",
        "semana",
        "heure",
        "jour",
        "an",
        "mois",
        "stunde",
        "tag",
        "jahr",
        "woche",
        "час",
        "мин",
        "сек",
        "дн",
        "ден",
        "лет",
        "год",
        "недел",
        "месяц",
        "rok",
        "lat",
        "dni",
        "godzin",
        "saat",
        "gün",
        "yıl",
        "jam",
        "hari",
        "tahun",
        "euro",
        "dollar",
        "million",
        "mil",
        "тыс",
        "млн",
        "руб",
        "percent",
        "x",
    ];
}
