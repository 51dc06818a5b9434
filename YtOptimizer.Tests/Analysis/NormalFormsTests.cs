using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

public class NormalFormsTests
{
    [Fact]
    public void IsStable_TextOfStableCharacters_IsItsOwnNormalForm()
    {
        var random = new Random(7);
        var stable = Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(NormalForms.IsStable).ToArray();
        Assert.True(stable.Length > 30_000);
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 40).Select(_ => stable[random.Next(stable.Length)]));
            Assert.Equal(text, text.Normalize(NormalizationForm.FormKC));
        }
    }

    [Theory]
    [InlineData('é', true)]
    [InlineData('ğ', true)]
    [InlineData('한', true)]
    [InlineData('猫', true)]
    [InlineData('ﬁ', false)]
    [InlineData('Ａ', false)]
    [InlineData('\u0301', false)]
    [InlineData('\u1161', false)]
    [InlineData('\u0E33', false)]
    [InlineData('\uD800', false)]
    public void IsStable_KnowsWhatChangesOrJoins(char c, bool expected) => Assert.Equal(expected, NormalForms.IsStable(c));
}
