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

    // From here on running text, an everyday word, a part of the title and an unusual form are as often tags as what is shown besides.
    private const double LikelyRun = 0.15;
    private const double LikelyPart = 0.2;
    private const double LikelyWord = 0.25;
    private const double LikelyForm = 0.3;

    // A word so likely to be a tag is one, also where the text uses it as a verb.
    private const double SureWord = 0.45;

    // Channels that must have written a word before its absence from tags says something, and how seldom "seldom" is.
    private const int WellKnown = 6;
    private const int Rarely = 30;

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

    // "Suck at Cooking" of the channel "You Suck at Cooking": candidates begin without little words, names do not.
    private static bool IsRestOfChannel(Source source, RankedPhrase phrase)
    {
        if (phrase.Candidate.Words.Length < 2 || source.Input.ChannelTitle is not { } channel || IsTagged(source, phrase))
        {
            return false;
        }

        var name = Folding.Fold(channel);
        return name.EndsWith(" " + phrase.Key, StringComparison.Ordinal)
            && source.Tokens(name[..^phrase.Key.Length]) is { Count: > 0 } before
            && before.TrueForAll(token => token.IsStop);
    }

    /// <summary>A phrase that viewers may search: whole, nominal, without particles or endings; also a title or two of its parts.</summary>
    public static bool IsTag(Source source, RankedPhrase phrase) =>
        IsWholeTag(source, phrase)
        && !IsRestOfChannel(source, phrase)
        && !(IsFragment(source, phrase) && phrase.Probability < PossibleTag)
        && !HasParticle(source, phrase)
        && !IsCut(source, phrase)
        && !IsVerbOrHeading(source, phrase)
        && !(phrase.Candidate.Words.Length == 1 ? IsCommonWord(source, phrase) : IsRunningText(source, phrase));

    private static bool IsWhole(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return HasSubject(source, phrase)
            && !candidate.Has(CandidateMarks.EdgeStop | CandidateMarks.SplitHashtag)
            && !MixesScripts(candidate.Key)
            && !OpensOrEndsEverywhere(source, phrase);
    }

    // As a tag a likely phrase may also be what a hashtag glued ("#NBAHighlights"), a part of the title that opens with a little word, a
    // Korean name with Latin letters, or the plain name of a kind ("music video").
    private static bool IsWholeTag(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return HasSubject(source, phrase)
            && !(candidate.Has(CandidateMarks.SplitHashtag) && phrase.Probability < LikelyForm)
            && !(MixesScripts(candidate.Key) && phrase.Probability < LikelyForm)
            && !(OpensOrEndsEverywhere(source, phrase) && phrase.Probability < LikelyPart)
            && (
                !candidate.Has(CandidateMarks.EdgeStop)
                || (
                    candidate.Has(CandidateMarks.TitleSegment)
                    && candidate.Words.Length > 2
                    && phrase.Probability >= LikelyPart
                    && source.Tokens(phrase.Surface) is [.., { IsStop: false }]
                )
            );
    }

    private static bool HasSubject(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return candidate.Key.Length >= 2
            && !candidate.Has(CandidateMarks.InsideRun | CandidateMarks.Unglued)
            && !candidate.Key.All(c => char.IsAsciiDigit(c) || c == ' ')
            && !candidate.Key.EndsWith("http", StringComparison.Ordinal)
            && !candidate.Key.EndsWith("https", StringComparison.Ordinal)
            && !candidate.Words.All(Everywhere.Contains)
            && !TitleParser.IsQualifier(candidate.Key)
            && (!candidate.IsMasked || IsTagged(source, phrase))
            && !Joining.Contains(candidate.Words[0])
            && !Joining.Contains(candidate.Words[^1])
            && !source.Sponsored.Holds(candidate.Words);
    }

    private static bool OpensOrEndsEverywhere(Source source, RankedPhrase phrase) =>
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

    // A word of ordinary prose: many write it, nobody tags with it; or a number or a single letter.
    private static bool IsCommonWord(Source source, RankedPhrase phrase)
    {
        var word = phrase.Candidate.Words[0];
        if (word.Length < 2 || (word.Length < 3 && word.All(char.IsAsciiLetterLower)))
        {
            return true;
        }

        var usage = source.Model.Lexicon.Word(word, without: null);
        var named = phrase.Candidate.Capitalized * 2 > phrase.Candidate.Total;
        return phrase.Probability < LikelyWord
            && !IsTagged(source, phrase)
            && (
                phrase.Candidate.TitleCount == 0
                    ? !named && phrase.Probability < PossibleTag * 1.5
                    : usage.Doc >= WellKnown && usage.Both * Rarely < usage.DocTagged
            );
    }

    // "Tells" in "Jonah Tells the Story", "Prelegent" of "Prelegent: …".
    private static bool IsVerbOrHeading(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (IsTagged(source, phrase) || candidate.HashtagCount > 0 || candidate.Quoted > 0 || phrase.Probability >= SureWord)
        {
            return false;
        }

        return candidate.Words.Length == 1
            ? source.Places.IsVerb(phrase.Key) || source.Places.IsHeading(phrase.Key)
            : (
                Array.TrueForAll(candidate.Words, source.Places.IsHeading)
                // "Jane Roe: …" in a list is somebody.
                && !(candidate.Capitalized >= candidate.Total && candidate.Words.Any(word => !source.IsEveryday(word)))
            )
                || (
                    !candidate.Has(CandidateMarks.WholeTitle | CandidateMarks.TitleSegment)
                    && (source.Places.IsVerb(candidate.Words[0]) || source.Places.IsVerb(candidate.Words[^1]))
                );
    }

    // A stretch of a sentence instead of a name for something: it begins or ends with a word that hardly anybody tags with.
    private static bool IsRunningText(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (
            IsTagged(source, phrase)
            || phrase.Probability >= LikelyRun
            || candidate.HashtagCount > 0
            || source.Model.Lexicon.IsTag(phrase.Key)
        )
        {
            return false;
        }

        var named = candidate.Capitalized >= candidate.Total && candidate.DescriptionCount > 0 && candidate.TitleCount == 0;
        return !named
            && !candidate.Has(CandidateMarks.WholeTitle)
            && (IsUntagged(source, candidate.Words[0]) || IsUntagged(source, candidate.Words[^1]));
    }

    // "Sharpen a dull", "then the stone": cut before its noun, or leading on from what was said before. What creators tag, quote or set
    // between separators is whole as it is.
    private static bool IsCut(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (
            IsTagged(source, phrase)
            || candidate.HashtagCount > 0
            || candidate.Quoted > 0
            || (candidate.Words.Length > 1 && candidate.Has(CandidateMarks.WholeTitle | CandidateMarks.TitleSegment))
        )
        {
            return false;
        }

        var edges = PhraseEdges.For(source.Language.Code);
        if (source.Language.Code == "ja")
        {
            return !edges.OpensRun(phrase.Key)
                || JapaneseEdges.IsTorn(phrase.Surface, source.SafeTitle, source.SafeDescription, source.SafeTranscript);
        }

        var named = candidate.Capitalized >= candidate.Total && candidate.DescriptionCount > 0 && candidate.TitleCount == 0;
        return !edges.Opens(candidate.Words[0])
            || (!(named && candidate.Words.Length > 1) && !edges.Closes(candidate.Words[^1]))
            || (candidate.Words.Length > 1 && candidate.LongestHost >= candidate.Total && edges.MayPrecede(candidate.Words[^1]))
            || IsGermanWithoutNoun(source, phrase);
    }

    // "Auto rausholen" is a deed, "nicht mehr gute" nothing: without a noun only an infinitive ends a phrase.
    private static bool IsGermanWithoutNoun(Source source, RankedPhrase phrase)
    {
        var words = phrase.Surface.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return source.Language.Code == "de"
            && words.Length > 1
            && words.Any(word => char.IsUpper(word[0]))
            && char.IsLower(words[^1][0])
            && !words[^1].EndsWith('n');
    }

    private static bool IsUntagged(Source source, string word)
    {
        var usage = source.Model.Lexicon.Word(word, without: null);
        return usage.Doc >= WellKnown && usage.Both * Rarely < usage.DocTagged;
    }

    // "Türkiye'ye", "런던에서": the form in a sentence, not the name.
    private static bool HasParticle(Source source, RankedPhrase phrase)
    {
        var surface = phrase.Surface;
        if (source.Language.Code is "tr" or "fi" or "hu" or "et" or "az" && surface.IndexOfAny(['\'', '’']) >= 0)
        {
            return true;
        }

        var last = phrase.Candidate.Words[^1];
        if (
            source.Language.Code == "ko"
            && !phrase.Candidate.Has(CandidateMarks.Stripped)
            && Array.Find(WordForms.KoreanParticles, particle =>
                last.Length >= particle.Length + 2 && last.EndsWith(particle, StringComparison.Ordinal)
            )
                is { } ending
        )
        {
            var bare = phrase.Key[..^ending.Length];
            return source.Phrases.Exists(other =>
                other.Key == bare
                && other.Candidate.Total > other.Candidate.Words.Length - 1
                && !other.Candidate.Has(CandidateMarks.Stripped)
            );
        }

        return false;
    }

    // "Scoring Action은": a particle is glued to a foreign word.
    private static bool MixesScripts(string key)
    {
        var hangul = key.Any(c => c is >= '\uAC00' and <= '\uD7A3');
        return hangul && key.Any(char.IsAsciiLetter);
    }
}
