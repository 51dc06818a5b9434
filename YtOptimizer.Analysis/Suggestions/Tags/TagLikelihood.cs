using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>How likely the creator is to use a phrase as a tag, with what the ranker does not know: who the creator is.</summary>
internal sealed class TagLikelihood
{
    // Added to the log-odds: creators tag what their channel is named after, and what others tag, a little more than the text tells.
    private const double NamedAfter = 0.6;
    private const double TaggedElsewhere = 0.1;
    private const int LeastName = 3;

    private readonly Lexicon lexicon;
    private readonly string channel;
    private readonly string glued;

    public TagLikelihood(Source source)
    {
        lexicon = source.Model.Lexicon;
        channel = Folding.Fold(TagWriter.ChannelTag(source) ?? "");
        glued = Glue(Folding.Fold(source.Input.ChannelTitle ?? ""));
    }

    /// <summary>Whether a phrase is the name of the channel, which is shown anyway.</summary>
    public bool IsChannel(RankedPhrase phrase) => phrase.Key == channel;

    /// <summary>The probability of a phrase.</summary>
    public double Of(RankedPhrase phrase)
    {
        var p = Math.Clamp(phrase.Probability, 0.0001, 0.9999);
        var odds =
            Math.Log(p / (1 - p))
            + (TaggedElsewhere * Math.Log(1 + lexicon.Phrase(phrase.Key, without: null).Tag))
            + (IsInName(phrase) ? NamedAfter : 0);
        // Rounded: the last bits of exp and log differ between processors.
        return Math.Round(RankerModel.Probability(odds), 6);
    }

    // A name's beginning or end, or words in its middle; a single word of it says less than the whole.
    private bool IsInName(RankedPhrase phrase)
    {
        var key = Glue(phrase.Key);
        return key.Length >= LeastName
            && !TagPhrases.IsWord(phrase)
            && (
                glued.StartsWith(key, StringComparison.Ordinal)
                || glued.EndsWith(key, StringComparison.Ordinal)
                || (" " + channel + " ").Contains(" " + phrase.Key + " ", StringComparison.Ordinal)
            );
    }

    private static string Glue(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
