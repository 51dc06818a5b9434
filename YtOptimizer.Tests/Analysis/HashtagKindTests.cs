using YtOptimizer.Analysis.Suggestions.Tags;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Which new hashtags are none: codes of a part, parts of a name, what a video does without.</summary>
public sealed class HashtagKindTests
{
    [Theory]
    [InlineData("ep04p01", true)]
    [InlineData("s02e11", true)]
    [InlineData("ps4", false)]
    [InlineData("gtr35", false)]
    [InlineData("lion", false)]
    public void IsPartCode_WordsOfASeriesWithFigures_AreOne(string folded, bool expected) =>
        Assert.Equal(expected, HashtagForms.IsPartCode(folded));

    [Theory]
    [InlineData("iPad Pro", "#iPadPro")]
    [InlineData("ipad stand", "#IpadStand")]
    [InlineData("lion house", "#LionHouse")]
    public void Make_NamesWithASmallLetter_KeepIt(string phrase, string expected) =>
        Assert.Equal(expected, HashtagWriter.Make(phrase, "en"));
}
