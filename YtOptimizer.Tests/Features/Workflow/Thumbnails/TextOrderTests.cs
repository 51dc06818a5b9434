using YtOptimizer.Api.Features.Workflow;

namespace YtOptimizer.Tests.Features.Workflow.Thumbnails;

/// <summary>Order on the screen, from left to right. Parts that are read from the right are marked with &lt;.</summary>
public sealed class TextOrderTests
{
    [Theory]
    [InlineData("How to bake bread", "How to bake bread")]
    [InlineData("40 किलो टमाटर", "40 किलो टमाटर")]
    [InlineData("خبز في البيت", "<خبز في البيت")]
    // A number within Arabic is read from the left: 40, not 04.
    [InlineData("زرعت ٤٠ كيلو", "< كيلو|٤٠|<زرعت ")]
    [InlineData("زرعت 40 كيلو", "< كيلو|40|<زرعت ")]
    [InlineData("خصم 12.5% اليوم", "< اليوم|12.5%|<خصم ")]
    [InlineData("دورة Python كاملة", "< كاملة|Python|<دورة ")]
    [InlineData("دورة Python 3 كاملة", "< كاملة|Python 3|<دورة ")]
    [InlineData("Learn عربي today", "Learn |<عربي| today")]
    [InlineData("שלום!", "<שלום!")]
    [InlineData("", "")]
    public void Parts_AreInTheOrderOfTheScreen(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', TextOrder.Parts(line).Select(part => (part.RightToLeft ? "<" : "") + part.Text)));

    [Theory]
    [InlineData("12 طريقة", true)]
    [InlineData("12 ways", false)]
    [InlineData("在阳台上", false)]
    [InlineData("!!", false)]
    public void Direction_IsThatOfTheFirstLetter(string text, bool rightToLeft) => Assert.Equal(rightToLeft, TextOrder.IsRightToLeft(text));
}
