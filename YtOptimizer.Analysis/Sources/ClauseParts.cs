using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>Phrases that are pieces of a sentence: a name with the verb behind it ("Jane Roe answers"), a verb with what it does
/// ("comete gafe"), and the creator's tag with one more word of the sentence.</summary>
internal static class ClauseParts
{
    private const double Sure = 0.45;
    private const int SeveralChannels = 2;

    public static bool Has(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return candidate.Words.Length > 1
            && candidate is { TitleCount: > 0, HashtagCount: 0, Quoted: 0 }
            && !candidate.Has(CandidateMarks.Unspaced | CandidateMarks.WholeTitle)
            && phrase.Probability < Sure
            && source.Model.Lexicon.Phrase(phrase.Key, without: null).Tag < SeveralChannels
            && !(candidate.DescriptionCount > 0 && candidate.Capitalized >= candidate.Total)
            && (HasVerbAtEdge(source, candidate) || ExtendsTag(source, candidate))
            // Songs are named like sentences.
            && source.Kind.About is not (VideoKind.Music or VideoKind.Performance);
    }

    // The words as the title writes them: a verb leads on to what follows, and stands behind who does it.
    private static bool HasVerbAtEdge(Source source, Candidate candidate)
    {
        var tokens = source.Text.TitleTokens;
        var first = candidate.FirstInTitle;
        var last = first + candidate.Words.Length - 1;
        if (first < 0 || last >= tokens.Count || tokens[last].Folded != candidate.Words[^1])
        {
            return false;
        }

        var forms = VerbForms.For(source.Language.Code);
        return EndsInVerb(source, forms, tokens, last) || OpensWithVerb(source, forms, tokens, first);
    }

    private static bool EndsInVerb(Source source, VerbForms forms, List<Token> tokens, int last)
    {
        var word = tokens[last];
        // A plural is a verb where something that is done follows: "Roe answers the questions", "Roe answers “…”".
        if (forms.IsPluralToo(word.Folded))
        {
            return last + 1 < tokens.Count
                && (
                    tokens[last + 1].Has(TokenFlags.Quoted)
                    || (tokens[last + 1].Before == Gap.Space && source.Places.MayBeObject(tokens[last + 1].Folded))
                );
        }

        // Behind a little word stands a noun.
        return !tokens[last - 1].IsStop && IsVerb(source, forms, word);
    }

    // What opens the title or a part of it may be a noun; within a sentence a verb leads to what is done, not to a little word.
    private static bool OpensWithVerb(Source source, VerbForms forms, List<Token> tokens, int first)
    {
        var word = tokens[first];
        return !forms.IsPluralToo(word.Folded)
            && first > 0
            && tokens[first].Before is Gap.Space or Gap.Joint
            && !tokens[first - 1].IsStop
            && !tokens[first + 1].IsStop
            && IsVerb(source, forms, word);
    }

    // The form first: the places of words are read only where it asks for them, and a video has many drafts.
    private static bool IsVerb(Source source, VerbForms forms, Token word) =>
        forms.Has(word.Folded)
        && !IsGermanNoun(source, word)
        && !IsName(source, word)
        && !IsNameOfThing(source, word)
        && source.Places.MayBeVerb(word.Folded);

    // Large where the title does not write all words large.
    private static bool IsName(Source source, Token word) =>
        word.Has(TokenFlags.Capitalized)
        && !word.Has(TokenFlags.AllCaps)
        && !NameRuns.WritesAllLarge(source.Text.TitleTokens)
        && !NameRuns.Shouts(source);

    // German writes nouns large.
    private static bool IsGermanNoun(Source source, Token word) =>
        source.Language.Code is "de" or "lb" && word.Has(TokenFlags.Capitalized) && !NameRuns.Shouts(source);

    // "Python", "Cars": tagged by several channels as it is, so it is the name of something, whatever it looks like.
    private static bool IsNameOfThing(Source source, Token word) =>
        source.TagKeys.Contains(word.Folded) || source.Model.Lexicon.Phrase(word.Folded, without: null).Tag >= SeveralChannels;

    // "Jane Roe Million" where the creator tags "Jane Roe" and nobody the longer one.
    private static bool ExtendsTag(Source source, Candidate candidate) =>
        candidate is { Words.Length: > 2, Total: 1 }
        && !candidate.Has(CandidateMarks.TitleSegment)
        && source.TagKeys.Contains(string.Join(' ', candidate.Words[..^1]));
}
