using YtOptimizer.Analysis.Channels;

namespace YtOptimizer.Tests.Analysis.Channels;

/// <summary>The doctor and the planner of tests.</summary>
public class CatalogueTests
{
    [Fact]
    public void Doctor_FindsEachIllness_AndLeavesTheHealthyAlone()
    {
        ChannelVideo[] videos =
        [
            Video("aaaaaaaaaaa", "How to sharpen a kitchen knife", 2021, "Nothing special.", ["knife"]),
            Video("bbbbbbbbbbb", "How to Sharpen a Kitchen KNIFE!", 2023, "See {{affiliate_link}} below.", []),
            Video("ccccccccccc", "Best knives of 2021", 2021, "0:00 Intro\n0:30 Steel\n0:35 Handle\n", ["a"]),
            Video("ddddddddddd", "The great fire of 2011", 2021, "0:00 Intro\n0:30 Steel\n1:35 Handle\n", ["a"]),
            Video("eeeeeeeeeee", "Bread baking series part 1", 2022, "TODO: write", ["a"]),
            Video("fffffffffff", "Bread baking series part 2", 2022, "A todo list app. [Verse 1] is sung.", ["a"]),
        ];
        var checks = CatalogueDoctor.Examine(videos, TestContext.Current.CancellationToken).ToDictionary(check => check.Id);
        Assert.Equal(["aaaaaaaaaaa", "bbbbbbbbbbb"], Ids("cannibalising_titles"));
        Assert.Equal(["bbbbbbbbbbb"], checks["cannibalising_titles"].Findings.Single(finding => finding.VideoId == "aaaaaaaaaaa").Others);
        Assert.Equal(["bbbbbbbbbbb", "eeeeeeeeeee"], Ids("dead_placeholders"));
        Assert.Equal(["ccccccccccc"], Ids("stale_years"));
        Assert.Equal(["ccccccccccc"], Ids("broken_chapters"));
        Assert.Equal(["bbbbbbbbbbb"], Ids("missing_tags"));
        Assert.All(checks.Values, check => Assert.Null(check.NotPossible));

        IEnumerable<string> Ids(string check) => checks[check].Findings.Select(finding => finding.VideoId).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Doctor_StudioExport_SaysWhichLooksWereNotPossible()
    {
        ChannelVideo[] videos = [new() { VideoId = "aaaaaaaaaaa", Title = "Only a title {{name}}" }];
        var checks = CatalogueDoctor.Examine(videos, TestContext.Current.CancellationToken).ToDictionary(check => check.Id);
        Assert.Equal(
            (0, true),
            (checks["missing_tags"].Checked, checks["missing_tags"].NotPossible!.Contains("tags", StringComparison.Ordinal))
        );
        Assert.NotNull(checks["broken_chapters"].NotPossible);
        Assert.Equal((1, 1), (checks["dead_placeholders"].Checked, checks["dead_placeholders"].Total));
        Assert.NotNull(checks["dead_placeholders"].NotPossible);
    }

    [Fact]
    public void Doctor_ManyEqualTitles_AreCutAndCounted()
    {
        var videos = Enumerable.Range(0, 5000).Select(i => Video($"{i:00000000000}", "Live stream", 2024, "", ["a"])).ToList();
        var check = CatalogueDoctor.Examine(videos, TestContext.Current.CancellationToken)[0];
        Assert.Equal((5000, 100), (check.Total, check.Findings.Count));
    }

    [Fact]
    public void Planner_ChoosesTheVideoThatWinsMost_AndTitlesThatDiffer()
    {
        var videos = ChannelModelTests
            .Channel(60, 7)
            .Select((video, i) => video with { Impressions = 10_000, ClickThroughPercent = i == 50 ? 2 : 6 })
            .ToList();
        var video = TitleTestPlanner.Choose(videos);
        Assert.Equal(videos[50].VideoId, video!.VideoId);
        var plan = TitleTestPlanner.Plan(
            ChannelModel.Fit(videos, TestContext.Current.CancellationToken),
            videos,
            video,
            [
                "Sourdough bread starter from nothing",
                "Sourdough bread starter from nothing!",
                "News of my channel",
                "Something else entirely",
            ],
            chosen: true
        );
        Assert.Equal(3, plan.Titles.Count);
        Assert.Equal(video.Title, plan.Titles[0].Title);
        Assert.Contains(plan.LeftOut, title => title.StartsWith("Sourdough", StringComparison.Ordinal));
        // Two per cent, a tenth more: 80,682 impressions a title.
        Assert.InRange(plan.ImpressionsNeeded!.Value, 3 * 80_000, 3 * 82_000);
        Assert.True(plan.Days > TitleTestPlanner.MostDays);
        Assert.Null(TitleTestPlanner.Choose([.. videos.Select(other => other with { Impressions = null })]));
    }

    private static ChannelVideo Video(string id, string title, int year, string description, string[] tags) =>
        new()
        {
            VideoId = id,
            Title = title,
            PublishedAt = new DateTimeOffset(year, 5, 1, 0, 0, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromMinutes(10),
            Views = 100,
            Description = description,
            Tags = tags,
        };
}
