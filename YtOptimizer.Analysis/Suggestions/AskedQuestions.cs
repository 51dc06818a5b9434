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
    private const int MostNames = 2;

    // Of conventions.txt; what a title leaves open asks the same in other words.
    private const string WhatHappens = "what happens in it and what comes of it";

    private static readonly string[] Marks = ["[number]", "[name]", "[link]"];

    private static readonly FrozenSet<string> Collections = WordList
        .Section("frame-words.txt", "collections")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>At most three, as parts of one sentence.</summary>
    public static List<string> Of(Source source)
    {
        var special = Special(source, false);
        return
        [
            .. special
                .Concat(OfKind(source).Where(ask => special.Count == 0 || ask != WhatHappens))
                .Distinct(StringComparer.Ordinal)
                .Take(Math.Max(special.Count, Most)),
        ];
    }

    /// <summary>The same without what could be asked of any video; empty where nothing else can be asked.</summary>
    /// <param name="source">The video.</param>
    /// <param name="begun">A beginning asks for the parts already.</param>
    public static List<string> Special(Source source, bool begun)
    {
        var questions = (IsSure(source.Kind) ? OfKind(source) : OfTitle(source, begun)).Take(Most);
        return Tagged(source) is { Count: > 0 } names
            ?
            [
                .. questions.Take(Most - 1),
                $"what {string.Join(" and ", names)}, named in your tags, {(names.Count == 1 ? "has" : "have")} to do with it",
            ]
            : [.. questions];
    }

    /// <summary>A sentence for the creator to complete where the kind, whose questions say more, is not sure; else null.</summary>
    public static string? Beginning(Source source, string subject) =>
        IsSure(source.Kind) ? null
        : IsCollection(source) ? $"{subject}: [what is in it, in order]"
        : IsPart(source) ? $"{subject}: in this part [who] [does what], and [what comes of it]"
        : $"{subject}: [who] [does what] [where], and [what comes of it]";

    public static bool IsSure(KindInfo kind) => kind.Kind == kind.About && kind.Confidence >= KindConventions.For(kind.About).AsksFrom;

    private static IEnumerable<string> OfKind(Source source)
    {
        var asks = KindConventions.For(IsSure(source.Kind) ? source.Kind.About : VideoKind.Other).Asks;
        var open = asks.Where(ask => !IsAnswered(source, ask)).ToList();
        return (open.Count > 0 ? open : asks).Select(WithoutMark);
    }

    private static bool IsAnswered(Source source, string ask) =>
        ask.EndsWith("[number]", StringComparison.Ordinal) ? source.AboutText.Any(char.IsDigit)
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

    private static IEnumerable<string> OfTitle(Source source, bool begun)
    {
        var tokens = source.Text.TitleTokens;
        if (source.SafeTitle.AsSpan().IndexOfAny('?', '？', '؟') >= 0)
        {
            yield return "what the answer to the title's question is";
        }

        if (Listed(source, tokens) is { } count)
        {
            yield return FormattableString.Invariant($"what the {count} are, by name");
        }

        if (tokens.Exists(token => token.Folded is "vs" or "versus" or "против"))
        {
            yield return "who or what comes out ahead, and why";
        }

        if (begun)
        {
            yield break;
        }

        if (IsCollection(source))
        {
            yield return "what is in it, in order, with the time of each";
        }
        else if (IsPart(source))
        {
            yield return "what happens in this part and what comes of it";
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

    /// <summary>Names of the creator's tags that neither title nor description tell of, quoted.</summary>
    private static List<string> Tagged(Source source) =>
        [
            .. source
                .SafeTags.Where(tag => TagsCheck.IsStrange(source, tag) && IsFullName(source, tag))
                .DistinctBy(Folding.Fold, StringComparer.Ordinal)
                .Take(MostNames)
                .Select(tag => $"“{tag}”"),
        ];

    // Two or three words with capitals, none of which the title or the channel has.
    private static bool IsFullName(Source source, string tag)
    {
        var words = tag.Split(' ');
        var channel = Folding.Fold(source.Input.ChannelTitle ?? "");
        return words.Length is 2 or 3
            && Array.TrueForAll(words, word => word.Length > 2 && char.IsUpper(word[0]) && word[1..].All(c => char.IsLower(c) || c == '-'))
            && source
                .Tokens(tag)
                .TrueForAll(token =>
                    !source.IsEveryday(token.Folded)
                    && !CommonWords.For("en").HasWord(token.Folded)
                    && !source.TextSupports(token)
                    && !PromisedWords.IsForm(source, token.Folded)
                    && !PhraseQuality.IsEverywhere(token.Folded)
                    && !channel.Contains(token.Folded, StringComparison.Ordinal)
                );
    }
}
