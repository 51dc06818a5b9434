using YtOptimizer.Analysis.Input;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Stretches that only the suggestion tells, tags that no text knows, what a "not" denies.</summary>
public sealed class GuardNoveltyTests
{
    private static readonly VideoInput Kiln = new()
    {
        Title = "Firing a clay teapot in a black wood kiln",
        Description =
            "We load the kiln at dawn and fire the clay teapot for nine hours. Please do not open the door while the kiln is hot.\n"
            + "Tools: https://www.glazeworks-supply.example/shop\n",
        Tags = ["clay teapot", "wood kiln", "zanderbrook"],
        ChannelTitle = "Harbour Pottery",
    };

    private static readonly VideoInput Match = new()
    {
        Title = "이수근 강호동 당구 대결",
        Description = "이수근과 강호동의 당구 시합을 공개합니다.",
        ChannelTitle = "동네 당구장",
    };

    [Theory]
    [InlineData("We fire the clay teapot for nine hours, and neighbours complained about smoke damage.")]
    [InlineData("We load the kiln at dawn. Later burglars vandalised expensive equipment.")]
    public void CheckOpening_SeveralNewWordsInARow_IsRefused(string opening) =>
        Assert.Contains(Samples.Guard.For(Kiln).CheckOpening(opening).Violations, violation => violation.Code == "added_fact");

    [Theory]
    [InlineData("We load the kiln at dawn and fire the clay teapot for nine hours.")]
    [InlineData("How long does it take to fire a clay teapot? We load the kiln at dawn and wait.")]
    public void CheckOpening_TheSourceToldAgain_IsAccepted(string opening)
    {
        var result = Samples.Guard.For(Kiln).CheckOpening(opening);
        Assert.True(result.Accepted, string.Join(' ', result.Violations));
    }

    [Theory]
    [InlineData("zanderbrook", "unsupported_tag")]
    [InlineData("glazeworkssupply", "unsupported_word")]
    [InlineData("red wood kiln", "contradiction")]
    public void CheckTag_OfNoTextOrAgainstIt_IsRefused(string tag, string code) =>
        Assert.Contains(Samples.Guard.For(Kiln).CheckTag(tag).Violations, violation => violation.Code == code);

    [Theory]
    [InlineData("wood kiln")]
    [InlineData("clay teapot")]
    public void CheckTag_OfTheText_IsAccepted(string tag)
    {
        var result = Samples.Guard.For(Kiln).CheckTag(tag);
        Assert.True(result.Accepted, string.Join(' ', result.Violations));
    }

    [Fact]
    public void CheckTag_OneLetterOfAKoreanName_IsAMisspelling() =>
        Assert.Contains(Samples.Guard.For(Match).CheckTag("강호둥 당구").Violations, violation => violation.Code == "misspelled");

    [Fact]
    public void CheckTitle_DeniesWhatTheSourceDoesNot_IsRefused() =>
        Assert.Contains(Samples.Guard.For(Kiln).CheckTitle("Why you should not fire a clay teapot in a wood kiln").Violations, violation =>
            violation.Code == "negation_added"
        );

    [Fact]
    public void CheckTitle_NotOnly_DeniesNothing() =>
        Assert.DoesNotContain(Samples.Guard.For(Kiln).CheckTitle("Firing not only a clay teapot in a wood kiln").Violations, violation =>
            violation.Code is "negation_added" or "negation_lost"
        );
}
