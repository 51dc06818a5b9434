using CsCheck;
using YtOptimizer.Analysis.Keyphrases;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Trees for several rows at once give the sums of a walk down each tree, to the last bit.</summary>
public sealed class LeafMasksTests
{
    private const int Features = 6;

    private static readonly Gen<float> Value = Gen.OneOf(
        Gen.Float[-2, 2],
        Gen.Int[0, 2].Select(i => (float)i),
        Gen.Const(float.NaN),
        Gen.Const(float.PositiveInfinity),
        Gen.Const(float.NegativeInfinity)
    );

    private static readonly Gen<TreeNode[]> Tree = Gen.Select(Gen.Int[0, 31], Gen.Int[0, 1_000_000]).Select(Grow);

    [Fact]
    public void AddTo_AnyTreesAndRows_IsTheWalk() =>
        Gen.Select(Tree.Array[1, 12], Value.Array[Features].Array[0, 40])
            .Sample(pair =>
            {
                var (trees, rows) = pair;
                var model = new RankerModel([], [], [], 0, 0.1f, trees, 1);
                var walked = Enumerable.Repeat((double)model.TreeBase, rows.Length).ToArray();
                model.Walk(walked, rows);

                Assert.NotNull(LeafMasks.Of(trees));
                Assert.Equal(walked, model.Boosted(rows));
            });

    [Fact]
    public void Boosted_TreeOfMoreLeavesThanAMaskHasBits_IsWalked()
    {
        var tree = Grow((40, 7));
        var model = new RankerModel([], [], [], 0, 0.1f, [tree], 1);
        float[][] rows =
        [
            [0, 0, 0, 0, 0, 0],
            [1, 1, 1, 1, 1, 1],
            [-1, 2, -1, 2, -1, 2],
        ];
        double[] walked = [0.1f, 0.1f, 0.1f];
        model.Walk(walked, rows);

        Assert.Null(LeafMasks.Of([tree]));
        Assert.Equal(walked, model.Boosted(rows));
    }

    /// <summary>A tree that has been split so often, each time at a leaf that the seed chooses.</summary>
    private static TreeNode[] Grow((int Splits, int Seed) shape)
    {
        var random = new Random(shape.Seed);
        var nodes = new List<TreeNode> { Leaf(random) };
        for (var i = 0; i < shape.Splits; i++)
        {
            var leaves = Enumerable.Range(0, nodes.Count).Where(at => nodes[at].Feature < 0).ToList();
            var at = leaves[random.Next(leaves.Count)];
            var left = (short)nodes.Count;
            nodes.Add(Leaf(random));
            nodes.Add(Leaf(random));
            nodes[at] = new TreeNode((short)random.Next(Features), random.Next(-2, 3), left, (short)(left + 1));
        }

        return [.. nodes];
    }

    private static TreeNode Leaf(Random random) => new(-1, (float)((random.NextDouble() * 2) - 1), 0, 0);
}
