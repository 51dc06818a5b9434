using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Words for a thumbnail, at most four: a figure, a quoted phrase, a short question, a phrase the title leaves out, then the
/// subject itself. None is better than a greeting, a channel's name or half a name.</summary>
internal static partial class OverlayWriter
{
    private const int Lead = 260;
    private const int ShortestKana = 5;
    private const double LeastShown = OverlayPhrases.Head;

    public static List<string> Write(Source source, string? first, string? second, int most)
    {
        var title = TextCleaner.Tidy(source.SafeTitle);
        var hooks = Hooks(source, title);
        var names = new List<(string Text, double Value)>();
        var details = new List<(string Text, double Value)>();
        Read(source, title, first, names, details);
        var byName = source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer;
        if (second is not null)
        {
            names.Add((second, byName && source.Kind.About != VideoKind.Trailer ? 0.92 : ValueOf(second, 0.6)));
        }

        if (first is not null)
        {
            names.Add((first, source.Kind.About == VideoKind.Trailer ? 0.93 : ValueOf(first, 0.62)));
        }

        double ValueOf(string text, double value) => text.Contains(' ', StringComparison.Ordinal) ? value : Math.Min(value, Single(source));
        if (source.Kind.About == VideoKind.Trailer)
        {
            names = names.ConvertAll(pair => (OverlayRules.WithoutForm(source, pair.Text), pair.Value));
        }

        hooks.RemoveAll(pair => !Fits(source, pair.Text));
        names.RemoveAll(pair => !Fits(source, pair.Text));
        details.RemoveAll(pair => !Fits(source, pair.Text));
        if (!byName)
        {
            return Choose(source, most, Order(hooks, names, details, source.Kind.About == VideoKind.Talk));
        }

        return Choose(source, Math.Min(most, 1), [Best(names), Best(hooks)]);
    }

    /// <summary>The result of a match in the title, between its sides where four words hold them; null where it has none.</summary>
    public static string? ResultOf(Source source, (string A, string B) sides)
    {
        if (Result().Match(TextCleaner.Tidy(source.SafeTitle)) is not { Success: true } match)
        {
            return null;
        }

        var result = match.Value.Replace(" ", "", StringComparison.Ordinal).Replace('x', '-');
        var whole = $"{sides.A} {result} {sides.B}";
        return OverlayRules.IsShort(source, whole) ? whole : result;
    }

    // The hook, and a second one only where it is as good. Without a hook the name, then a detail.
    private static List<(string Text, double Value)>[] Order(
        List<(string Text, double Value)> hooks,
        List<(string Text, double Value)> names,
        List<(string Text, double Value)> details,
        bool isTalk
    )
    {
        var strong = Best(hooks).FindAll(pair => pair.Value >= OverlayHooks.Strong);
        return strong.Count > 0
            ? [strong, strong.FindAll(pair => pair.Value >= OverlayHooks.Strongest)]
            // Of a talk the description names what the title leaves out; elsewhere it names the channel's other matters.
            : [Best([.. hooks, .. names]), isTalk ? Best(details) : []];
    }

    private static List<(string Text, double Value)> Best(List<(string Text, double Value)> found) =>
        [
            .. found
                .FindAll(pair => pair.Value >= LeastShown)
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Text, StringComparer.Ordinal),
        ];

    private static List<(string Text, double Value)> Hooks(Source source, string title)
    {
        var hooks = OverlayHooks.Of(source, title);
        if (OverlayFigures.Of(source, title) is { } figure)
        {
            hooks.Add((figure, 0.91));
        }

        if (Quoted(title) is { } quoted)
        {
            hooks.Add((quoted, 0.89));
        }

        if (Question(title) is { } question)
        {
            hooks.Add((question, 0.84));
        }

        return hooks;
    }

    private static void Read(
        Source source,
        string title,
        string? first,
        List<(string Text, double Value)> names,
        List<(string Text, double Value)> details
    )
    {
        var lead = Graphemes.Take(source.AboutText.TrimStart(), Lead);
        if (Quoted(lead) is { } quoted)
        {
            details.Add((quoted, 0.85));
        }

        var stems = source.ContentStems(title).ToHashSet(StringComparer.Ordinal);
        foreach (var phrase in ThumbnailThings.Phrases(source).Take(12))
        {
            if (char.IsDigit(phrase[0]) || OverlayWords.IsClause(source, phrase))
            {
                continue;
            }

            var own = source.ContentStems(phrase).ToList();
            // A name that the title leaves out is one of the crew.
            if (first is not null && !own.Exists(stems.Contains) && IsNames(phrase))
            {
                continue;
            }

            var adds = own.Count > 0 && own.Count(stems.Contains) * 2 < own.Count;
            var several = phrase.Contains(' ', StringComparison.Ordinal);
            (adds ? details : names).Add((phrase, adds ? (several ? 0.8 : 0.5) : (several ? 0.68 : Single(source))));
        }

        // What a talk comes back to and the title does not say.
        foreach (var topic in SpokenReading.Of(source.Input.Transcript).Topics(source.Language.Code, source.Model.Lexicon).Take(6))
        {
            if (topic.Count > 1 && topic.Stems.Length > 1 && !topic.Stems.Any(stems.Contains))
            {
                details.Add((topic.Text, 0.79));
            }
        }

        // Amounts of a recipe and small numbers of running text are no headline.
        if (
            source.Kind.About != VideoKind.Recipe
            && OverlayFigures.Of(source, OverlayWords.OnSubject(source, lead, stems)) is { } figure
            && char.IsDigit(figure[1])
            && !OverlayWords.CountsYearsOrTime(figure)
        )
        {
            details.Add((figure, 0.78));
        }
    }

    // A dish or a film is known by one word, an idea is not: a short title is said whole before.
    private static double Single(Source source) =>
        source.Kind.About is VideoKind.Recipe or VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Kids
            ? 0.56
            : 0.44;

    // Every word with a capital, at least two.
    private static bool IsNames(string phrase) =>
        phrase.Split(' ') is { Length: > 1 } words && Array.TrueForAll(words, word => word.Length > 0 && char.IsUpper(word[0]));

    /// <summary>The shortest part of the title in at most four words, null where none says more than the form.</summary>
    public static string? ShortPart(Source source) =>
        TitleSegments
            .Split(TextCleaner.Tidy(source.SafeTitle), source)
            .Where(segment => segment.Role is SegmentRole.Topic or SegmentRole.Person or SegmentRole.Series)
            .Select(segment => segment.Text.TrimEnd('!', '！', '.', ' '))
            .Where(text => Fits(source, text))
            .MinBy(text => text.Length);

    // From each list the best one that shares no word with those before it.
    private static List<string> Choose(Source source, int most, List<(string Text, double Value)>[] lists)
    {
        var chosen = new List<string>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var whole = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            foreach (var (text, value) in list)
            {
                var words = source.ContentStems(text).DefaultIfEmpty(Folding.Fold(text)).ToList();
                // The whole title once more says nothing where there is more to say.
                var repeats = whole.Count > 0 && whole.IsSubsetOf(words);
                if (
                    chosen.Count < most
                    && !(chosen.Count > 0 && (repeats || value <= OverlayPhrases.Head))
                    && !words.Exists(used.Contains)
                    && !chosen.Exists(other => Overlaps(other, text))
                )
                {
                    chosen.Add(OverlayRules.Display(source, text));
                    used.UnionWith(words);
                    break;
                }
            }
        }

        return chosen;
    }

    private static bool Overlaps(string a, string b)
    {
        var (one, other) = (Folding.Fold(a), Folding.Fold(b));
        return one.Contains(other, StringComparison.Ordinal) || other.Contains(one, StringComparison.Ordinal);
    }

    private static bool Fits(Source source, string text)
    {
        var folded = Folding.Fold(text);
        return Result().IsMatch(text) && text.Length < 6
            || OverlayHooks.IsSum(text)
            || (
                OverlayRules.IsShort(source, text)
                && OverlayRules.SaysSomething(source, text)
                && !(folded.Length < ShortestKana && folded.All(c => c is >= '\u3041' and <= '\u309F'))
                && !source.Template.Part.Any(part => IsNumbered(folded, part))
                && OverlayLimits.Allow(source, text)
            );
    }

    // "Ep.31"
    private static bool IsNumbered(string folded, string part)
    {
        var at = (" " + folded).IndexOf(" " + part + " ", StringComparison.Ordinal);
        return at >= 0 && at + part.Length + 1 < folded.Length && char.IsDigit(folded[at + part.Length + 1]);
    }

    private static string? Quoted(string text) =>
        QuotedPhrase().Match(text) is { Success: true } match
        && (!char.IsLower(match.Groups["text"].Value[0]) || match.Groups["text"].Value.Contains(' ', StringComparison.Ordinal))
            ? TextCleaner.Tidy(match.Groups["text"].Value).Trim('.', ',', ' ', '!')
            : null;

    private static string? Question(string text) =>
        ShortQuestion().Match(text) is { Success: true } match ? TextCleaner.Tidy(match.Groups["text"].Value) : null;

    [GeneratedRegex(@"(?<![\d.:/-])\d{1,2}\s?[-–:x]\s?\d{1,2}(?![\d./:-])", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Result();

    [GeneratedRegex(
        @"(?:(?<=^|[\s(:])[""“«„](?<text>[^""“”«»„\n]{3,28})[""”»“])|(?:[「『](?<text>[^「」『』\n]{2,14})[」』])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex QuotedPhrase();

    [GeneratedRegex(
        @"(?:^|[.!:|–—]\s+)(?<text>[^.!?:|–—？！]{3,26}[?？])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex ShortQuestion();
}
