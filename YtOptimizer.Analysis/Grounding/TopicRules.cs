using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Every title is about the video's subject: it keeps words of it, and most of what it says is in the source.</summary>
internal sealed class TopicRules
{
    private const int MainPhraseCount = 3;
    private const double LeastSupported = 0.5;

    private readonly Source source;
    private readonly SourceIndex index;
    private readonly HashSet<string> subject = new(StringComparer.Ordinal);
    private readonly HashSet<string> titleStems;

    public TopicRules(Source source, SourceIndex index)
    {
        this.source = source;
        this.index = index;
        titleStems = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var facts = FactWords.For(source.Language.Code);
        var english = FactWords.For("en");
        foreach (var part in TitleParser.Parse(source.SafeTitle, source).Where(part => part.Kind == TitlePartKind.Topic))
        {
            foreach (var token in source.Tokens(part.Text).Where(token => !token.IsStop && !facts.Has(FactKind.General, token.Folded) && !english.Has(FactKind.General, token.Folded)))
            {
                subject.UnionWith(token.Folded.Split(' ').Select(source.Stemming.Stem));
            }
        }

        if (subject.Count == 0)
        {
            subject.UnionWith(titleStems);
        }

        foreach (var phrase in source.Phrases.Take(MainPhraseCount))
        {
            subject.UnionWith(phrase.Candidate.Words.Select(source.Stemming.Stem));
        }
    }

    public void CheckTitle(List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        var content = 0;
        var supported = 0;
        var about = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (standings[i] is WordStanding.Function or WordStanding.General)
            {
                continue;
            }

            content++;
            if (standings[i] is WordStanding.Supported || (standings[i] is WordStanding.Number && index.HasWord(tokens[i].Folded)))
            {
                supported++;
            }

            about |= tokens[i].Folded.Split(' ').Any(word => subject.Contains(source.Stemming.Stem(word)))
                || (tokens[i].IsUnspaced && index.GluedTitle.Contains(tokens[i].Folded, StringComparison.Ordinal));
        }

        if (content == 0)
        {
            violations.Add(new("no_content", "The title says nothing."));
        }
        else if (!about && !tokens.Exists(token => titleStems.Contains(source.Stemming.Stem(token.Folded)) && subject.Count == 0))
        {
            violations.Add(new("off_topic", "No word of the title or of the main phrases is left."));
        }
        else if (supported < content * LeastSupported)
        {
            violations.Add(new("off_topic", "Most of what the title says is not in the source."));
        }
    }
}
