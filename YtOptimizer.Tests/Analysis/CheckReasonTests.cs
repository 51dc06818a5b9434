using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>A check that lowers the score says what is missing, and asks for nothing that is there.</summary>
public sealed class CheckReasonTests
{
    private const string Prose =
        "The parrots of the old harbour come home at dusk, and the keeper counts them one by one while the boats return. "
        + "Parrots can live for sixty years, and these parrots have seen three keepers come and go.";

    [Fact]
    public void Title_IsNotAskedForAnotherFormOfItsWord()
    {
        var check = Check("T2", new VideoInput { Title = "The parrot that counts boats", Description = Prose });

        Assert.DoesNotContain("arrots”, which the", check.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("arrots”", check.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CASO RAYANE: o que se sabe", "pt")]
    [InlineData("PyCon in the rain", "en")]
    public void Title_WithAName_IsSetApart(string title, string language) =>
        Assert.Contains(
            "a name or a less common word",
            Check(
                "T3",
                new VideoInput
                {
                    Title = title,
                    Description = "",
                    DeclaredLanguage = language,
                }
            ).Evidence,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Beyond millions of keys in memcrate", "A talk on memcrate, and how its keys are kept.")]
    [InlineData("The HPC cluster of our town", "We show what it computes at night.")]
    public void Title_WithAName_InItsOwnLetters_IsSetApart(string title, string description) =>
        Assert.Contains(
            "a name or a less common word",
            Check("T3", new VideoInput { Title = title, Description = description }).Evidence,
            StringComparison.Ordinal
        );

    [Fact]
    public void Title_ThatBeginsWithATag_BeginsWithItsSubject()
    {
        var check = Check(
            "T2",
            new VideoInput
            {
                Title = "Three Parrots – a collection of stories about Pim, Pam and Compote",
                Description = "Compote, Pim and Pam play in the garden. Compote falls asleep.",
                Tags = ["three parrots"],
            }
        );

        Assert.StartsWith("“Three Parrots” opens the title", check.Evidence, StringComparison.Ordinal);
        Assert.Empty(check.Fix);
    }

    [Fact]
    public void Tags_ThatAreUsualForTheTopic_AreNotStrange()
    {
        var check = Check(
            "G",
            new VideoInput
            {
                Title = "The parrots of the old harbour",
                Description = Prose,
                Tags = ["parrots", "funny", "video", "2018", "попугаи"],
            }
        );

        Assert.StartsWith("All 5 tags share words", check.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gefühlschaos am alten Hafen", "Das Chaos beginnt am alten Hafen, als die Boote kommen.", "de")]
    [InlineData("Старый маяк и российские моряки", "Старый маяк стоит в России, моряки идут мимо.", "ru")]
    public void Promise_OtherFormOrLastPart_IsTakenUp(string title, string description, string language)
    {
        var check = Check(
            "T6",
            new VideoInput
            {
                Title = title,
                Description = description,
                DeclaredLanguage = language,
            }
        );

        Assert.DoesNotContain("Gefühlschaos", check.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("маяк", check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Promise_SentenceThatBeginsLikeTheTitle_IsNoCopy() =>
        Assert.DoesNotContain(
            "repeats the title",
            Check(
                "T6",
                new VideoInput
                {
                    Title = "Parrots of the old harbour",
                    Description = "Parrots of the old harbour, the first that were counted here, come home at dusk.",
                }
            ).Evidence,
            StringComparison.Ordinal
        );

    [Fact]
    public void Boilerplate_ThatIsUsual_IsSaidToBeUsual()
    {
        var check = Check("D4", new VideoInput { Title = "The parrots of the old harbour", Description = Prose });

        Assert.Equal("Hardly any links, credits or calls.", check.Evidence);
    }

    [Fact]
    public void Opening_WithACall_IsQuoted()
    {
        var check = Check(
            "D1",
            new VideoInput
            {
                Title = "Night fishing for burbot",
                Description = "Subscribe to my channel: https://example.com/one\n" + Prose,
            }
        );

        Assert.StartsWith("It begins with a link (“Subscribe", check.Evidence, StringComparison.Ordinal);
        Assert.Contains("before it", check.Fix, StringComparison.Ordinal);
    }

    [Theory]
    // What the promise misses is not charged to the opening again.
    [InlineData("D1", false)]
    [InlineData("T6", true)]
    public void Subject_ThatNoSentenceNames_IsMissedOnce(string id, bool misses)
    {
        var check = Check(
            id,
            new VideoInput
            {
                Title = "Night fishing for burbot on Lake Ladoga",
                Description = Prose,
                Tags = ["lake ladoga"],
            }
        );

        Assert.Equal(misses, check.Evidence.Contains("“Lake Ladoga”", StringComparison.Ordinal));
    }

    [Fact]
    public void Language_OfNames_IsNotCompared() =>
        Assert.DoesNotContain(
            "The title is in",
            Check("D5", new VideoInput { Title = "Marie Dubois Jean Moreau Paris Lyon Grand Prix", Description = Prose }).Evidence,
            StringComparison.Ordinal
        );

    [Fact]
    public void Tags_ThatAreManyAndGood_AreEnough()
    {
        var tags = Enumerable.Range(1, 20).Select(i => $"parrots harbour {i}").ToList();

        var check = Check(
            "G",
            new VideoInput
            {
                Title = "The parrots of the old harbour",
                Description = Prose,
                Tags = tags,
            }
        );

        Assert.InRange(check.Score, 0.8, 1);
        Assert.DoesNotContain("fifteen", check.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_WhereNoneIsNeeded_AreNotAskedFor() =>
        Assert.False(Check("L", new VideoInput { Title = "The parrots of the old harbour", Description = Prose }).Applicable);

    [Theory]
    [InlineData("Mending a copper kettle, now REVEALED: S02 Ep5", "A kettle of copper leaks; mending it takes solder and patience.")]
    public void Promise_FrameAndPart_AreNone(string title, string description) =>
        Assert.DoesNotContain(
            "S02",
            Check("T6", new VideoInput { Title = title, Description = description }).Evidence,
            StringComparison.Ordinal
        );

    private static Check Check(string id, VideoInput video) => Samples.Analyzer.Analyze(video).Checks.Single(check => check.Id == id);
}
