using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>Whether a ranked phrase may be shown to people, and not only counted.</summary>
internal static class PhraseQuality
{
    private const double LikelyTag = 0.35;
    private const double PossibleTag = 0.1;
    private const double TaggedWord = 0.25;
    private const double SureTag = 0.5;

    // What joins two names begins and ends none.
    private static readonly HashSet<string> Joining = new(StringComparer.Ordinal) { "ft", "feat", "featuring", "vs", "prod" };

    // Places and calls; none says what a video is about.
    private static readonly HashSet<string> Everywhere = WordList
        .Section("title-words.txt", "everywhere")
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Words of platforms, calls to action and kinds of video.</summary>
    public static bool IsEverywhere(string folded) => Everywhere.Contains(folded);

    /// <summary>A whole phrase with a subject: no fragment of a longer one, no platform, no call to action.</summary>
    public static bool IsPresentable(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Length <= 4
        && !phrase.Candidate.Has(CandidateMarks.CrossesBreak)
        && IsWhole(source, phrase)
        && !IsFragment(source, phrase);

    private static bool IsWhole(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return HasSubject(source, phrase)
            && !candidate.Has(CandidateMarks.EdgeStop | CandidateMarks.SplitHashtag)
            && !MixesScripts(candidate.Key)
            && !OpensOrEndsEverywhere(source, phrase);
    }

    /// <summary>Whether a phrase names something: no number, no platform, no form of video, nothing of lines that are not about
    /// it.</summary>
    public static bool HasSubject(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Key.Length >= 2
        && IsName(source, phrase)
        && !TitleParser.IsQualifier(phrase.Candidate.Key)
        && (!phrase.Candidate.IsMasked || IsTagged(source, phrase));

    /// <summary>The same for a single sign, a form of video or a phrase of other lines.</summary>
    public static bool IsName(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return !candidate.Has(CandidateMarks.InsideRun | CandidateMarks.Unglued)
            && !candidate.Key.All(c => char.IsAsciiDigit(c) || c == ' ')
            && !candidate.Key.EndsWith("http", StringComparison.Ordinal)
            && !candidate.Key.EndsWith("https", StringComparison.Ordinal)
            && !candidate.Words.All(Everywhere.Contains)
            && !Joining.Contains(candidate.Words[0])
            && !Joining.Contains(candidate.Words[^1])
            && !source.Sponsored.Holds(candidate.Words);
    }

    internal static bool OpensOrEndsEverywhere(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Length > 1
        && (Everywhere.Contains(phrase.Candidate.Words[0]) || Everywhere.Contains(phrase.Candidate.Words[^1]))
        && !IsTagged(source, phrase);

    /// <summary>Presentable, and likely enough to be put beside a title by itself: a name of several words or a tag, not just any
    /// word.</summary>
    public static bool CanStandAlone(Source source, RankedPhrase phrase)
    {
        if (
            !IsPresentable(source, phrase)
            || phrase.Candidate.Has(CandidateMarks.WholeTitle | CandidateMarks.Stripped)
            || phrase.Key.Length < 3
        )
        {
            return false;
        }

        var named =
            IsTagged(source, phrase)
            || !phrase.Candidate.Has(CandidateMarks.Latin)
            || phrase.Candidate.Capitalized * 2 >= phrase.Candidate.Total;
        return named
            && phrase.Probability
                >= (
                    phrase.Candidate.Words.Length > 1 || phrase.Candidate.Has(CandidateMarks.Unspaced) ? PossibleTag
                    : IsTagged(source, phrase) ? TaggedWord
                    : LikelyTag
                );
    }

    /// <summary>Whether the creator uses the phrase as a tag.</summary>
    public static bool IsTagged(Source source, RankedPhrase phrase) => source.TagKeys.Contains(phrase.Key);

    /// <summary>"Mind of Jake" in "Mind of Jake Paul": stands nowhere without the longer phrase around it.</summary>
    public static bool IsFragment(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Length > 1
        && phrase.Candidate.LongestHost >= phrase.Candidate.Total
        && phrase.Candidate.WholeChunk == 0
        && phrase.Probability < SureTag
        && !IsTagged(source, phrase);

    // "Scoring Action은": a particle is glued to a foreign word.
    internal static bool MixesScripts(string key)
    {
        var hangul = key.Any(c => c is >= '\uAC00' and <= '\uD7A3');
        return hangul && key.Any(char.IsAsciiLetter);
    }
}
