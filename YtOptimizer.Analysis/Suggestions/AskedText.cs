using System.Buffers;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>What a creator is asked to write about: the subject in whole words, what no sentence takes up, what viewers ask.</summary>
internal static class AskedText
{
    private const int Longest = 70;
    private const int ShortestClause = 10;
    private const int OpeningMark = 2;
    private const string More = "Tell what else is shown: people, places, steps or results, by name.";
    private static readonly SearchValues<char> Marks = SearchValues.Create("?？؟!！¿¡[](){}【】「」『』/|｜#:：;*+=\"“”«»");
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
            && text[start] is not ('“' or '"' or '\'' or '‘' or '’' or '«' or '「' or '『' or '(' or '[' or '【' or '#' or '¿' or '¡')
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

    // A part of the title that can stand in a sentence; else its name.
    private static string? Named(Source source)
    {
        var segments = Segments(source);
        if (segments.Count > 0 && IsPlain(segments[0]))
        {
            return segments[0];
        }

        // One word out of a longer title may stand in any case and for any part of it; one side of a match is not the match.
        return segments
            .SelectMany(Clauses)
            .Where(clause => IsPlain(clause) && !NamesChannel(source, clause))
            .Select(clause => IsShort(segments[0]) ? $"{segments[0]} – {clause}" : clause)
            .FirstOrDefault()
            // A phrase from within the title is not what it is about.
            ?? SureSubjects
                .Of(source, source.SafeTitle)
                .Where(subject => subject.ColumnIn(source.SafeTitle) <= OpeningMark)
                .Select(subject => subject.Text)
                .FirstOrDefault(text => text.Contains(' ', StringComparison.Ordinal));
    }

    private static bool IsShort(string text) =>
        Graphemes.DisplayWidth(text) < ShortestClause && text.Count(char.IsLetter) > 2 && text.AsSpan().IndexOfAny(Marks) < 0;

    private static bool NamesChannel(Source source, string text) =>
        Folding.Fold(source.Input.ChannelTitle ?? "") is { Length: > 0 } channel
        && Folding.Fold(text).Contains(channel, StringComparison.Ordinal);

    // Words without marks that part them, and more than a number or one short word.
    private static bool IsPlain(string text) =>
        Graphemes.DisplayWidth(text) is >= ShortestClause and <= Longest
        && text.AsSpan().IndexOfAny(Marks) < 0
        && text.Count(char.IsLetter) * 3 > text.Length * 2;

    /// <summary>The subjects of the title that no sentence mentions, and what viewers of this video want to know.</summary>
    /// <param name="source">The video.</param>
    /// <param name="bare">The description says nothing yet.</param>
    public static string Content(Source source, bool bare)
    {
        var untold = bare ? [] : UntoldSubjects.Of(source, source.SafeTitle);
        var missing = untold.Count == 0 ? "" : $"No sentence mentions {Quoted(untold)} of your title yet. ";
        // What a text that opens with its subject leaves out only its creator knows.
        if (!bare && !AskedQuestions.IsSure(source.Kind) && !AskedQuestions.IsSpecial(source) && AboutSentence.Find(source) is not null)
        {
            return missing + More;
        }

        var questions = AskedQuestions.Of(source);
        return (
            missing
            + (
                questions.Count == 0
                    ? bare
                        ? ""
                        : More
                    : $"Say {string.Join("; ", questions)}."
            )
        ).TrimEnd();
    }

    /// <summary>The subjects of the title that no sentence mentions, quoted; empty where there are none.</summary>
    public static string Untold(Source source) => Quoted(UntoldSubjects.Of(source, source.SafeTitle));

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
            .Select(clause => clause.Trim(' ', ',', '.', '…', ':', '-', '–', '"', '“', '”', '«', '»', ')', ']', '】'))
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
