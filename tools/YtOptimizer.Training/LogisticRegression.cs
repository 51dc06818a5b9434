namespace YtOptimizer.Training;

/// <summary>L2-regularised logistic regression by Newton steps (iteratively reweighted least squares) on standardised features.</summary>
internal static class LogisticRegression
{
    public static (float[] Means, float[] Scales, float[] Weights, float Bias) Fit(
        List<float[]> rows,
        List<float> labels,
        List<float> importance,
        double l2
    )
    {
        var d = rows[0].Length;
        var n = rows.Count;
        var means = new double[d];
        var scales = new double[d];
        foreach (var row in rows)
        {
            for (var j = 0; j < d; j++)
            {
                means[j] += row[j] / (double)n;
            }
        }

        foreach (var row in rows)
        {
            for (var j = 0; j < d; j++)
            {
                scales[j] += Math.Pow(row[j] - means[j], 2) / n;
            }
        }

        for (var j = 0; j < d; j++)
        {
            scales[j] = scales[j] < 1e-12 ? 1 : Math.Sqrt(scales[j]);
        }

        var beta = new double[d + 1];
        var x = new double[d + 1];
        for (var iteration = 0; iteration < 12; iteration++)
        {
            var gradient = new double[d + 1];
            var hessian = new double[d + 1, d + 1];
            for (var i = 0; i < n; i++)
            {
                var row = rows[i];
                x[d] = 1;
                var z = beta[d];
                for (var j = 0; j < d; j++)
                {
                    x[j] = (row[j] - means[j]) / scales[j];
                    z += beta[j] * x[j];
                }

                var p = 1 / (1 + Math.Exp(-z));
                var error = importance[i] * (p - labels[i]);
                var weight = Math.Max(1e-6, importance[i] * p * (1 - p));
                for (var j = 0; j <= d; j++)
                {
                    gradient[j] += error * x[j];
                    var wx = weight * x[j];
                    if (wx == 0)
                    {
                        continue;
                    }

                    for (var k = j; k <= d; k++)
                    {
                        hessian[j, k] += wx * x[k];
                    }
                }
            }

            for (var j = 0; j < d; j++)
            {
                gradient[j] += l2 * beta[j];
                hessian[j, j] += l2;
            }

            hessian[d, d] += 1e-6;
            var step = Solve(hessian, gradient);
            var size = 0.0;
            for (var j = 0; j <= d; j++)
            {
                beta[j] -= step[j];
                size = Math.Max(size, Math.Abs(step[j]));
            }

            if (size < 1e-4)
            {
                break;
            }
        }

        return (
            [.. means.Select(v => (float)v)],
            [.. scales.Select(v => (float)v)],
            [.. beta.Take(d).Select(v => (float)v)],
            (float)beta[d]
        );
    }

    // Cholesky on the upper triangle.
    private static double[] Solve(double[,] a, double[] b)
    {
        var n = b.Length;
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[j, i];
                for (var k = 0; k < j; k++)
                {
                    sum -= l[i, k] * l[j, k];
                }

                l[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-9)) : sum / l[j, j];
            }
        }

        var y = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sum = b[i];
            for (var k = 0; k < i; k++)
            {
                sum -= l[i, k] * y[k];
            }

            y[i] = sum / l[i, i];
        }

        var x = new double[n];
        for (var i = n - 1; i >= 0; i--)
        {
            var sum = y[i];
            for (var k = i + 1; k < n; k++)
            {
                sum -= l[k, i] * x[k];
            }

            x[i] = sum / l[i, i];
        }

        return x;
    }
}
