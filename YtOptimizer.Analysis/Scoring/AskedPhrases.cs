using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>The main phrases a title or an opening can be asked to hold: not the channel's, host's or show's name, which YouTube shows
/// beside the title anyway, unless the title itself is about it.</summary>
internal static class AskedPhrases
{
    public static IReadOnlyList<WeightedPhrase> Of(Source source)
    {
        var asked = source
            .Main.Where(main => main.Phrase.Candidate.TitleCount > 0 || !TitleSegments.IsChannel(main.Phrase.Surface, source))
            .ToList();
        return asked.Count > 0 ? asked : source.Main;
    }

    /// <summary>The first of them that is more than one everyday word ("first"), else the first; null where there is none.</summary>
    public static RankedPhrase? First(Source source)
    {
        var asked = Of(source);
        foreach (var (phrase, _) in asked)
        {
            if (phrase.Candidate.Words.Length > 1 || !source.IsEveryday(phrase.Key))
            {
                return phrase;
            }
        }

        return asked.Count > 0 ? asked[0].Phrase : null;
    }
}
