using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>
/// Tags are what viewers search for: about the subject, in whole phrases. Refused are facts that the source lacks, other names, single
/// words of no meaning of their own, calls to action, fragments of sentences, and what only links, sponsors and credits hold.
/// </summary>
internal sealed class TagRules
{
    private readonly Source source;
    private readonly SourceIndex index;
    private readonly WordJudge judge;
    private readonly FactRules facts;
    private readonly FactWords own;
    private readonly FactWords english = FactWords.For("en");
    private readonly HashSet<string> subject;
    private readonly HashSet<string> titleStems;

    public TagRules(Source source, SourceIndex index, WordJudge judge, FactRules facts)
    {
        this.source = source;
        this.index = index;
        this.judge = judge;
        this.facts = facts;
        own = FactWords.For(source.Language.Code);
        titleStems = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        subject = source.ContentStems(source.SafeTitle + "\n" + source.Input.ChannelTitle).ToHashSet(StringComparer.Ordinal);
        foreach (var phrase in source.Phrases.Take(10))
        {
            subject.UnionWith(phrase.Candidate.Words.Select(source.Stemming.Stem));
        }
    }

    public void Check(string tag, List<GuardViolation> violations)
    {
        var tokens = source.Tokens(tag);
        if (tokens.Count == 0)
        {
            violations.Add(new("invalid_tag", $"“{tag}” holds no word."));
            return;
        }

        // "sourdoughbread": the words of the source, written as one.
        var key = Folding.Fold(tag);
        if (tokens.Count == 1 && key.Length >= 6 && !tokens[0].IsUnspaced && index.Glued.Contains(key, StringComparison.Ordinal) && !index.HasWord(key))
        {
            return;
        }

        // Tags are written in small letters: a word that is neither in the source nor everyday may be a name.
        var standings = judge.Judge(tag, tokens, isTitleCase: true);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (standings[i] is WordStanding.Name or WordStanding.Unknown)
            {
                violations.Add(new("unsupported_word", $"“{tokens[i].Folded}” is not in the source."));
            }
        }

        facts.CheckNumbers(tag, tokens, titled: false, violations);
        facts.CheckClaims(tokens, toldAlready: false, violations);
        facts.CheckPromotion(tokens, onlyTitle: true, violations);
        CheckSubject(tag, tokens, standings, violations);
        CheckFragment(tag, tokens, violations);
    }

    private void CheckSubject(string tag, List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        var content = tokens.Where(token => !token.IsStop).ToList();
        if (content.Count == 0)
        {
            violations.Add(new("generic_tag", $"“{tag}” says nothing by itself."));
            return;
        }

        var about = content.Exists(token => token.Folded.Split(' ').Any(word => subject.Contains(source.Stemming.Stem(word)))
            || ((token.IsUnspaced || token.Script == Script.Hangul) && index.GluedTitle.Contains(token.Folded, StringComparison.Ordinal)));
        var general = standings.Count(standing => standing == WordStanding.General);
        if (content.Count == 1 && tokens.Count == 1 && IsGeneric(tokens[0], standings[0]))
        {
            violations.Add(new("generic_tag", $"“{tag}” says nothing by itself."));
        }
        else if (!about && general == 0 && !standings.Contains(WordStanding.Supported))
        {
            violations.Add(new("off_topic", $"“{tag}” is not about the subject."));
        }
    }

    // A single word that is everyday, unless it stands in the title or is written as a name.
    private bool IsGeneric(Token token, WordStanding standing)
    {
        if (token.IsUnspaced)
        {
            return !index.GluedTitle.Contains(token.Folded, StringComparison.Ordinal) && token.Length <= 2;
        }

        if (standing is WordStanding.General or WordStanding.Everyday)
        {
            return true;
        }

        return judge.IsEveryday(token.Folded) && !titleStems.Contains(source.Stemming.Stem(token.Folded));
    }

    // "is accompanied by", "give me a minute to": begins or ends in the middle of a sentence.
    private void CheckFragment(string tag, List<Token> tokens, List<GuardViolation> violations)
    {
        if (tokens.Count < 2 || index.GluedTitle.Contains(Folding.Fold(tag).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal))
        {
            return;
        }

        var question = own.Has(FactKind.General, tokens[0].Folded) || source.Template.HowTo.Any(opening => Folding.Fold(tag).StartsWith(Folding.Fold(opening), StringComparison.Ordinal))
            || english.Find(FactKind.General, tokens).Exists(hit => hit.First == 0);
        if ((tokens[0].IsStop && !question) || tokens[^1].IsStop)
        {
            violations.Add(new("fragment", $"“{tag}” is a piece of a sentence."));
        }
    }
}
