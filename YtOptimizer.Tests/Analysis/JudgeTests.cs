using YtOptimizer.Evaluation;

namespace YtOptimizer.Tests.Analysis;

public sealed class JudgeTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Judge_GoodAndFaultyTexts_CountsWhatWasAcceptedAndRefused()
    {
        File.WriteAllLines(
            path,
            [
                """{"id":"a","language":"en","kind":"recipe","subject":"bread","goodTitles":["How to bake bread in a Dutch """
                    + """oven"],"badTitles":[{"text":"7 ways to bake sourdough bread","fault":"new_number"}],"description":"Bake """
                    + """sourdough bread at home with a simple starter.","badDescription":{"text":"Bake sourdough bread with Paul """
                    + """Hollywood.","fault":"added_name"},"goodTags":["sourdough bread"],"badTags":[{"text":"subscribe """
                    + """now","fault":"call_to_action"}],"overlays":["Crisp crust"],"keepNote":"unknown fields are ignored"}""",
                "not json",
                """{"id":"elsewhere","goodTitles":["x"]}""",
            ]
        );
        var gold = GoldFile.Read(path);
        Assert.Equal(2, gold.Entries.Count);
        Assert.StartsWith("line 2", Assert.Single(gold.Skipped), StringComparison.Ordinal);
        var bread = new EvaluationVideo
        {
            Id = "a",
            Title = Samples.Sourdough.Title,
            Description = Samples.Sourdough.Description,
            Tags = Samples.Sourdough.Tags,
            ChannelTitle = Samples.Sourdough.ChannelTitle,
        };
        var verdicts = GuardJudge.Judge(
            Samples.Guard,
            new Dictionary<string, EvaluationVideo>(StringComparer.Ordinal) { ["a"] = bread },
            gold.Entries
        );
        var report = JudgeReport.Of(verdicts, 1, ["elsewhere"], gold.Skipped);
        Assert.Equal(7, verdicts.Count);
        Assert.Empty(report.Misses);
        Assert.Equal(["opening", "overlay", "tag", "title"], report.Parts.Select(row => row.Part));
        Assert.All(report.Parts, row => Assert.Equal(1, row.Accepted.Ratio));
        Assert.Equal(["added_name", "call_to_action", "new_number"], report.Faults.Select(row => row.Name));
        Assert.Equal(
            "negation_lost",
            Assert
                .Single(
                    Samples
                        .Guard.CheckTitle(
                            new() { Title = "You do not need a mixer for bread dough", Description = "" },
                            "You need a mixer for bread dough"
                        )
                        .Violations
                )
                .Code
        );
    }
}
