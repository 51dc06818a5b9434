using YtOptimizer.Analysis.Input;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Facts exchanged for others in everyday words; tags that are spelled wrong, speak to viewers or belong elsewhere.</summary>
public sealed class GuardExchangeTests
{
    private static readonly VideoInput Bread = new()
    {
        Title = "Easy Halloween bread with pumpkin and walnuts",
        Description =
            "Bake an easy bread for the party: flour, water and salt, then pumpkin and walnuts. It rests for one night.\n"
            + "Filmed with Canon EOS 70D\n"
            + "Watch my Christmas cookie box: https://youtu.be/abcdefghijk\n",
        Tags = ["halloween bread", "pumpkin bread", "pumpkin recipe", "walnut bread"],
        ChannelTitle = "Harbour Bakery",
        PublishedAt = new DateTimeOffset(2018, 10, 30, 0, 0, 0, TimeSpan.Zero),
    };

    private static readonly VideoInput Song = new()
    {
        Title = "Mira Solveig - Paper Boats (Official Video)",
        Description = "Paper Boats is the new single by Mira Solveig. Written by Jonas Brandt.",
        Tags = ["mira solveig", "paper boats", "mira solveig lighthouse"],
        ChannelTitle = "Mira Solveig",
    };

    private static readonly VideoInput Ranking = new()
    {
        Title = "서울 골목 떡볶이 맛집 투어",
        Description = "서울 골목에서 떡볶이 맛집을 찾아갑니다. 오늘은 매운 떡볶이를 준비했습니다.",
        Tags = ["떡볶이", "서울 맛집"],
        ChannelTitle = "골목 식당",
    };

    [Theory]
    [InlineData("Easy Halloween bread with pumpkin and apples")]
    [InlineData("Easy Christmas bread with pumpkin and walnuts")]
    [InlineData("Hard Halloween bread with pumpkin and walnuts")]
    [InlineData("Easy Halloween cake with pumpkin and walnuts")]
    public void CheckTitle_AFactInThePlaceOfAnother_IsRefused(string title) =>
        Assert.False(Samples.Guard.CheckTitle(Bread, title).Accepted);

    [Theory]
    [InlineData("How to bake an easy pumpkin bread for Halloween")]
    [InlineData("Pumpkin and walnut bread: an easy recipe for Halloween")]
    [InlineData("Halloween bread with pumpkin and walnuts, easy and simple")]
    public void CheckTitle_TheSameFactsTold_IsAccepted(string title)
    {
        var result = Samples.Guard.CheckTitle(Bread, title);
        Assert.True(result.Accepted, string.Join("; ", result.Violations));
    }

    [Theory]
    [InlineData("Mira Solveig - Lighthouse (Official Video)")]
    [InlineData("Jonas Brandt - Paper Boats (Official Video)")]
    [InlineData("Mira Solveig - Paper Boats (Remix)")]
    [InlineData("Mira Solveig ft. Jonas Brandt - Paper Boats")]
    public void CheckTitle_AnotherTrackArtistOrVersion_IsRefused(string title) =>
        Assert.False(Samples.Guard.CheckTitle(Song, title).Accepted);

    [Theory]
    [InlineData("부산 골목 떡볶이 맛집 투어")]
    [InlineData("서울 골목 피자 맛집 투어")]
    public void CheckTitle_KoreanExchange_IsRefused(string title) => Assert.False(Samples.Guard.CheckTitle(Ranking, title).Accepted);

    [Fact]
    public void CheckOpening_AnotherItemOfAList_IsRefused()
    {
        var guard = Samples.Guard.For(Bread);
        Assert.True(guard.CheckOpening("Bake an easy bread of flour, water and salt.").Accepted);
        Assert.Contains(guard.CheckOpening("Bake an easy bread of flour, butter and salt.").Violations, violation =>
            violation.Code == "replaced_fact"
        );
    }

    [Theory]
    [InlineData("halloween pumkin bread", "misspelled")]
    [InlineData("canon eos", "not_about_the_video")]
    [InlineData("christmas cookie box", "not_about_the_video")]
    [InlineData("make your bread better", "promotion")]
    [InlineData("was an easy bread", "fragment")]
    [InlineData("pumpkin bread 2019", "unsupported_number")]
    [InlineData("pumpkin bread full episode", "unsupported_version")]
    public void CheckTag_NoSearchForThisVideo_IsRefusedWithTheReason(string tag, string code) =>
        Assert.Contains(Samples.Guard.For(Bread).CheckTag(tag).Violations, violation => violation.Code == code);

    [Theory]
    [InlineData("pumpkin bread")]
    [InlineData("easy halloween bread recipe")]
    [InlineData("halloween bread 2018")]
    [InlineData("harbour bakery")]
    public void CheckTag_SubjectKindAndYear_AreAccepted(string tag)
    {
        var result = Samples.Guard.For(Bread).CheckTag(tag);
        Assert.True(result.Accepted, string.Join("; ", result.Violations));
    }

    [Fact]
    public void CheckTag_ATeachingWordBesideASong_IsRefused() =>
        Assert.Contains(Samples.Guard.For(Song).CheckTag("paper boats guitar lesson").Violations, violation =>
            violation.Code is "off_topic" or "unsupported_word"
        );

    [Theory]
    [InlineData("떡볶이를 준비했습니다")]
    [InlineData("맛집을 찾아갑니다")]
    public void CheckTag_KoreanClause_IsRefused(string tag) => Assert.False(Samples.Guard.For(Ranking).CheckTag(tag).Accepted);

    [Fact]
    public void CheckTitle_OrdinalAndNumber_AreDifferentFacts()
    {
        var video = new VideoInput
        {
            Title = "Our fourth trip through Norway",
            Description = "We drive through Norway for the fourth time and sleep in the car.",
        };
        Assert.True(Samples.Guard.CheckTitle(video, "Through Norway by car: our fourth trip").Accepted);
        Assert.False(Samples.Guard.CheckTitle(video, "Our fifth trip through Norway").Accepted);
        Assert.False(Samples.Guard.CheckTitle(video, "Our trip through Norway 4").Accepted);
    }
}
