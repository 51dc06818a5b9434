using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Phrases of several words that are no whole name or topic: the end of a name that begins with a little word, and turns of a
/// description that names nothing.</summary>
internal static class CutPhrases
{
    private const double Sure = 0.3;
    private const double Known = 0.15;
    private const int Often = 2;

    // Little words within names: "Sturm der Liebe", "War of the Worlds".
    private static readonly HashSet<string> Links = new(
        ["der", "des", "von", "vom", "van", "den", "of", "de", "del", "da", "do", "das", "dos", "di", "du", "della", "ki", "ke", "ka"],
        StringComparer.Ordinal
    );

    private static readonly HashSet<string> Uninflected = new(
        ["en", "es", "pt", "fr", "it", "de", "nl", "sv", "id"],
        StringComparer.Ordinal
    );

    public static bool Has(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (PhraseQuality.IsTagged(source, phrase) || candidate.HashtagCount > 0)
        {
            return false;
        }

        if (candidate.Has(CandidateMarks.Unspaced))
        {
            return !LoneWords.IsWholeRun(source, phrase);
        }

        if (IsBeforeHyphen(source, candidate) || TornPhrases.Has(source, phrase) || ClauseParts.Has(source, phrase))
        {
            return true;
        }

        if (candidate.Words.Length < 2)
        {
            return false;
        }

        if (phrase.Surface.Contains('#', StringComparison.Ordinal) || HasLooseEdge(source, phrase))
        {
            return true;
        }

        return candidate.TitleCount > 0
            ? !candidate.Has(CandidateMarks.WholeTitle)
                && (!candidate.Has(CandidateMarks.TitleSegment) || IsBeforeComma(source, candidate))
                && (IsEndOfName(source, candidate) || IsStretch(source, phrase))
            : IsTurn(source, phrase);
    }

    // "Liebe Vorschau" of "Sturm der Liebe Vorschau", "Ses Show 2018" of "O Ses Show 2018".
    private static bool IsEndOfName(Source source, Candidate candidate)
    {
        var tokens = source.Text.TitleTokens;
        var at = candidate.FirstInTitle;
        if (at <= 0 || at >= tokens.Count || tokens[at].Before is not (Gap.Space or Gap.Joint) || !tokens[at - 1].IsStop)
        {
            return false;
        }

        var little = tokens[at - 1];
        if (
            at > 1
            && Links.Contains(little.Folded)
            && little.Before == Gap.Space
            && tokens[at].Has(TokenFlags.Capitalized)
            && tokens[at - 2].Has(TokenFlags.Capitalized)
            && !tokens[at - 2].IsStop
        )
        {
            return true;
        }

        // "Los Puchungazos" within a title: the little word belongs to the name.
        if (
            at > 1
            && little.Before == Gap.Space
            && little.Has(TokenFlags.Capitalized)
            && tokens[at].Has(TokenFlags.Capitalized)
            && !NameRuns.WritesAllLarge(tokens)
            && !TitleNames.Shouts(source)
        )
        {
            return true;
        }

        var name = little.Folded + " " + tokens[at].Folded;
        return (at == 1 || little.Before >= Gap.Break || little.Has(TokenFlags.Capitalized))
            && (
                source.TagKeys.Any(tag => tag.StartsWith(name, StringComparison.Ordinal))
                || Folding.Fold(source.Input.ChannelTitle ?? "").StartsWith(name, StringComparison.Ordinal)
            );
    }

    // "programowanie sobie", "czyli o tym": one of the language's most frequent words, in small letters, that nobody tags.
    private static bool HasLooseEdge(Source source, RankedPhrase phrase)
    {
        if (phrase.Probability >= Sure || phrase.Candidate.Has(CandidateMarks.WholeTitle))
        {
            return false;
        }

        if ((" " + Folding.Fold(source.Input.ChannelTitle ?? "") + " ").Contains(" " + phrase.Key + " ", StringComparison.Ordinal))
        {
            return false;
        }

        // Without capitals a name may be a frequent word, too; Korean leaves only what has no ending, at the end. What comes first may be
        // the noun ("noche de …"): there only a longer part of the title is taken for a clause.
        var tokens = source.Tokens(phrase.Surface);
        return tokens.Count > 1
            && (
                (tokens.Count > 2 && phrase.Candidate.Has(CandidateMarks.TitleSegment) && HasCase(tokens[0]) && IsLoose(source, tokens[0]))
                || (MayEndLoose(tokens[^1]) && IsLoose(source, tokens[^1]))
            );
    }

    private static bool HasCase(Token token) => token.Folded.Any(c => char.ToUpperInvariant(c) != c);

    private static bool MayEndLoose(Token token) => token.Script == Script.Hangul || HasCase(token);

    private static bool IsLoose(Source source, Token token) =>
        source.Language.Code != "vi"
        && !token.Has(TokenFlags.Capitalized | TokenFlags.AllCaps | TokenFlags.Digits)
        && WordSet.Frequent(source.Language.Code).Contains(token.Folded)
        && source.Model.Lexicon.Word(token.Folded, without: null) is { Tag: 0, Both: 0 };

    // "Yoon Soo" of "Yoon Soo-jin".
    private static bool IsBeforeHyphen(Source source, Candidate candidate)
    {
        var (tokens, text, first) =
            candidate.FirstInTitle >= 0
                ? (source.Text.TitleTokens, source.SafeTitle, candidate.FirstInTitle)
                : (source.Text.DescriptionTokens, source.SafeDescription, candidate.FirstInDescription);
        var last = first + candidate.Words.Length - 1;
        return first >= 0
            && last + 1 < tokens.Count
            && candidate.Total == 1
            && tokens[last + 1].Start == tokens[last].End + 1
            && tokens[last].End < text.Length
            && text[tokens[last].End] is '-' or '\u2010' or '\u2011'
            && !tokens[last + 1].Has(TokenFlags.Digits);
    }

    // "Name comes, does it …": a comma ends a clause as well as a part.
    private static bool IsBeforeComma(Source source, Candidate candidate)
    {
        var end = candidate.Offset + candidate.Length;
        return end < source.SafeTitle.Length && source.SafeTitle[end] == ',' && candidate.Capitalized < candidate.Total;
    }

    // "Roe Breaks" of a title that writes all words large: neither the rest of the text nor other creators know it.
    private static bool IsStretch(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return phrase.Probability < Known
            && !source.Model.Lexicon.IsTag(phrase.Key)
            && !(" " + source.Told.Folded + " ").Contains(" " + phrase.Key + " ", StringComparison.Ordinal)
            && !TitleNames.IsNamed(source, phrase)
            && candidate.Quoted == 0
            && !IsWholeChunk(source, candidate);
    }

    // "clinical psychology" of "How to do clinical psychology with Python": between little words, verbs and the ends of a part. In a title
    // that writes all words large a verb is told by nothing, and where nouns have cases the form is no search.
    private static bool IsWholeChunk(Source source, Candidate candidate)
    {
        var tokens = source.Text.TitleTokens;
        var (first, last) = (candidate.FirstInTitle, candidate.FirstInTitle + candidate.Words.Length - 1);
        return first >= 0
            && last < tokens.Count
            && candidate.Stops == 0
            && candidate.Words.Length is 2 or 3
            && source.Kind.About is VideoKind.Talk or VideoKind.Tutorial or VideoKind.Review
            && Uninflected.Contains(source.Language.Code)
            && !TitleNames.Shouts(source)
            && !NameRuns.WritesAllLarge(tokens)
            && tokens[last].Folded == candidate.Words[^1]
            && (first == 0 || tokens[first].Before >= Gap.Break || IsOutside(source, tokens[first - 1]))
            && (last == tokens.Count - 1 || tokens[last + 1].Before >= Gap.Break || tokens[last + 1].IsStop)
            && !candidate.Words.Any(source.Places.MayBeVerb);
    }

    private static bool IsOutside(Source source, Token token) => token.IsStop || source.Places.MayBeVerb(token.Folded);

    // Only the description says it: a name, or what it says again and others tag.
    private static bool IsTurn(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (candidate.Quoted > 0 || phrase.Probability >= Sure)
        {
            return false;
        }

        if (candidate.Has(CandidateMarks.Bridged) || FormWords.SaysNothing(source, phrase.Surface))
        {
            return candidate.DescriptionCount < Often;
        }

        var named =
            phrase.Surface.Split(' ').All(word => word.Length > 0 && (char.IsUpper(word[0]) || char.IsDigit(word[0])))
            && !Array.TrueForAll(candidate.Words, source.IsEveryday);
        return !named && !(candidate.DescriptionCount >= Often && phrase.Probability >= Known) && !IsKnown(source, phrase);
    }

    private static bool IsKnown(Source source, RankedPhrase phrase) =>
        phrase.Probability >= Known && source.Model.Lexicon.IsTag(phrase.Key);
}
