using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>Why a phrase of the text is no tag.</summary>
internal enum TagFault
{
    None,
    NoSubject,
    Form,
    RestOfChannel,
    Fragment,
    Particle,
    Cut,
    VerbOrHeading,
    CommonWord,
    RunningText,
}

/// <summary>Whether a ranked phrase is one that viewers may search: whole, nominal, without particles or endings; also a title or two of
/// its parts.</summary>
internal static class TagQuality
{
    private const double PossibleTag = 0.1;

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

    /// <summary>Whether nothing speaks against a phrase as a tag.</summary>
    public static bool IsTag(Source source, RankedPhrase phrase) => FaultOf(source, phrase) == TagFault.None;

    /// <summary>The first rule that a phrase breaks.</summary>
    public static TagFault FaultOf(Source source, RankedPhrase phrase) =>
        !HasSubject(source, phrase) ? TagFault.NoSubject
        : !IsWholeTag(source, phrase) ? TagFault.Form
        : IsRestOfChannel(source, phrase) ? TagFault.RestOfChannel
        : PhraseQuality.IsFragment(source, phrase) && phrase.Probability < PossibleTag && !IsKnownOrNamed(source, phrase)
            ? TagFault.Fragment
        : HasParticle(source, phrase) ? TagFault.Particle
        : IsCut(source, phrase) ? TagFault.Cut
        : IsVerbOrHeading(source, phrase) ? TagFault.VerbOrHeading
        : phrase.Candidate.Words.Length == 1 ? (IsCommonWord(source, phrase) ? TagFault.CommonWord : TagFault.None)
        : IsRunningText(source, phrase) ? TagFault.RunningText
        : TagFault.None;

    // A likely tag may also be a single sign ("猫"), the name of a form ("music video"), or somebody who is only credited.
    private static bool HasSubject(Source source, RankedPhrase phrase) =>
        PhraseQuality.HasSubject(source, phrase)
        || (
            PhraseQuality.IsName(source, phrase)
            && (
                phrase.Candidate.IsMasked && !PhraseQuality.IsTagged(source, phrase)
                    ? phrase.Probability >= LikelyPart && IsCredited(source, phrase)
                    : phrase.Probability >= LikelyForm && (phrase.Key.Length == 1 ? IsSign(phrase) : IsForm(source, phrase))
            )
        );

    private static bool IsSign(RankedPhrase phrase) => phrase.Candidate.Has(CandidateMarks.Unspaced);

    // "Official music video" says it all; of single words only the plain name of the kind.
    private static bool IsForm(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Length > 1
        || KindConventions.Terms(source.Kind.About, source.Language.Code).Contains(phrase.Key, StringComparer.Ordinal);

    // Names of those who made a video are searched, their trades are not.
    private static bool IsCredited(Source source, RankedPhrase phrase) =>
        phrase.Key.Length > 1
        && !TitleParser.IsQualifier(phrase.Key)
        && !Array.TrueForAll(phrase.Candidate.Words, source.IsEveryday)
        && source.Text.Passages.Any(passage =>
            passage.Kind == PassageKind.Credit && passage.Start <= phrase.Candidate.Offset && phrase.Candidate.Offset < passage.End
        );

    // "Juice WRLD" within "Wasted Juice WRLD Remix": a tag elsewhere, or a name that stands only within a longer phrase. Names that a lost
    // line break glued together ("JaneRoe JohnDoe") are none.
    private static bool IsKnownOrNamed(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return candidate.Key.All(c => char.IsLetter(c) || c is ' ' or '.' or '\'' or '’' or '-')
            && (
                source.Model.Lexicon.IsTag(phrase.Key)
                || (
                    candidate is { Words.Length: 2 or 3, DescriptionCount: > 0 }
                    && candidate.Capitalized >= candidate.Total
                    && WordForms.SplitCamel(phrase.Surface) == phrase.Surface
                    && !Array.Exists(candidate.Words, source.IsEveryday)
                )
            );
    }

    // As a tag a likely phrase may also be what a hashtag glued ("#NBAHighlights"), a part of the title that opens with a little word, a
    // Korean name with Latin letters, or the plain name of a kind ("music video").
    private static bool IsWholeTag(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return !(candidate.HashtagCount > 0 && source.IsGluedHashtag(candidate.Key))
            && !(candidate.Has(CandidateMarks.SplitHashtag) && phrase.Probability < LikelyPart)
            && !(PhraseQuality.MixesScripts(candidate.Key) && phrase.Probability < LikelyForm)
            && !(PhraseQuality.OpensOrEndsEverywhere(source, phrase) && phrase.Probability < LikelyPart)
            && (
                !candidate.Has(CandidateMarks.EdgeStop)
                || (
                    candidate.Has(CandidateMarks.TitleSegment)
                    && phrase.Probability >= (candidate.Words.Length > 2 ? LikelyPart : LikelyForm)
                    && source.Tokens(phrase.Surface) is [.., { IsStop: false }]
                )
            );
    }

    // "Suck at Cooking" of the channel "You Suck at Cooking": candidates begin without little words, names do not.
    private static bool IsRestOfChannel(Source source, RankedPhrase phrase)
    {
        if (phrase.Candidate.Words.Length < 2 || source.Input.ChannelTitle is not { } channel || PhraseQuality.IsTagged(source, phrase))
        {
            return false;
        }

        var name = Folding.Fold(channel);
        return name.EndsWith(" " + phrase.Key, StringComparison.Ordinal)
            && source.Tokens(name[..^phrase.Key.Length]) is { Count: > 0 } before
            && before.TrueForAll(token => token.IsStop);
    }

    // A word of ordinary prose: many write it, nobody tags with it; or a number or a single letter.
    private static bool IsCommonWord(Source source, RankedPhrase phrase)
    {
        var word = phrase.Candidate.Words[0];
        if (word.Length < 2 || (word.Length < 3 && word.All(char.IsAsciiLetterLower)))
        {
            return phrase.Probability < (phrase.Candidate.Has(CandidateMarks.Unspaced) ? LikelyForm : SureWord);
        }

        var usage = source.Model.Lexicon.Word(word, without: null);
        var named = phrase.Candidate.Capitalized * 2 > phrase.Candidate.Total;
        return phrase.Probability < LikelyWord
            && !PhraseQuality.IsTagged(source, phrase)
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
        if (PhraseQuality.IsTagged(source, phrase) || candidate.HashtagCount > 0 || candidate.Quoted > 0 || phrase.Probability >= SureWord)
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
            PhraseQuality.IsTagged(source, phrase)
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
            PhraseQuality.IsTagged(source, phrase)
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
}
