using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What is said about a title's promise is true to a reader: other forms and scripts of a word are not missing.</summary>
public sealed class PromiseTests
{
    [Theory]
    [InlineData("Lighthouses and frameworks", "A lighthouse is shown in detail, and which framework carries its lamp.")]
    [InlineData("Прогулка по старому маяку", "Старого маяка больше нет, но прогулки по берегу остались, и мы идём туда утром.")]
    public void Promise_WordInAnotherForm_IsTakenUp(string title, string description)
    {
        var check = Check(new VideoInput { Title = title, Description = description });

        Assert.Equal(1, check.Score);
        Assert.StartsWith("The words of the title come back", check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Promise_TitleInAnotherScript_IsNotJudged()
    {
        var check = Check(
            new VideoInput
            {
                Title = "പഴയ വിളക്കുമാടം കാണാൻ പോയി",
                Description = "We went to see an old tower at the coast and climbed all its stairs before the rain came down on us.",
            }
        );

        Assert.False(check.Applicable);
    }

    [Fact]
    public void Promise_OwnTagThatNoSentenceNames_IsNamed()
    {
        var check = Check(
            new VideoInput
            {
                Title = "Night fishing for burbot",
                Description = "We sit on the ice with a small lamp and wait for hours until something moves at last.",
                Tags = ["burbot"],
            }
        );

        Assert.Equal("“burbot” of the title cannot be found in the description.", check.Evidence);
        Assert.InRange(check.Score, 0, 0.6);
    }

    [Theory]
    [InlineData("Mending a copper kettle 31.10.2018")]
    [InlineData("Mending a copper kettle, 29th October")]
    [InlineData("Mending a copper kettle | tutorial")]
    public void Promise_DayAndForm_AreNone(string title) =>
        Assert.Equal(
            1,
            Check(new VideoInput { Title = title, Description = "A kettle of copper leaks; mending it takes solder and patience." }).Score
        );

    [Fact]
    public void Fix_OfUnheldTags_NamesThem()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "Mending a copper kettle",
                Description = "A kettle of copper leaks; mending it takes solder and patience. We show each step at the bench.",
                Tags = ["juventus", "calciomercato", "dybala", "allegri", "champions mandzukic"],
            }
        );

        Assert.Contains(result.Fixes, fix =>
            fix.CheckId == "G" && (fix.NewTags is not null || fix.Action.Contains("“juventus”", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Fix_OfALongTitle_SaysWhereItIsCut()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "A walk through the old harbour of Lisbon with Ann Frame and what the fishermen told us of the sea",
                Description = "",
            }
        );

        Assert.Contains(result.Fixes, fix =>
            fix.Field == "title" && (fix.NewTitle is not null || fix.Action.Contains("is read there", StringComparison.Ordinal))
        );
    }

    private static Check Check(VideoInput video) => Samples.Analyzer.Analyze(video).Checks.Single(check => check.Id == "T6");
}
