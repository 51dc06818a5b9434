using System.Numerics;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>
/// The leaves that rows reach in regression trees, for as many rows at once as a vector has lanes, without a branch (QuickScorer by
/// Lucchese et al., SIGIR 2015): leaves are bits from left to right, a split that fails takes those to its left away, and what is left
/// first is reached. The sums are those of a walk down the trees, to the last bit.
/// </summary>
internal sealed class LeafMasks
{
    private const int MostLeaves = 32;

    private readonly Tree[] trees;

    private LeafMasks(Tree[] trees) => this.trees = trees;

    /// <summary>Null when a tree has more leaves than a mask has bits.</summary>
    public static LeafMasks? Of(TreeNode[][] trees) =>
        Array.TrueForAll(trees, tree => tree.Count(node => node.Feature < 0) <= MostLeaves)
            ? new LeafMasks(Array.ConvertAll(trees, Tree.Of))
            : null;

    /// <summary>Adds what each row gets of each tree, in the order of the trees.</summary>
    public void AddTo(double[] sums, float[][] rows)
    {
        var lanes = Vector<float>.Count;
        var stride = (rows.Length + lanes - 1) / lanes * lanes;
        var columns = Columns(rows, stride);
        Span<int> left = stackalloc int[lanes];
        foreach (var tree in trees)
        {
            WorkMeter.Count(rows.Length);
            for (var first = 0; first < rows.Length; first += lanes)
            {
                var leaves = new Vector<int>(-1);
                foreach (ref readonly var split in tree.Splits.AsSpan())
                {
                    var values = new Vector<float>(columns, (split.Feature * stride) + first);
                    var holds = Vector.LessThanOrEqual(values, new Vector<float>(split.Threshold));
                    leaves &= holds | new Vector<int>(split.Kept);
                }

                leaves.CopyTo(left);
                var end = Math.Min(lanes, rows.Length - first);
                for (var lane = 0; lane < end; lane++)
                {
                    sums[first + lane] += tree.Values[BitOperations.TrailingZeroCount(left[lane])];
                }
            }
        }
    }

    private static float[] Columns(float[][] rows, int stride)
    {
        var features = rows.Length == 0 ? 0 : rows[0].Length;
        var columns = new float[features * stride];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var feature = 0; feature < features; feature++)
            {
                columns[(feature * stride) + i] = rows[i][feature];
            }
        }

        return columns;
    }

    /// <param name="Kept">The leaves that are still possible when the split fails.</param>
    private readonly record struct Split(int Feature, float Threshold, int Kept);

    private sealed record Tree(Split[] Splits, float[] Values)
    {
        public static Tree Of(TreeNode[] nodes)
        {
            var splits = new List<Split>();
            var values = new List<float>();
            Collect(nodes, 0, splits, values);
            return new Tree([.. splits], [.. values]);
        }

        private static void Collect(TreeNode[] nodes, int at, List<Split> splits, List<float> values)
        {
            var node = nodes[at];
            if (node.Feature < 0)
            {
                values.Add(node.Threshold);
                return;
            }

            var first = values.Count;
            Collect(nodes, node.Left, splits, values);
            var left = ((1L << values.Count) - 1) & ~((1L << first) - 1);
            splits.Add(new Split(node.Feature, node.Threshold, (int)~left));
            Collect(nodes, node.Right, splits, values);
        }
    }
}
