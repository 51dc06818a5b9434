using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Tags by relevance per character, within YouTube's 500; the creator's fitting tags come first.</summary>
internal static class TagWriter
{
    public static TagSuggestion Write(Source source, int most)
    {
        var wanted = new List<(string Tag, double Value)>();
        if (source.Primary is { } primary)
        {
            wanted.Add((Display(primary.Surface), 3));
        }

        for (var i = 0; i < source.SafeTags.Count; i++)
        {
            var tag = source.SafeTags[i];
            if (tag.Length <= Limits.Tag && OtherChecks.IsRelevant(source, tag))
            {
                wanted.Add((Display(tag), 2 - (0.001 * i)));
            }
        }

        if (source.Primary is { } main)
        {
            foreach (var variant in Variants(main))
            {
                wanted.Add((variant, 1.5));
            }
        }

        foreach (var (phrase, weight) in source.Main.Skip(1).Where(main => PhraseQuality.IsPresentable(source, main.Phrase)))
        {
            wanted.Add((Display(phrase.Surface), Math.Min(1.4, 0.5 + weight)));
        }

        var words = wanted.SelectMany(pair => Folding.Fold(pair.Tag).Split(' ')).ToHashSet(StringComparer.Ordinal);
        foreach (var phrase in source.Phrases.Take(40))
        {
            // A single word that longer tags already hold adds little.
            var repeated = phrase.Candidate.Words is [var word] && words.Contains(word) && phrase.Probability < 0.35;
            if (!repeated && phrase.Probability > 0.08 && PhraseQuality.IsPresentable(source, phrase))
            {
                wanted.Add((Display(phrase.Surface), phrase.Probability));
            }
        }

        if (source.Input.ChannelTitle is { Length: > 1 and <= Limits.Tag } channel)
        {
            wanted.Add((Display(channel), 0.25));
        }

        return Fit(wanted, most, SuggestionSource.Deterministic);
    }

    /// <summary>The creator's tags as they are, null when there are none or they break YouTube's rule.</summary>
    public static TagSuggestion? Own(Source source)
    {
        var tags = source.SafeTags.Select(Display).Where(tag => tag.Length is > 0 and <= Limits.Tag).DistinctBy(Folding.Fold, StringComparer.Ordinal).ToList();
        return tags.Count > 0 && Limits.TagsLength(tags) <= Limits.TagsTotal ? new TagSuggestion(tags, Limits.TagsLength(tags), SuggestionSource.Deterministic) : null;
    }

    /// <summary>Best value first while it fits; ties go to the cheaper tag. Duplicates by matching form are dropped.</summary>
    public static TagSuggestion Fit(IEnumerable<(string Tag, double Value)> wanted, int most, SuggestionSource origin)
    {
        var tags = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var total = 0;
        foreach (var (tag, _) in wanted.OrderByDescending(pair => Band(pair.Value)).ThenByDescending(pair => pair.Value / (Limits.TagCost(pair.Tag) + 1)).ThenByDescending(pair => pair.Value).ThenBy(pair => pair.Tag, StringComparer.Ordinal))
        {
            var cost = Limits.TagCost(tag) + (tags.Count > 0 ? 1 : 0);
            var key = Folding.Fold(tag);
            if (tags.Count >= most || key.Length == 0 || tag.Length > Limits.Tag || total + cost > Limits.TagsTotal || seen.Contains(key))
            {
                continue;
            }

            seen.Add(key);
            tags.Add(tag);
            total += cost;
        }

        return new TagSuggestion(tags, Limits.TagsLength(tags), origin);
    }

    // Creator's tags stay in their order and before ours; ours compete by value per character.
    private static double Band(double value) => value >= 1.5 ? value : value >= 0.3 ? 1 : 0;

    private static IEnumerable<string> Variants(RankedPhrase phrase)
    {
        var surface = Display(phrase.Surface);
        var plain = Folding.StripDiacritics(surface);
        if (phrase.Candidate.Has(CandidateMarks.Latin) && Folding.Fold(plain) != phrase.Key)
        {
            yield return plain;
        }

        if (phrase.Candidate.Words.Length == 2 && phrase.Candidate.Capitalized > 0 && phrase.Key.Length <= 25)
        {
            yield return phrase.Key.Replace(" ", "", StringComparison.Ordinal);
        }
    }

    public static string Display(string text) =>
        Balanced(TextCleaner.Tidy(TextCleaner.ReplaceAngleBrackets(text).Replace(',', ' ').Replace('"', ' ')).TrimStart('#', '＃').Trim());

    // "(Official" is half of a pair that was cut at a comma.
    private static string Balanced(string tag) => tag.Count(c => c == '(') == tag.Count(c => c == ')') && tag.Count(c => c == '[') == tag.Count(c => c == ']') ? tag : tag.Trim('(', ')', '[', ']', ' ');
}
