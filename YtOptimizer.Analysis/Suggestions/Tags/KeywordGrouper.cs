using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Sorts the ranked phrases into groups. No search volumes: nobody outside YouTube knows them.</summary>
internal static class KeywordGrouper
{
    private const double Worth = 0.04;

    public static KeywordGroups Group(Source source)
    {
        var primary = new List<Keyword>();
        var secondary = new List<Keyword>();
        var longTail = new List<Keyword>();
        if (source.Primary is { } main)
        {
            primary.Add(Word(main));
        }

        foreach (var phrase in source.Phrases)
        {
            if (phrase.Probability < Worth && primary.Count + secondary.Count >= 3)
            {
                break;
            }

            if (
                phrase.Key == source.Primary?.Key
                || phrase.Candidate.Has(CandidateMarks.EdgeStop | CandidateMarks.WholeTitle)
                || phrase.Key.Length < 2
            )
            {
                continue;
            }

            if (phrase.Candidate.Words.Length >= 3)
            {
                if (longTail.Count < 6)
                {
                    longTail.Add(Word(phrase));
                }
            }
            else if (primary.Count < 2 && phrase.Probability > 0.3 && phrase.Candidate.TitleCount > 0)
            {
                primary.Add(Word(phrase));
            }
            else if (secondary.Count < 6)
            {
                secondary.Add(Word(phrase));
            }
        }

        return new KeywordGroups
        {
            Primary = primary,
            Secondary = secondary,
            LongTail = longTail,
        };
    }

    private static Keyword Word(RankedPhrase phrase) =>
        new(
            TagWriter.Display(phrase.Surface),
            Math.Round(phrase.Probability, 3),
            phrase.Candidate.HashtagCount > 0 ? "hashtag"
                : phrase.Candidate.TitleCount > 0 ? "title"
                : "description"
        );
}
