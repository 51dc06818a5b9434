using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <content>What a tag is about: the subject, in whole phrases, with a meaning of its own.</content>
internal sealed partial class TagRules
{
    private const double SureKind = 0.6;

    // Phrases that the ranker takes for a tag are no pieces of sentences.
    private const double LikelyPhrase = 0.03;

    private void CheckSubject(string tag, List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        var content = tokens.Where((token, i) => standings[i] != WordStanding.Function).ToList();
        if (content.Count == 0)
        {
            violations.Add(new("generic_tag", $"“{tag}” says nothing by itself."));
            return;
        }

        var named = content.Exists(token => Is(token, subject) || InTitle(token));
        var general = content.Count(token => own.Has(FactKind.General, token.Folded) || english.Has(FactKind.General, token.Folded));
        var strange = standings.Count(standing => standing is WordStanding.Everyday or WordStanding.Foreign);
        if (
            content.Count == 1
            && (tokens.Count == 1 || !index.GluedTitle.Contains(Glue(tag), StringComparison.Ordinal))
            && IsGeneric(content[0], standings[tokens.IndexOf(content[0])])
        )
        {
            violations.Add(new("generic_tag", $"“{tag}” says nothing by itself."));
        }
        else if (PromisesTeaching(tokens) && !source.TagKeys.Contains(Folding.Fold(tag)))
        {
            violations.Add(new("off_topic", $"“{tag}” promises to teach; the video does not."));
        }
        else if (!named && general == 0 && strange > 0 && content.TrueForAll(token => token.Folded.Split(' ').All(judge.IsEveryday)))
        {
            violations.Add(new("off_topic", $"“{tag}” is not about the subject."));
        }
        else if (!named && !standings.Contains(WordStanding.Supported) && ((strange > 0 && strange >= general)))
        {
            violations.Add(new("off_topic", $"“{tag}” is not about the subject."));
        }
    }

    // A single word that everybody uses, unless the whole video is about it or it is written as a name.
    private bool IsGeneric(Token token, WordStanding standing)
    {
        if (token.IsUnspaced || token.Script == Script.Hangul)
        {
            return InTitle(token)
                ? token.Length < 2
                : !IsKindTerm(token)
                    && (
                        standing != WordStanding.Supported
                        || judge.IsOwn(token.Folded)
                        || judge.IsGeneral(token.Folded)
                        || (token.Length <= 2 && !source.TagKeys.Contains(token.Folded))
                    );
        }

        if (standing is WordStanding.General or WordStanding.Everyday)
        {
            return !IsKindTerm(token);
        }

        var isMain =
            source.Primary is { } primary
            && primary.Candidate.Words.Length == 1
            && source.Stemming.Stem(primary.Key) == source.Stemming.Stem(token.Folded);
        var words = token.Folded.Split(' ');
        if (
            !isMain
            && !Is(token, titleStems)
            && !source.TagKeys.Contains(token.Folded)
            && !ranked.Contains(source.Stemming.Stem(token.Folded))
            && !IsNamed(token)
        )
        {
            return true;
        }

        return (words.All(judge.IsEveryday) || (!Is(token, titleStems) && (words.All(judge.IsEnglish) || judge.IsGeneral(token.Folded))))
            && !isMain
            && !IsKindTerm(token)
            && !(titleStems.Count <= 2 && titleStems.Contains(source.Stemming.Stem(token.Folded)));
    }

    // "learn magic tricks" beside a show: the kind is sure and none that teaches.
    private bool PromisesTeaching(List<Token> tokens) =>
        source.Kind.Confidence >= SureKind
        && source.Kind.About
            is VideoKind.Music
                or VideoKind.Performance
                or VideoKind.Comedy
                or VideoKind.News
                or VideoKind.Interview
                or VideoKind.Trailer
                or VideoKind.Sports
        && own.Find(FactKind.Teaching, tokens)
            .Concat(english.Find(FactKind.Teaching, tokens))
            .Any(hit => !index.Supports(tokens[hit.First]) && !tokens[hit.First].IsStop);

    private bool IsKindTerm(Token token) =>
        KindConventions.Terms(source.Kind.About, source.Language.Code).Contains(token.Folded, StringComparer.Ordinal);

    // Written with a capital although the language keeps those for names.
    private bool IsNamed(Token token) =>
        source.Language.Code != "de" && source.Attested(token.Folded) is { } written && char.IsUpper(written[0]);

    // "is accompanied by", "give me a minute to": begins or ends in the middle of a sentence of the description.
    private void CheckFragment(string tag, List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        if (tokens.Count < 2 || source.TagKeys.Contains(Folding.Fold(tag)))
        {
            return;
        }

        var key = Folding.Fold(tag);
        if (IsQuestion(key, tokens))
        {
            return;
        }

        var quoted = aboutGlued.Contains(Glue(tag), StringComparison.Ordinal);
        var broken =
            (IsOwnStop(tokens[^1]) && !HasTitlePart(tag, atEnd: true))
            || (
                IsOwnStop(tokens[0])
                && (quoted || standings[^1] is not WordStanding.Supported)
                && !HasTitlePart(tag, atEnd: false)
                && !IsWrittenAsTitle(tag)
            );
        var loose =
            quoted
            && (Loose(tokens[0], standings[0]) || (Loose(tokens[^1], standings[^1]) && tokens.Exists(token => token.IsStop)))
            && !IsNounPhrase(tokens)
            && !source.Phrases.Exists(phrase => phrase.Key == key && phrase.Probability >= LikelyPhrase);
        if (broken || loose)
        {
            violations.Add(new("fragment", $"“{tag}” is a piece of a sentence."));
        }
    }

    /// <summary>Whether a phrase of the text opens or closes in the middle of a sentence; asked before a phrase of our own is
    /// shown.</summary>
    public bool IsPiece(string phrase)
    {
        var tokens = source.Tokens(phrase);
        var key = Folding.Fold(phrase);
        var language = source.Language.Code;
        return tokens.Count > 1
            && (
                TagForms.OpensWithVerb(tokens, language)
                || TagForms.IsClause(key, tokens, language)
                || IsOwnStop(tokens[^1])
                || IsPlain(tokens[0])
                || IsPlain(tokens[^1])
            );
    }

    // An everyday word that is neither in the title nor a general term and never written as a name.
    private bool IsPlain(Token token) =>
        !token.IsStop
        && token.Script is Script.Latin or Script.Other
        && !Is(token, titleStems)
        && !judge.IsGeneral(token.Folded)
        && !token.Has(TokenFlags.Capitalized)
        && token.Folded.Split(' ').All(judge.IsEveryday);

    private bool IsQuestion(string key, List<Token> tokens) =>
        source.Template.HowTo.Any(opening => key.StartsWith(Folding.Fold(opening) + " ", StringComparison.Ordinal))
        || english.Find(FactKind.General, tokens).Exists(hit => hit.First == 0 && tokens[0].IsStop);

    private bool IsOwnStop(Token token) => token.IsStop && (source.Language.Code == "en" || judge.IsOwn(token.Folded));

    // An everyday word that the subject does not hold opens no phrase that people search.
    private bool Loose(Token token, WordStanding standing) =>
        standing == WordStanding.Supported
        && token.Script is Script.Latin or Script.Other
        && !Is(token, subject)
        && token.Folded.Split(' ').All(judge.IsEveryday)
        && !own.Has(FactKind.General, token.Folded);

    private bool Is(Token token, HashSet<string> stems) =>
        token.Folded.Split(' ').Any(word => stems.Contains(source.Stemming.Stem(word)) || index.IsNear(word, stems));

    private bool InTitle(Token token) =>
        (token.IsUnspaced || token.Script == Script.Hangul)
        && token.Length >= 2
        && index.GluedTitle.Contains(token.Folded, StringComparison.Ordinal);
}
