using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Things that a talk comes back to again and again, for a list of few tags.</summary>
internal static class SpokenTags
{
    private const int Most = 6;
    private const int Often = 3;
    private const int MostWords = 3;
    private const int LeastWord = 3;

    /// <summary>A phrase said twice has to be worth at least this share of what the talk is most about.</summary>
    private const double LeastShare = 0.33;

    public static IEnumerable<string> Of(Source source, GroundingRules rules)
    {
        if (source.Input.Transcript is null)
        {
            return [];
        }

        var topics = SpokenReading.Of(source.Input.Transcript).Topics(source.Language.Code, source.Model.Lexicon);
        return topics
            .Where(topic => topic.IsStated || IsTag(source, topic, topics[0].Value * LeastShare))
            .Select(topic => topic.Text)
            .Where(text => rules.IsShownTag(TagWriter.Display(text), likely: true))
            .Take(Most);
    }

    private static bool IsTag(Source source, SpokenTopic topic, double least)
    {
        var words = topic.Key.Split(' ');
        var roles = WordRoles.For(source.Language.Code);
        return (topic.Count >= Often || (words.Length > 1 && topic.Count > 1 && topic.Value >= least))
            && words.Length <= MostWords
            && topic.Stems.Length == words.Length
            && words.All(word => !roles.Vague.Contains(word) && !roles.Weak.Contains(word) && !source.StopWords.Contains(word))
            && (
                words.Length > 1
                || (topic.Key.Length >= LeastWord || Scripts.IsUnspaced(Scripts.OfFirst(topic.Key))) && !source.IsEveryday(topic.Key)
            )
            && words.Distinct(StringComparer.Ordinal).Count() == words.Length;
    }
}
