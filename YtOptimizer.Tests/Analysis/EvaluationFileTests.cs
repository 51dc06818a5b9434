using YtOptimizer.Evaluation;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The quality table takes any file of the shared form, and counts by its definition.</summary>
public sealed class EvaluationFileTests : IDisposable
{
    private static readonly string Text = new('x', 80);
    private readonly string path = Path.Combine(Path.GetTempPath(), $"yto-eval-{Guid.CreateVersion7():N}.jsonl");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Read_BrokenLines_AreLeftOutWithTheirNumber()
    {
        var file = Read(
            """{"id":"a","title":"One"}""",
            "not json",
            "",
            "[1]",
            "null",
            """{"id":"b"}""",
            """{"title":"\ud800"}""",
            """{"id":"c","title":"Two"}"""
        );
        Assert.Equal(["a", "c"], file.Videos.Select(video => video.Id));
        Assert.Equal(["line 2:", "line 4:", "line 5:", "line 6:", "line 7:"], file.Skipped.Select(problem => problem[..7]));
    }

    [Fact]
    public void Read_MissingNullOrOtherTypes_AreTolerated()
    {
        var file = Read(
            """{"title":"One","description":null,"tags":null,"viewCount":"1234","categoryId":24,"duration":90,"channelTitle":7}""",
            """{"title":"Two","tags":["a",null,3,{"b":1}],"viewCount":"many","likeCount":{}}""",
            """{"title":"Three","tags":"cats|dogs"}"""
        );
        Assert.Empty(file.Skipped);
        Assert.Equal((1234d, "24", 0), (file.Videos[0].ViewCount, file.Videos[0].CategoryId, file.Videos[0].Tags.Count));
        Assert.Equal(["a", "3"], file.Videos[1].Tags);
        Assert.Null(file.Videos[1].ViewCount);
        Assert.Equal(["cats", "dogs"], file.Videos[2].Tags);
        Assert.Null(file.Videos[0].ToInput().Duration);
    }

    [Fact]
    public void Read_EmptyFile_HoldsNothing() => Assert.Empty(Read().Videos);

    [Fact]
    public void Scored_FollowsTheDefinition()
    {
        EvaluationVideo Video(string id, string channel, int length, params string[] tags) =>
            new()
            {
                Id = id,
                Title = "t",
                Description = Text[..length],
                Tags = tags,
                ChannelId = channel,
                ChannelTitle = "The Channel",
            };
        var videos = Enumerable.Range(0, 12).Select(number => Video("many" + number, "A", 80, "a", "b", "c", "d", "e")).ToList();
        videos.Add(Video("short", "B", 79, "a", "b", "c", "d", "e"));
        videos.Add(Video("name", "B", 80, "a", "b", "c", "d", "THE CHANNEL!"));
        videos.Add(Video("same", "B", 80, "a", "A", "ａ", "a!", "b", "c", "d"));
        videos.Add(Video("five", "B", 80, "Full-Width ＡＢＣ", "b", "c", "d", "e"));
        Assert.Equal(
            [.. Enumerable.Range(0, 10).Select(number => "many" + number), "five"],
            EvaluationVideo.Scored(videos).Select(video => video.Id)
        );
        Assert.Contains("full width abc", videos[^1].Gold());
    }

    [Fact]
    public void ToText_HidesAllButTitleAndDescription()
    {
        var input = new EvaluationVideo
        {
            Title = "t",
            Description = "d",
            Tags = ["x"],
            ChannelTitle = "c",
            DeclaredLanguage = "de",
            CategoryId = "10",
        }.ToText();
        Assert.Equal(
            ("t", "d", 0, null, null, null),
            (input.Title, input.Description, input.Tags.Count, input.ChannelTitle, input.DeclaredLanguage, input.CategoryId)
        );
    }

    [Fact]
    public void Hits_CountExactMatchesOfTheFirstFiveAndTen()
    {
        var hits = Hits.Of(["a", "x", "b", "b", "y", "z", "c"], ["a", "b", "c", "d"]);
        Assert.Equal((2 / 5.0, 3 / 10.0, 3 / 4.0), (hits.P5, hits.P10, hits.R10));
    }

    [Fact]
    public void Run_UnusualVideos_GivesAReport()
    {
        var report = new Evaluator(
            Samples.Analyzer,
            Read("""{"title":"One"}""", """{"description":"Two"}""", """{"title":"🔥🔥🔥","tags":[]}""").Videos
        ).Run();
        Assert.Equal((3, 0), (report.Videos, report.ScoredVideos));
        Assert.Equal((1d, 1d, 1d), (report.Constraints.Ratio, report.Grounding.Ratio, report.Determinism.Ratio));
    }

    private EvaluationFile Read(params string[] lines)
    {
        File.WriteAllLines(path, lines);
        return EvaluationFile.Read(path);
    }
}
