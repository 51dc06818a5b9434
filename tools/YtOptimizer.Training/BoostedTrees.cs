using YtOptimizer.Analysis.Keyphrases;

namespace YtOptimizer.Training;

internal sealed record BoostingOptions(
    int Trees = 150,
    int Leaves = 12,
    double Rate = 0.08,
    int MinRows = 60,
    double L2 = 5,
    double FeatureShare = 0.4,
    double RowShare = 0.7,
    int Seed = 7
);

/// <summary>Gradient-boosted regression trees on log loss: histograms of 64 bins, best leaf first. Deterministic for a seed.</summary>
internal static class BoostedTrees
{
    private const int Bins = 64;

    public static (float Base, TreeNode[][] Trees) Fit(
        List<float[]> rows,
        List<float> labels,
        List<float> importance,
        List<int> groups,
        BoostingOptions options
    )
    {
        var n = rows.Count;
        var d = rows[0].Length;
        var (edges, binned) = Bin(rows, d);
        var positive = 0.0;
        var all = 0.0;
        for (var i = 0; i < n; i++)
        {
            positive += labels[i] * importance[i];
            all += importance[i];
        }

        var start = Math.Log(positive / (all - positive));
        var score = new double[n];
        Array.Fill(score, start);
        var gradient = new float[n];
        var hessian = new float[n];
        var random = new Xorshift(options.Seed);
        var trees = new List<TreeNode[]>();
        var groupCount = groups.Count == 0 ? 0 : groups.Max() + 1;
        for (var t = 0; t < options.Trees; t++)
        {
            for (var i = 0; i < n; i++)
            {
                var p = 1 / (1 + Math.Exp(-score[i]));
                gradient[i] = (float)(importance[i] * (p - labels[i]));
                hessian[i] = (float)(importance[i] * p * (1 - p));
            }

            var chosen = new bool[groupCount];
            for (var g = 0; g < groupCount; g++)
            {
                chosen[g] = random.NextDouble() < options.RowShare;
            }

            var features = Enumerable.Range(0, d).Where(_ => random.NextDouble() < options.FeatureShare).ToArray();
            var sample = Enumerable.Range(0, n).Where(i => chosen[groups[i]]).ToArray();
            if (features.Length == 0 || sample.Length == 0)
            {
                continue;
            }

            var tree = Grow(binned, edges, gradient, hessian, sample, features, options);
            trees.Add(tree);
            for (var i = 0; i < n; i++)
            {
                var node = tree[0];
                var row = rows[i];
                while (node.Feature >= 0)
                {
                    node = tree[row[node.Feature] <= node.Threshold ? node.Left : node.Right];
                }

                score[i] += node.Threshold;
            }
        }

        return ((float)start, [.. trees]);
    }

    private static TreeNode[] Grow(
        byte[][] binned,
        float[][] edges,
        float[] gradient,
        float[] hessian,
        int[] sample,
        int[] features,
        BoostingOptions options
    )
    {
        var nodes = new List<TreeNode> { default };
        var leaves = new List<Leaf> { Leaf.Create(0, sample, binned, gradient, hessian, features, options) };
        while (leaves.Count < options.Leaves)
        {
            var best = leaves
                .Where(leaf => leaf.Gain > 1e-6)
                .OrderByDescending(leaf => leaf.Gain)
                .ThenBy(leaf => leaf.Node)
                .FirstOrDefault();
            if (best is null)
            {
                break;
            }

            var left = best.Rows.Where(i => binned[best.Feature][i] <= best.Bin).ToArray();
            var right = best.Rows.Where(i => binned[best.Feature][i] > best.Bin).ToArray();
            var leftNode = nodes.Count;
            nodes.Add(default);
            nodes.Add(default);
            nodes[best.Node] = new TreeNode((short)best.Feature, edges[best.Feature][best.Bin], (short)leftNode, (short)(leftNode + 1));
            leaves.Remove(best);
            leaves.Add(Leaf.Create(leftNode, left, binned, gradient, hessian, features, options));
            leaves.Add(Leaf.Create(leftNode + 1, right, binned, gradient, hessian, features, options));
        }

        foreach (var leaf in leaves)
        {
            nodes[leaf.Node] = new TreeNode(-1, (float)(-options.Rate * leaf.G / (leaf.H + options.L2)), 0, 0);
        }

        return [.. nodes];
    }

    private static (float[][] Edges, byte[][] Binned) Bin(List<float[]> rows, int d)
    {
        var edges = new float[d][];
        var binned = new byte[d][];
        for (var j = 0; j < d; j++)
        {
            var values = rows.Select(row => row[j]).Order().ToArray();
            var distinct = values.Distinct().Take(Bins + 1).ToArray();
            edges[j] =
                distinct.Length <= Bins
                    ? distinct
                    :
                    [
                        .. Enumerable
                            .Range(1, Bins)
                            .Select(k => values[Math.Min(values.Length - 1, (int)((long)values.Length * k / Bins))])
                            .Distinct(),
                    ];
            binned[j] = new byte[rows.Count];
            for (var i = 0; i < rows.Count; i++)
            {
                var at = Array.BinarySearch(edges[j], rows[i][j]);
                binned[j][i] = (byte)Math.Min(at >= 0 ? at : ~at, edges[j].Length - 1);
            }
        }

        return (edges, binned);
    }

    private sealed class Leaf
    {
        public required int Node { get; init; }

        public required int[] Rows { get; init; }

        public double G { get; private set; }

        public double H { get; private set; }

        public double Gain { get; private set; }

        public int Feature { get; private set; }

        public int Bin { get; private set; }

        public static Leaf Create(
            int node,
            int[] rows,
            byte[][] binned,
            float[] gradient,
            float[] hessian,
            int[] features,
            BoostingOptions options
        )
        {
            var leaf = new Leaf { Node = node, Rows = rows };
            foreach (var i in rows)
            {
                leaf.G += gradient[i];
                leaf.H += hessian[i];
            }

            if (rows.Length < 2 * options.MinRows)
            {
                return leaf;
            }

            var g = new double[Bins];
            var h = new double[Bins];
            var c = new int[Bins];
            var parent = leaf.G * leaf.G / (leaf.H + options.L2);
            foreach (var feature in features)
            {
                Array.Clear(g);
                Array.Clear(h);
                Array.Clear(c);
                var column = binned[feature];
                foreach (var i in rows)
                {
                    var bin = column[i];
                    g[bin] += gradient[i];
                    h[bin] += hessian[i];
                    c[bin]++;
                }

                double gl = 0,
                    hl = 0;
                var cl = 0;
                for (var bin = 0; bin < Bins - 1; bin++)
                {
                    gl += g[bin];
                    hl += h[bin];
                    cl += c[bin];
                    if (cl < options.MinRows)
                    {
                        continue;
                    }

                    if (rows.Length - cl < options.MinRows)
                    {
                        break;
                    }

                    var gr = leaf.G - gl;
                    var hr = leaf.H - hl;
                    var gain = (gl * gl / (hl + options.L2)) + (gr * gr / (hr + options.L2)) - parent;
                    if (gain > leaf.Gain)
                    {
                        leaf.Gain = gain;
                        leaf.Feature = feature;
                        leaf.Bin = bin;
                    }
                }
            }

            return leaf;
        }
    }
}

/// <summary>Small generator with a fixed sequence on every platform.</summary>
internal sealed class Xorshift(int seed)
{
    private ulong state = ((ulong)seed * 0x9E3779B97F4A7C15UL) | 1;

    public ulong Next()
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    }

    public double NextDouble() => (Next() >> 11) / (double)(1UL << 53);

    public int Next(int limit) => (int)(Next() % (ulong)limit);
}
