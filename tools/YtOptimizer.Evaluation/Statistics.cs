namespace YtOptimizer.Evaluation;

internal readonly record struct Hits(double P5, double P10, double R10)
{
    public static Hits Of(IReadOnlyList<string> predicted, HashSet<string> gold)
    {
        var distinct = predicted.Distinct(StringComparer.Ordinal).Take(10).ToList();
        var h5 = distinct.Take(5).Count(gold.Contains);
        var h10 = distinct.Count(gold.Contains);
        return new Hits(h5 / 5.0, h10 / 10.0, gold.Count == 0 ? 0 : (double)h10 / gold.Count);
    }
}

/// <summary>Own code, so that the intervals of earlier runs stay comparable: a library draws other samples.</summary>
internal static class Statistics
{
    private const int BootstrapRounds = 2000;

    /// <summary>Mean and 95 % interval by drawing with replacement; the same draws every time.</summary>
    public static Interval Bootstrap(double[] values)
    {
        if (values.Length == 0)
        {
            return new Interval(0, 0, 0);
        }

        var state = 0x9E3779B97F4A7C15UL;
        var means = new double[BootstrapRounds];
        for (var round = 0; round < BootstrapRounds; round++)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                sum += values[(int)(state % (ulong)values.Length)];
            }

            means[round] = sum / values.Length;
        }

        Array.Sort(means);
        return new Interval(
            Math.Round(values.Average(), 4),
            Math.Round(means[(int)(BootstrapRounds * 0.025)], 4),
            Math.Round(means[(int)(BootstrapRounds * 0.975)], 4)
        );
    }
}
