using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The fixes say what the verdicts say: one for each part that changes, none for a part that stays.</summary>
public sealed class FixTests
{
    private static readonly string[] InDescription = ["description", "chapters"];

    [Fact]
    public void Fixes_OfAllSamples_AgreeWithTheVerdicts()
    {
        foreach (var video in Samples.Videos)
        {
            var result = Samples.Analyzer.Analyze(video.ToInput());
            var changed = result.Verdicts.Where(verdict => !verdict.Keep).Select(verdict => verdict.Part).ToHashSet();
            // A title by which the points fall is named and left to the creator's eye.
            var titles = result
                .Fixes.Where(fix => fix.Field == "title" && fix.Action.StartsWith("Change the title to “", StringComparison.Ordinal))
                .ToList();
            var descriptions = result.Fixes.Where(fix => fix.NewDescription is not null).ToList();

            Assert.Equal(changed.Contains("title") && result.Titles.Count > 0 ? 1 : 0, titles.Count);
            Assert.All(titles, fix => Assert.Contains($"“{result.Titles[0].Text}”", fix.Action, StringComparison.Ordinal));
            // Hashtags and tags that bring no point are in their lists and no step.
            Assert.InRange(
                descriptions.Count,
                InDescription.Any(changed.Contains) ? 1 : 0,
                InDescription.Any(changed.Contains) || changed.Contains("hashtags") ? 1 : 0
            );
            Assert.All(descriptions, fix => Assert.StartsWith(result.Description.Text, fix.NewDescription, StringComparison.Ordinal));
            Assert.InRange(result.Fixes.Count(fix => fix.NewTags is not null), 0, changed.Contains("tags") ? 1 : 0);
            if (changed.Contains("hashtags") && descriptions.Count > 0)
            {
                Assert.All(result.Hashtags, tag =>
                    Assert.Contains(tag, descriptions[0].NewDescription, StringComparison.OrdinalIgnoreCase)
                );
            }
        }
    }

    [Fact]
    public void Fixes_OfAllSamples_StandByWhatTheyBringOrCanBring() =>
        Assert.All(Samples.Videos.Select(video => Samples.Analyzer.Analyze(video.ToInput())), result =>
        {
            foreach (var fix in result.Fixes)
            {
                var given = (fix.NewTitle ?? fix.NewDescription) is not null || fix.NewTags is not null;
                Assert.Equal(given, fix.ScoreUpTo is null);
                Assert.True(given || fix.ScoreUpTo >= fix.ScoreBefore);
            }

            var asked = result.Verdicts.Where(verdict =>
                verdict.Keep && verdict.Reason.StartsWith("Keep yours:", StringComparison.Ordinal)
            );
            Assert.All(asked, verdict =>
                Assert.DoesNotContain(result.Fixes, fix => fix.Field == verdict.Part && fix.ScoreUpTo is not null)
            );
        });

    [Fact]
    public void Fix_OfARequest_SaysWhatItCanBring()
    {
        var fix = Analyze("A walk through the old harbour of Lisbon with Ann Frame", "").Fixes[0];

        Assert.True(fix.ScoreUpTo > fix.ScoreBefore + 5);
        Assert.Contains($"up to +{fix.ScoreUpTo - fix.ScoreBefore}", fix.PointsMean, StringComparison.Ordinal);
        Assert.Contains("Nothing is counted before it is written", fix.PointsMean, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixes_OfAllSamples_ThatBringNoPointSaySo() =>
        Assert.All(Samples.Videos.Select(video => Samples.Analyzer.Analyze(video.ToInput())), result =>
            Assert.All(
                result.Fixes.Count > 1 ? result.Fixes.Where(fix => fix.NewTitle is not null && fix.ScoreAfter <= fix.ScoreBefore) : [],
                fix => Assert.Matches("^(Less than one point|No points):", fix.PointsMean)
            )
        );

    [Fact]
    public void Fix_OfARequest_AsksWhatTheTitleLeavesOpen() =>
        Assert.Contains("what the 10 are, by name", Analyze("10 knots every sailor needs", "").Fixes[0].Action, StringComparison.Ordinal);

    [Fact]
    public void Fix_OfARequest_NamesTheTitlesWords_AndNoGuestOfTheTags()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "Harbour walk in Lisbon",
                Description = "",
                Tags = ["Marvo Lindqvist", "harbour"],
            }
        );

        Assert.StartsWith("Write one or two sentences on “Harbour walk in Lisbon”", result.Fixes[0].Action, StringComparison.Ordinal);
        Assert.DoesNotContain("Lindqvist", result.Fixes[0].Action, StringComparison.Ordinal);
    }

    [Fact]
    public void Fix_OfARequest_NamesWhatNoSentenceTakesUp()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "Night fishing for burbot on Lake Ladoga",
                Description =
                    "Frozen ground, a small lamp, hot tea and patience until morning.\nSubscribe: https://example.com/one\n"
                    + "Shop: https://example.com/two",
                Tags = ["lake ladoga"],
            }
        );

        Assert.Contains(result.Fixes, fix => fix.Action.Contains("“Lake Ladoga”", StringComparison.Ordinal));
    }

    [Fact]
    public void Fix_OfACopiedTitle_AsksToDeleteTheCopies()
    {
        const string Title = "Night fishing for burbot on Lake Ladoga";

        var result = Analyze(Title, $"{Title}\n{Title}\n{Title}\nhttps://example.com/one");

        Assert.Contains(result.Fixes, fix => fix.Action.Contains("repeats the title 3 times: delete the copies", StringComparison.Ordinal));
    }

    [Fact]
    public void Fix_OfALongTitle_SaysWhichWordsGoElsewhere()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "What the fishermen of the old harbour told us of storms and the sea at dawn | Harbour Stories TV #harbour #sea",
                Description = "",
                ChannelTitle = "Harbour Stories TV",
            }
        );

        Assert.Contains(result.Fixes, fix =>
            fix.Field == "title"
            && (
                fix.NewTitle is not null
                || (
                    fix.Action.Contains("Move #harbour #sea to the end of the description", StringComparison.Ordinal)
                    && fix.Action.Contains("take out “Harbour Stories TV", StringComparison.Ordinal)
                )
            )
        );
    }

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
