using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>
/// Cuts speech into parts by topic: each place gets a value from the pause before it, from how plainly its words open something new, and
/// from how much the vocabulary changes there; the best set of cuts under a preference for parts of usual length is found exactly, by
/// dynamic programming. The weights are round numbers, not fitted: each signal counts about one at a clear place.
/// </summary>
internal static class Segmentation
{
    private const double PauseWeight = 0.5;
    private const double MostPause = 6;
    private const double OpeningWeight = 0.8;
    private const double VocabularyWeight = 0.4;
    private const double CutCost = 1.4;
    private const double WithinSentence = 2;

    /// <summary>Where captions leave no pauses, the other signals have to do.</summary>
    private const double CutCostWithoutPauses = 0.8;
    private const double LengthSpread = 0.5;
    private const double LongestInUsual = 4;
    private const double WindowSeconds = 25;
    private const double CohesionWeight = 8;

    /// <summary>Sentences of four hours; the square of it is looked at.</summary>
    private const int MostPlaces = 4000;

    /// <summary>Indexes of the units that begin a part, the first included.</summary>
    /// <param name="stems">Content stems of each unit.</param>
    /// <param name="shortest">Least length of a part, in seconds.</param>
    public static List<int> Cut(IReadOnlyList<SpokenUnit> units, IReadOnlyList<string[]> stems, TimeSpan end, double shortest)
    {
        var total = end.TotalSeconds;
        var usual = total / UsualParts(total);
        var value = Values(units, stems, out var hasPauses);
        var cost = hasPauses ? CutCost : CutCostWithoutPauses;
        var places = Places(value);
        var cohesion = new Cohesion(stems, usual / total);
        var best = new double[places.Length];
        var from = new int[places.Length];
        Array.Fill(best, double.NegativeInfinity);
        best[0] = 0;
        for (var j = 1; j < places.Length; j++)
        {
            var stop = places[j] < units.Count ? units[places[j]].Start.TotalSeconds : total;
            cohesion.Begin();
            for (var i = j - 1; i >= 0; i--)
            {
                for (var unit = places[i + 1] - 1; unit >= places[i]; unit--)
                {
                    WorkMeter.Count();
                    cohesion.Add(unit);
                }

                var length = stop - (i == 0 ? 0 : units[places[i]].Start.TotalSeconds);
                // One part may be longer than that only when nothing else ends here.
                if (length > LongestInUsual * usual && best[j] > double.NegativeInfinity)
                {
                    break;
                }

                if (length < shortest || double.IsNegativeInfinity(best[i]))
                {
                    continue;
                }

                var off = Math.Log(length / usual) / LengthSpread;
                var sum = best[i] + (i == 0 ? 0 : value[places[i]]) - (0.5 * off * off) - cost - (CohesionWeight * cohesion.Cost);
                if (sum > best[j])
                {
                    best[j] = sum;
                    from[j] = i;
                }
            }
        }

        var cuts = new List<int>();
        for (var j = places.Length - 1; j > 0 && !double.IsNegativeInfinity(best[j]); j = from[j])
        {
            cuts.Add(places[from[j]]);
        }

        cuts.Reverse();
        return cuts;
    }

    /// <summary>Where a part may begin, and the end: every unit, or of very many those that look most like a beginning.</summary>
    private static int[] Places(double[] value)
    {
        var all = Enumerable.Range(1, Math.Max(0, value.Length - 1));
        var likely = value.Length <= MostPlaces ? all : all.OrderByDescending(i => value[i]).ThenBy(i => i).Take(MostPlaces).Order();
        return [0, .. likely, value.Length];
    }

    /// <summary>How many parts people make of a video: about 4 of a minute, 7 of five, 10 of twelve, 18 of an hour.</summary>
    private static double UsualParts(double seconds) => Math.Clamp(4.2 * Math.Pow(seconds / 60, 0.35), 3, 30);

    private static double[] Values(IReadOnlyList<SpokenUnit> units, IReadOnlyList<string[]> stems, out bool hasPauses)
    {
        var value = new double[units.Count];
        var pause = Pauses(units);
        hasPauses = pause.Max() > 1;
        var change = Vocabulary.Change(units, stems, WindowSeconds);
        var hasSentences = units.Count(unit => SpeechReader.EndsSentence(unit.Text)) * 2 > units.Count;
        for (var i = 1; i < units.Count; i++)
        {
            // The advertisement is no part of its own: it stays with what it interrupts.
            var interrupts = units[i].Kind == SpokenKind.Sponsor;
            value[i] = interrupts
                ? -MostPause
                : Math.Round((PauseWeight * pause[i]) + (OpeningWeight * units[i].Opening) + (VocabularyWeight * change[i]), 9)
                    - (hasSentences && !SpeechReader.EndsSentence(units[i - 1].Text) ? WithinSentence : 0);
        }

        return value;
    }

    // In robust standard deviations above the usual pause of this speaker: captions of one program have none, those of another many.
    private static double[] Pauses(IReadOnlyList<SpokenUnit> units)
    {
        var sorted = units.Skip(1).Select(unit => unit.Pause).Order().ToList();
        var middle = sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
        var spread = sorted.Select(pause => Math.Abs(pause - middle)).Order().ToList();
        var scale = 0.2 + (spread.Count == 0 ? 0 : 1.4826 * spread[spread.Count / 2]);
        return [.. units.Select(unit => Math.Clamp((unit.Pause - middle) / scale, 0, MostPause))];
    }
}
