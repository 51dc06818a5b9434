using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What says nothing new earns next to nothing, and what is said about the creator's own texts is true.</summary>
public sealed class HonestScoreTests
{
    private static readonly VideoInput Thin = new()
    {
        Title = "Night fishing for burbot on the frozen lake",
        Description = "New videos every Friday. Follow me: https://example.com/me",
        Tags = ["burbot"],
    };

    [Fact]
    public void Hashtags_OfTheTitle_EarnTheirOwnCheckOnly()
    {
        var without = Samples.Analyzer.Analyze(Thin);
        var with = Samples.Analyzer.Analyze(Thin with { Description = Thin.Description + "\n\n#NightFishing #Burbot #FrozenLake" });

        Assert.InRange(with.ExactScore - without.ExactScore, 0, 2);
        Assert.Equal(Score(without, "T6"), Score(with, "T6"));
        Assert.Equal(Score(without, "D1"), Score(with, "D1"));
        Assert.Equal(Score(without, "D4"), Score(with, "D4"));
    }

    [Fact]
    public void Hashtags_BelowACopyOfTheTitle_AreNoTextThatKeepsItsPromise()
    {
        var result = Samples.Analyzer.Analyze(Thin with { Description = Thin.Title + "\n\n#NightFishing #Burbot" });

        Assert.False(result.Checks.Single(check => check.Id == "T6").Applicable);
    }

    [Theory]
    [InlineData("Carving pumpkins.\n#Halloween #Pumpkin", "Carving pumpkins.\n                   ")]
    [InlineData("Carving pumpkins. #Halloween", "Carving pumpkins.           ")]
    [InlineData("My #Halloween costume of straw", "My #Halloween costume of straw")]
    [InlineData("#Halloween costumes of straw", "#Halloween costumes of straw")]
    public void HashtagRuns_OnlyThoseOutsideSentences_AreBlanked(string text, string expected) =>
        Assert.Equal(expected, HashtagRuns.Blank(text));

    [Theory]
    [InlineData("#adventure in the hills", false)]
    [InlineData("#priest and #publisher", false)]
    [InlineData("#adventure #ad", true)]
    [InlineData("Bolo de cenoura #publi", true)]
    public void Disclosure_IsAWholeHashtag(string line, bool expected) => Assert.Equal(expected, DescriptionLines.IsCredit(line));

    [Fact]
    public void Description_OfHashtagsAlone_IsNotSaidToOpenWithThem()
    {
        var result = Samples.Analyzer.Analyze(Thin with { Description = "#burbot#lake#ice" });

        Assert.DoesNotContain("Opens with", Verdict(result, "description").Reason, StringComparison.Ordinal);
    }

    [Theory]
    // What a channel says of itself for the world, in another script or without a function word of the video's language.
    [InlineData("キャンプ場の目の前で食材を釣り上げる！＃2", "Japan is an island surrounded by the ocean, sea fishing is flourishing.")]
    [InlineData("Wir bauen eine Hütte am See", "The cabin by the lake is what this channel has always been about for us.")]
    public void Description_SentenceOfAnotherLanguage_DoesNotOpenIt(string title, string sentence)
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = $"Shop: https://example.com/shop\nInstagram: https://example.com/insta\n{sentence}",
                Tags = ["Hütte am See", "釣り"],
                DeclaredLanguage = title[0] < 128 ? "de" : "ja",
            }
        );

        Assert.DoesNotContain(result.Fixes, fix => fix.Action.StartsWith("Open the description", StringComparison.Ordinal));
        Assert.DoesNotContain(sentence, result.Description.KeyPoints);
    }

    [Fact]
    public void KeyPoints_OfADistributorAboutItself_AreNone()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "Ann Frame builds a cedar canoe",
                Description =
                    "Ann Frame builds a cedar canoe in her garage. The canoe carries two people and a dog.\nAbout the network: Members can "
                    + "watch as much as they want, anytime, anywhere. Members can play, pause and resume watching without commercials.",
            }
        );

        Assert.DoesNotContain(result.Description.KeyPoints, point => point.StartsWith("Members", StringComparison.Ordinal));
    }

    [Fact]
    public void Promise_TitleCopiedIntoTheDescription_IsSaidToBeACopy()
    {
        const string Title = "Night fishing for burbot on the frozen lake";

        var result = Samples.Analyzer.Analyze(Thin with { Description = Title + "\nNew videos every Friday." });

        Assert.False(result.Checks.Single(c => c.Id == "T6").Applicable);
        Assert.DoesNotContain("it says what the video is about", Verdict(result, "description").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Description_ThatOpensWithACall_IsNotPraisedForIt()
    {
        var reason = Verdict(
            Samples.Analyzer.Analyze(Thin with { Description = "TURN ON THE BELL SO THAT YOU MISS NOTHING! SIGN UP FOR THE CLUB NOW!" }),
            "description"
        ).Reason;

        Assert.DoesNotContain("TURN ON", reason, StringComparison.Ordinal);
    }

    private static double Score(AnalysisResult report, string check) => report.Checks.Single(c => c.Id == check).Score;

    private static PartVerdict Verdict(AnalysisResult report, string part) => report.Verdicts.Single(verdict => verdict.Part == part);
}
