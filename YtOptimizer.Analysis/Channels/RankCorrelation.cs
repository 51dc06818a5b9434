namespace YtOptimizer.Analysis.Channels;

/// <summary>Whether two lists of numbers rise together.</summary>
internal static class RankCorrelation
{
    /// <summary>Spearman's ρ; ties share their mean rank, 0 where one list is constant.</summary>
    public static double Spearman(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var x = Ranks(a);
        var y = Ranks(b);
        var mean = (x.Length - 1) / 2.0;
        double sxy = 0,
            sxx = 0,
            syy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            sxy += (x[i] - mean) * (y[i] - mean);
            sxx += (x[i] - mean) * (x[i] - mean);
            syy += (y[i] - mean) * (y[i] - mean);
        }

        return sxx == 0 || syy == 0 ? 0 : sxy / Math.Sqrt(sxx * syy);
    }

    /// <summary>95 % interval by Fisher's transformation, with the variance that ranks have (Bonett and Wright 2000).</summary>
    public static (double Low, double High) Interval(double rho, int count)
    {
        if (count < 4)
        {
            return (-1, 1);
        }

        var half = 1.96 * Math.Sqrt((1 + (rho * rho / 2)) / (count - 3));
        var middle = Math.Atanh(Math.Clamp(rho, -0.999_999, 0.999_999));
        return (Math.Tanh(middle - half), Math.Tanh(middle + half));
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var i = 0; i < order.Length; )
        {
            var j = i;
            while (j < order.Length && values[order[j]].Equals(values[order[i]]))
            {
                j++;
            }

            for (var k = i; k < j; k++)
            {
                ranks[order[k]] = (i + j - 1) / 2.0;
            }

            i = j;
        }

        return ranks;
    }
}
