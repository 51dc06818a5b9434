using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>What a creator is asked to write about: the subject in whole words, what no sentence takes up, what viewers ask.</summary>
internal static class AskedText
{
    private const int Longest = 60;
    private const int LongestWhole = 80;
    private const int Short = 24;
    private const int ShortestClause = 12;
    private const int MostUntold = 4;
    private static readonly char[] Edges = [' ', '-', '–', '—', ':', ',', '|'];
    private static readonly char[] ClauseEnds = ['?', '!', '？', '！', '。', '…', '(', '[', '【', ';', '—'];

    /// <summary>The video's subject in the title's own words, quoted; never a part of a phrase.</summary>
    public static string Subject(Source source) => Named(source) is { } named ? $"“{named}”" : "what the video shows";

    private static string? Named(Source source)
    {
        var segments = TitleSegments
            .Split(WithoutHashtags(TextCleaner.Tidy(source.SafeTitle)), source)
            .Where(segment => segment.Role is not (SegmentRole.Hashtag or SegmentRole.Date or SegmentRole.Episode or SegmentRole.Qualifier))
            .OrderBy(segment =>
                segment.Role is SegmentRole.Series or SegmentRole.Label ? 1
                : segment.Role == SegmentRole.Channel ? 2
                : 0
            )
            .Select(segment => segment.Text.Trim(Edges))
            .Where(text => text.Any(char.IsLetter))
            .ToList();
        if (segments.Count == 0)
        {
            return null;
        }

        var (first, width) = (segments[0], Graphemes.DisplayWidth(segments[0]));
        if (width <= Short && segments.Count > 1 && width + Graphemes.DisplayWidth(segments[1]) < Longest)
        {
            return $"{first} – {segments[1]}";
        }

        return width <= Longest ? first : Clauses(first).FirstOrDefault() ?? (width <= LongestWhole ? first : Phrase(source));
    }

    /// <summary>The words of the title that no sentence explains, and the questions of the kind's viewers.</summary>
    /// <param name="source">The video.</param>
    /// <param name="bare">The description says nothing yet.</param>
    public static string Content(Source source, bool bare)
    {
        var untold = bare ? [] : PromisedWords.Untold(source, source.SafeTitle, MostUntold);
        var missing =
            untold.Count == 0 ? "" : $"No sentence yet takes up {string.Join(", ", untold.Select(word => $"“{word}”"))} of your title. ";
        return missing + $"Viewers want to know: {Questions(source)}.";
    }

    /// <summary>What the description of such a video should tell; general advice where the kind is not sure.</summary>
    public static string Advice(Source source) =>
        IsSure(source.Kind) ? KindConventions.For(source.Kind.About).Advice[1] : $"Say {Questions(source)}.";

    private static string Questions(Source source)
    {
        var figures = source.AboutText.Any(char.IsDigit);
        var asks = KindConventions.For(IsSure(source.Kind) ? source.Kind.About : VideoKind.Other).Asks;
        var open = asks.Where(ask => !figures || !ask.EndsWith(Number, StringComparison.Ordinal)).ToList();
        return string.Join("; ", (open.Count > 0 ? open : asks).Select(ask => ask.Replace(Number, "", StringComparison.Ordinal).Trim()));
    }

    private const string Number = "[number]";

    private static bool IsSure(KindInfo kind) => kind.Kind == kind.About && kind.Confidence >= KindConventions.For(kind.About).AsksFrom;

    // The clauses of a long part that can stand for themselves, in their order.
    private static IEnumerable<string> Clauses(string text) =>
        Cut(text)
            .Select(clause => clause.Trim(' ', ',', ':', '-', '–', '"', '“', '”', '«', '»', ')', ']', '】'))
            .Where(clause => Graphemes.DisplayWidth(clause) is >= ShortestClause and <= Longest && clause.Count(char.IsLetter) > 3);

    private static IEnumerable<string> Cut(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var ends =
                Array.IndexOf(ClauseEnds, text[i]) >= 0
                || (text[i] is ':' or '.' or ',' && i + 1 < text.Length && text[i + 1] == ' ' && i - start > 3)
                || text[i] is '、' or '，' or '：'
                || char.IsSurrogate(text[i]);
            if (ends)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static string? Phrase(Source source)
    {
        foreach (var (phrase, _) in source.Main)
        {
            if (
                phrase.Candidate.TitleCount > 0
                && PhraseQuality.CanStandAlone(source, phrase)
                && !NameRuns.IsCut(source, phrase.Candidate)
                && !phrase.Candidate.Words.Any(PromisedWords.IsFrame)
                && (phrase.Candidate.Words.Length > 1 ? phrase.Candidate.Capitalized * 2 > phrase.Candidate.Total : phrase.Key.Length > 5)
            )
            {
                return phrase.Surface;
            }
        }

        return null;
    }

    // Hashtags behind a title are no words of it; one within it is.
    private static string WithoutHashtags(string title)
    {
        var words = title.Split(' ').ToList();
        while (words.Count > 1 && words[^1].StartsWith('#'))
        {
            words.RemoveAt(words.Count - 1);
        }

        return string.Join(' ', words.Select(word => word.StartsWith('#') ? word[1..].Replace('_', ' ') : word));
    }
}
