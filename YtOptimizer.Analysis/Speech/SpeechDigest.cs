using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>The sentences of a long talk that say most about it, in their order.</summary>
internal static class SpeechDigest
{
    /// <param name="longest">In UTF-16 characters.</param>
    public static string Of(SpokenText speech, Func<string, IEnumerable<string>> stemsOf, int longest)
    {
        if (speech.Body.Length <= longest)
        {
            return speech.Body;
        }

        var units = speech.Units.Where(unit => unit.Kind == SpokenKind.Speech).ToList();
        var stems = units.ConvertAll(unit => stemsOf(unit.Text).ToHashSet(StringComparer.Ordinal));
        var holders = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var stem in stems.SelectMany(set => set))
        {
            WorkMeter.Count(2);
            holders[stem] = holders.GetValueOrDefault(stem) + 1;
        }

        // Words that come back count, words of nearly every sentence do not.
        var half = units.Count / 2.0;
        var value = stems.ConvertAll(set =>
            set.Count == 0 ? 0 : Math.Round(set.Sum(stem => holders[stem] > half ? 0 : Math.Log(holders[stem])) / Math.Sqrt(set.Count), 9)
        );
        var kept = new SortedSet<int>();
        var length = 0;
        foreach (var i in Enumerable.Range(0, units.Count).OrderByDescending(i => value[i]).ThenBy(i => i))
        {
            WorkMeter.Count();
            if (length + units[i].Text.Length > longest)
            {
                break;
            }

            kept.Add(i);
            length += units[i].Text.Length + 1;
        }

        return string.Join('\n', kept.Select(i => units[i].Text));
    }
}
