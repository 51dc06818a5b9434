using System.Buffers;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Words for a thumbnail, at most four: a figure, a quoted phrase, a short question, a phrase the title leaves out, then the
/// subject itself. None is better than a greeting, a channel's name or half a name.</summary>
internal static partial class OverlayWriter
{
    private static readonly SearchValues<char> Unwanted = SearchValues.Create("|#@()[]{}");
    private const int MostWords = 4;
    private const int Widest = 30;
    private const int Narrowest = 3;
    private const int Lead = 260;
    private const int ShortestKana = 5;
    private const double MostAdding = 0.8;

    public static List<string> Write(Source source, string? first, string? second, int most)
    {
        var title = TextCleaner.Tidy(source.SafeTitle);
        var lead = Graphemes.Take(source.AboutText.TrimStart(), Lead);
        var found = new List<(string Text, double Value)>();
        void Add(string? text, double value)
        {
            if (text is not null && Fits(source, text))
            {
                found.Add((text, value));
            }
        }

        Add(
            Result().Match(title) is { Success: true } result && source.Kind.About == VideoKind.Sports
                ? result.Value.Replace(" ", "", StringComparison.Ordinal)
                : null,
            1
        );
        Add(Figure(source, title), 0.95);
        Add(Quoted(title), 0.9);
        Add(Quoted(lead), 0.85);
        Add(Question(title), 0.84);
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
            var words = phrase.Split(' ').Length;
            Add(
                phrase,
                adds ? (words > 1 ? 0.8 : 0.55)
                    : words > 1 ? 0.68
                    : 0.5
            );
        }

        // What a talk comes back to and the title does not say.
        foreach (var topic in SpokenReading.Of(source.Input.Transcript).Topics(source.Language.Code, source.Model.Lexicon).Take(6))
        {
            if (topic.Count > 1 && !topic.Stems.Any(stems.Contains))
            {
                Add(topic.Text, topic.Stems.Length > 1 ? 0.79 : 0.58);
            }
        }

        // Amounts of a recipe and small numbers of running text are no headline.
        Add(
            source.Kind.About != VideoKind.Recipe
            && Figure(source, OverlayWords.OnSubject(source, lead, stems)) is { } figure
            && char.IsDigit(figure[1])
            && !OverlayWords.CountsYearsOrTime(figure)
                ? figure
                : null,
            0.78
        );
        foreach (var segment in TitleSegments.Split(title, source).Where(segment => segment.Role == SegmentRole.Topic))
        {
            Add(segment.Text.TrimEnd('!', '！', '.', ' '), 0.66);
        }

        Add(second, source.Kind.About is VideoKind.Music or VideoKind.Performance ? 0.92 : 0.6);
        Add(first, source.Kind.About == VideoKind.Trailer ? 0.91 : 0.62);
        return Choose(source, found, most);
    }

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

    // The best ones that share no word, one of the title's words first.
    private static List<string> Choose(Source source, List<(string Text, double Value)> found, int most)
    {
        var chosen = new List<string>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var whole = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var ordered = found.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Text, StringComparer.Ordinal).ToList();
        var opening = ordered.FindIndex(pair =>
            source.ContentStems(pair.Text).ToList() is { Count: > 0 } words && words.TrueForAll(whole.Contains) && !whole.IsSubsetOf(words)
        );
        // A single word of the title does not go before a phrase that adds to it, but for songs and films, which are known by name.
        var adds =
            opening > 0
            && ordered[0].Value >= MostAdding
            && source.Tokens(ordered[0].Text).Count > 1
            && source.Tokens(ordered[opening].Text).Count == 1
            && source.Kind.About is not (VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Sports);
        if (opening > 0 && !adds)
        {
            var leading = ordered[opening];
            ordered.RemoveAt(opening);
            ordered.Insert(0, leading);
        }

        foreach (var (text, _) in ordered)
        {
            var words = source.ContentStems(text).DefaultIfEmpty(Folding.Fold(text)).ToList();
            // The whole title once more says nothing.
            if (whole.Count > 0 && whole.IsSubsetOf(words))
            {
                continue;
            }

            if (chosen.Count < most && !words.Exists(used.Contains) && !chosen.Exists(other => Overlaps(other, text)))
            {
                chosen.Add(Casing.Upper(text, source.Language.Code));
                used.UnionWith(words);
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
        return folded.Length >= Narrowest
            && text.Split(' ').Length <= MostWords
            && Graphemes.DisplayWidth(text) <= Widest
            && !TitleSegments.IsChannel(text, source)
            && !TitleParser.IsQualifier(folded)
            && TitleSegments.RoleOf(text, source) is not (SegmentRole.Episode or SegmentRole.Date)
            && Markup.Find(text).Count == 0
            && !Year().IsMatch(text)
            && (Result().IsMatch(text) || !FormWords.SaysNothing(source, text))
            && !(folded.Length < ShortestKana && folded.All(c => c is >= '\u3041' and <= '\u309F'))
            && !source.Template.Part.Any(part => IsNumbered(folded, part))
            && !text.AsSpan().ContainsAny(Unwanted)
            && !text.EnumerateRunes().Any(Graphemes.IsEmoji)
            && Passages.Classify(text) == PassageKind.Prose
            && source.Tokens(text) is { Count: > 0 } tokens
            && tokens.Exists(token => !token.IsStop)
            && (tokens.Count > 1 || !PromisedWords.IsForm(source, tokens[0].Folded))
            && (!tokens[^1].IsStop || text[^1] is '?' or '？');
    }

    // "Ep.31"
    private static bool IsNumbered(string folded, string part)
    {
        var at = (" " + folded).IndexOf(" " + part + " ", StringComparison.Ordinal);
        return at >= 0 && at + part.Length + 1 < folded.Length && char.IsDigit(folded[at + part.Length + 1]);
    }

    // "4 muertos", "16가지 아이디어", "24 hours": a number with the word it counts; no years, dates, parts or times.
    private static string? Figure(Source source, string text)
    {
        foreach (Match match in Counted().Matches(text))
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
                // A second word stays where it goes on with the first: an adjective or a noun, not a function word.
                var whole = TextCleaner.Tidy(match.Value);
                return tail.Length == 0 || (!source.StopWords.Contains(Folding.Fold(tail)) && Graphemes.DisplayWidth(whole) <= Widest - 6)
                    ? whole
                    : whole[..^(tail.Length + 1)];
            }
        }

        return null;
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

    private static string? Quoted(string text) =>
        QuotedPhrase().Match(text) is { Success: true } match
        && (!char.IsLower(match.Groups["text"].Value[0]) || match.Groups["text"].Value.Contains(' ', StringComparison.Ordinal))
            ? TextCleaner.Tidy(match.Groups["text"].Value).Trim('.', ',', ' ', '!')
            : null;

    private static string? Question(string text) =>
        ShortQuestion().Match(text) is { Success: true } match ? TextCleaner.Tidy(match.Groups["text"].Value) : null;

    [GeneratedRegex(@"\b(?:19|20)\d\d\b", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Year();

    [GeneratedRegex(@"(?<![\d.:/-])\d{1,2}\s?[-–:]\s?\d{1,2}(?![\d./:-])", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Result();

    [GeneratedRegex(
        @"(?<![\p{L}\d.,:/$€£#№-])(?<number>\d{1,3})(?<word>가지(?=\s\p{L})|選|つの\p{IsCJKUnifiedIdeographs}{1,4}|個|万円|"
            + @"\s\p{L}{3,14}(?:\s\p{L}{4,14})?)(?![\p{L}\d:/])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Counted();

    [GeneratedRegex(
        @"^(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|jun|jui|jul|aug|aoû|ago|sep|set|oct|okt|out|ott|nov|dec|dez|"
            + @"déc|dic|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|am|pm|uhr|part|ep|season|temporada|saison|"
            + @"staffel|sezon|сезон|серия|bölüm|tập|de|of|th|st|nd|rd|год|года|лет|years|usa|hd|fps|"
            + @"(?:раза?|times|veces|vezes|fois|mal|volte|kere|번)$)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Unfit();

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
