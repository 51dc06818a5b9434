using System.Buffers;
using YtOptimizer.Analysis.Kinds;
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
    private const int LongestBegun = 45;
    private const int MostBegun = 5;
    private static readonly SearchValues<char> SentenceMarks = SearchValues.Create("?？؟.,。、!！");
    private static readonly char[] Edges = [' ', '-', '–', '—', ':', ',', '|'];
    private static readonly char[] ClauseEnds = ['?', '!', '？', '！', '。', '…', '(', '[', '【', ';', '—'];

    /// <summary>The video's subject in the title's own words, quoted; never a part of a phrase.</summary>
    public static string Subject(Source source) => Named(source) is { } named ? $"“{named}”" : "what the video shows";

    // Without ornaments before and marks behind; a question stays one.
    private static string Bare(string text)
    {
        var start = 0;
        while (
            start < text.Length
            && !char.IsLetterOrDigit(text[start])
            && text[start] is not ('“' or '"' or '«' or '「' or '『' or '(' or '[' or '【' or '#' or '¿' or '¡')
        )
        {
            start++;
        }

        return text[start..].Trim(Edges).TrimEnd('!', '！', '.', '…', ' ');
    }

    private static List<string> Segments(Source source) =>
        TitleSegments
            .Split(WithoutHashtags(TextCleaner.Tidy(source.SafeTitle)), source)
            .Where(segment => segment.Role is not (SegmentRole.Hashtag or SegmentRole.Date or SegmentRole.Episode or SegmentRole.Qualifier))
            .OrderBy(segment =>
                segment.Role is SegmentRole.Series or SegmentRole.Label ? 1
                : segment.Role == SegmentRole.Channel ? 2
                : 0
            )
            .Select(segment => Bare(segment.Text))
            .Where(text => text.Any(char.IsLetter))
            .ToList();

    private static string? Named(Source source)
    {
        var segments = Segments(source);
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

    /// <summary>A sentence for the creator to complete, with the subject's words; empty where those are too many or a sentence.</summary>
    public static string Example(Source source) =>
        Segments(source) is [var first, ..]
        && Graphemes.DisplayWidth(first) <= LongestBegun
        && first.AsSpan().IndexOfAny(SentenceMarks) < 0
        && first.Split(' ').Length <= MostBegun
        && AskedQuestions.Beginning(source, first) is { } begun
            ? $", for example “{begun}”"
            : "";

    /// <summary>The words of the title that no sentence takes up, and what viewers of this video want to know.</summary>
    /// <param name="source">The video.</param>
    /// <param name="bare">The description says nothing yet.</param>
    /// <param name="begun">A beginning to complete was given.</param>
    public static string Content(Source source, bool bare, bool begun)
    {
        var untold = bare ? [] : PromisedWords.Untold(source, source.SafeTitle, MostUntold);
        var missing = untold.Count == 0 ? "" : $"No sentence yet takes up {Quoted(untold)} of your title. ";
        // What the beginning asks is not asked again, and the words of the title ask more than general questions.
        var questions = begun || missing.Length > 0 ? AskedQuestions.Special(source, begun) : AskedQuestions.Of(source);
        return (missing + (questions.Count == 0 ? "" : $"Say {string.Join("; ", questions)}.")).TrimEnd();
    }

    /// <summary>The words of the title that no sentence takes up, quoted; empty where there are none.</summary>
    public static string Untold(Source source) => Quoted(PromisedWords.Untold(source, source.SafeTitle, MostUntold));

    /// <summary>What the description of such a video should tell; empty where the kind is not sure.</summary>
    public static string Advice(Source source) =>
        AskedQuestions.IsSure(source.Kind) ? KindConventions.For(source.Kind.About).Advice[1] : "";

    /// <summary>The same as a list.</summary>
    public static string Listed(Source source) => Questions(source);

    private static string Questions(Source source) => string.Join("; ", AskedQuestions.Of(source));

    private static string Quoted(List<string> words) => string.Join(", ", words.Select(word => $"“{word}”"));

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
