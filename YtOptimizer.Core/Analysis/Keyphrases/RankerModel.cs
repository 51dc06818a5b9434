namespace YtOptimizer.Core.Analysis.Keyphrases;

/// <summary>One split of a regression tree; leaves have <see cref="Feature"/> −1 and the value in <see cref="Threshold"/>.</summary>
internal readonly record struct TreeNode(short Feature, float Threshold, short Left, short Right);

/// <summary>
/// Probability that a creator would use a phrase as a tag: a logistic model and boosted trees over the same features, their log-odds averaged.
/// </summary>
internal sealed class RankerModel(float[] means, float[] scales, float[] weights, float bias, float treeBase, TreeNode[][] trees, float treeShare)
{
    public float[] Means { get; } = means;

    public float[] Scales { get; } = scales;

    public float[] Weights { get; } = weights;

    public float Bias { get; } = bias;

    public float TreeBase { get; } = treeBase;

    public TreeNode[][] Trees { get; } = trees;

    public float TreeShare { get; } = treeShare;

    public double LogOdds(float[] row)
    {
        var linear = TreeShare < 1 ? Linear(row) : 0;
        var boosted = TreeShare > 0 ? Boosted(row) : 0;
        return ((1 - TreeShare) * linear) + (TreeShare * boosted);
    }

    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    public double Linear(float[] row)
    {
        double sum = Bias;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += Weights[i] * ((row[i] - Means[i]) / Scales[i]);
        }

        return sum;
    }

    public double Boosted(float[] row)
    {
        double sum = TreeBase;
        foreach (var tree in Trees)
        {
            var node = tree[0];
            while (node.Feature >= 0)
            {
                node = tree[row[node.Feature] <= node.Threshold ? node.Left : node.Right];
            }

            sum += node.Threshold;
        }

        return sum;
    }
}
