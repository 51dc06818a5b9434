using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

public class FoldingTests
{
    [Fact]
    public void HasNoUpperCase_EveryScalar_LowersToItself()
    {
        var wrong = Enumerable
            .Range(0, 0x110000)
            .Where(Rune.IsValid)
            .Select(value => new Rune(value))
            .Where(rune => Folding.HasNoUpperCase(rune) && Rune.ToLowerInvariant(rune) != rune)
            .Select(rune => $"U+{rune.Value:X4}");
        Assert.Empty(wrong);
    }
}
