namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>
/// Upper bounds of the histograms, in seconds. They contain every bound of the product contract (HTTP .1 .5 1 2 5 10, database
/// .01 .05 .1 .5 1 2, AI 1 5 10 30 60), so "slower than 2 s" is answered exactly, without interpolation.
/// </summary>
public static class LatencyBuckets
{
    public static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60];

    /// <summary>Index of the bucket that takes <paramref name="seconds"/>; the last one has no upper bound.</summary>
    public static int IndexOf(double seconds)
    {
        for (var i = 0; i < Bounds.Length; i++)
        {
            if (seconds <= Bounds[i])
            {
                return i;
            }
        }

        return Bounds.Length;
    }

    /// <summary>
    /// The value below which <paramref name="quantile"/> (0–1) of the observations lie, in seconds, interpolated inside its bucket
    /// as Prometheus' histogram_quantile does; null without observations. Beyond the last bound the last bound is returned.
    /// </summary>
    public static double? Quantile(IReadOnlyList<long> counts, double quantile)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var total = counts.Sum();
        if (total == 0)
        {
            return null;
        }

        var rank = quantile * total;
        double before = 0;
        for (var i = 0; i < counts.Count; i++)
        {
            if (counts[i] > 0 && before + counts[i] >= rank)
            {
                if (i >= Bounds.Length)
                {
                    return Bounds[^1];
                }

                var lower = i == 0 ? 0 : Bounds[i - 1];
                return lower + ((Bounds[i] - lower) * ((rank - before) / counts[i]));
            }

            before += counts[i];
        }

        return Bounds[^1];
    }
}
