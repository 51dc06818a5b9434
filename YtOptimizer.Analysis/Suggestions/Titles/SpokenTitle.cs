using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>A working title from speech alone: the phrase it is about, and a second one that adds to it.</summary>
internal static class SpokenTitle
{
    private const int MostPhrases = 12;

    public static string Write(Source source)
    {
        var phrases = source
            .Phrases.Take(60)
            .Where(Fits)
            .OrderByDescending(Worth)
            .ThenBy(phrase => phrase.Key, StringComparer.Ordinal)
            .Take(MostPhrases)
            .ToList();
        if (phrases.Count == 0)
        {
            var first = source.Speech.Units.FirstOrDefault(unit => unit.Kind == SpokenKind.Speech)?.Text ?? source.SafeTranscript;
            return Graphemes.TakeWords(TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(first)), Limits.Title).TrimEnd('.', '。');
        }

        var main = phrases[0];
        var second = phrases
            .Skip(1)
            .FirstOrDefault(phrase =>
                phrase.Candidate.Words.Length > 1 && !phrase.Candidate.Words.Intersect(main.Candidate.Words, StringComparer.Ordinal).Any()
            );
        var title = Casing.Capitalize(main.Surface, source.Language.Code);
        return TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(second.Candidate is null ? title : title + ": " + second.Surface));
    }

    private static bool Fits(RankedPhrase phrase) =>
        phrase.Candidate.Words.Length <= 4
        && phrase.Key.Length >= 2
        && !phrase.Candidate.Has(
            CandidateMarks.EdgeStop
                | CandidateMarks.InsideRun
                | CandidateMarks.CrossesBreak
                | CandidateMarks.Digits
                | CandidateMarks.Unglued
        );

    // Said again and again, and of more than one word.
    private static double Worth(RankedPhrase phrase) =>
        Math.Round(phrase.Probability * Math.Log(1 + phrase.Candidate.Total) * (phrase.Candidate.Words.Length > 1 ? 1.6 : 1), 9);
}
