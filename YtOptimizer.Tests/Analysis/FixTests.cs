using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The fixes say what the verdicts say: one for each part that changes, none for a part that stays.</summary>
public sealed class FixTests
{
    [Fact]
    public void Fixes_OfAllSamples_AgreeWithTheVerdicts()
    {
        foreach (var video in Samples.Videos)
        {
            var result = Samples.Analyzer.Analyze(video.ToInput());
            var changed = result.Verdicts.Where(verdict => !verdict.Keep).Select(verdict => verdict.Part).ToHashSet();

            // A title that the score falls by is left to the creator's eye: it is suggested, and no step of the list.
            Assert.True(changed.Contains("title") || !result.Fixes.Any(fix => fix.NewTitle is not null), video.Id);
            Assert.Equal(changed.Contains("tags"), result.Fixes.Any(fix => fix.NewTags is not null));
            Assert.True(
                !changed.Contains("description") || result.Fixes.Any(fix => fix.NewDescription == result.Description.Text),
                video.Id
            );
        }
    }

    [Fact]
    public void Fixes_OfAllSamples_HoldOneNewTextAField() =>
        Assert.All(Samples.Videos.Select(video => Samples.Analyzer.Analyze(video.ToInput())), result =>
        {
            Assert.InRange(result.Fixes.Count(fix => fix.NewDescription is not null), 0, 1);
            var titles = result.Titles.Select(title => title.Text).ToList();
            Assert.All(result.Fixes.Where(fix => fix.NewTitle is not null), fix => Assert.Contains(fix.NewTitle, titles));
        });

    [Fact]
    public void Fixes_WithoutDescription_BeginWithTheSentenceThatOnlyTheCreatorCanWrite()
    {
        var first = Analyze("A walk through the old harbour of Lisbon with Ann Frame", "").Fixes[0];

        Assert.Equal("description", first.Field);
        Assert.Null(first.NewDescription);
        Assert.Equal(first.ScoreBefore, first.ScoreAfter);
        Assert.StartsWith("Write one or two sentences on “", first.Action, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixes_OfADescriptionOfLinks_BeginWithTheSentence() =>
        Assert.StartsWith(
            "Write one or two sentences on “",
            Analyze(
                "A walk through the old harbour of Lisbon with Ann Frame",
                "https://example.com/one\nhttps://example.com/two\nSubscribe: https://example.com/three"
            )
                .Fixes[0]
                .Action,
            StringComparison.Ordinal
        );

    private static AnalysisResult Analyze(string title, string description) =>
        Samples.Analyzer.Analyze(new VideoInput { Title = title, Description = description });
}
