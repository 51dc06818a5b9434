using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>One split of a regression tree; leaves have <see cref="Feature"/> −1 and the value in <see cref="Threshold"/>.</summary>
internal readonly record struct TreeNode(short Feature, float Threshold, short Left, short Right);

/// <summary>
/// Probability that a creator would use a phrase as a tag: a logistic model and boosted trees over the same features, their log-odds
/// averaged.
/// </summary>
internal sealed class RankerModel(
    float[] means,
    float[] scales,
    float[] weights,
    float bias,
    float treeBase,
    TreeNode[][] trees,
    float treeShare
)
{
    private readonly LeafMasks? masks = LeafMasks.Of(trees);

    public float[] Means { get; } = means;

    public float[] Scales { get; } = scales;

    public float[] Weights { get; } = weights;

    public float Bias { get; } = bias;

    public float TreeBase { get; } = treeBase;

    public TreeNode[][] Trees { get; } = trees;

    public float TreeShare { get; } = treeShare;

    /// <summary>Log-odds of each row, in their order.</summary>
    public double[] LogOdds(float[][] rows)
    {
        var linear = TreeShare < 1 ? Linear(rows) : new double[rows.Length];
        var boosted = TreeShare > 0 ? Boosted(rows) : new double[rows.Length];
        return [.. linear.Select((odds, i) => ((1 - TreeShare) * odds) + (TreeShare * boosted[i]))];
    }

    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    public double[] Linear(float[][] rows) => Array.ConvertAll(rows, row =>
        {
            double sum = Bias;
            for (var i = 0; i < Weights.Length; i++)
            {
                sum += Weights[i] * ((row[i] - Means[i]) / Scales[i]);
            }

            return sum;
        });

    public double[] Boosted(float[][] rows)
    {
        var sums = new double[rows.Length];
        Array.Fill(sums, TreeBase);
        if (masks is not null)
        {
            masks.AddTo(sums, rows);
        }
        else
        {
            Walk(sums, rows);
        }

        return sums;
    }

    /// <summary>The same for trees of any size. Tree by tree, not row by row: a tree stays in the nearest cache for all rows.</summary>
    internal void Walk(double[] sums, float[][] rows)
    {
        foreach (var tree in Trees)
        {
            WorkMeter.Count(rows.Length);
            for (var i = 0; i < rows.Length; i++)
            {
                var row = rows[i];
                ref readonly var node = ref tree[0];
                while (node.Feature >= 0)
                {
                    node = ref tree[row[node.Feature] <= node.Threshold ? node.Left : node.Right];
                }

                sums[i] += node.Threshold;
            }
        }
    }
}
