using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Credits, adverts and calls are no substance, and a check claims nothing that its text does not bear out.</summary>
public sealed class ScoreClaimTests
{
    private const string Prose =
        "The keeper of the old lighthouse walks up the stairs every evening and lights the lamp for the boats that come home. "
        + "He has done so for thirty years, in storm and in fog, and tells what he saw from the gallery.";

    private const string Usual =
        "Directed by: Marvo Lindqvist\nMusic by: Ulvia Kestrin\nSubscribe to my channel and hit the bell for new videos!\n"
        + "Use code LAMP20 for 20% off at https://example.com/shop\nFollow me on Instagram: https://example.com/me";

    [Fact]
    public void Substance_OfCreditsAndCalls_IsNone()
    {
        var (usual, prose) = (Check("D2", "The keeper", Usual), Check("D2", "The keeper", Prose));

        Assert.InRange(usual.Score, 0, 0.15);
        Assert.True(prose.Score > usual.Score + 0.2);
    }

    [Fact]
    public void Boilerplate_CountsCreditsAndCalls() => Assert.InRange(Check("D4", "The keeper of the lamp", Usual).Score, 0, 0.5);

    [Theory]
    [InlineData("Subscribe to my channel and hit the bell! ", "a call (“Subscribe")]
    [InlineData("This video is sponsored by Frostbyte. ", "an advert (“This video")]
    public void Opening_WithACallOrAnAdvert_IsSaid(string opening, string expected)
    {
        var check = Check("D1", "The keeper of the lamp", opening + "\n" + Prose);

        Assert.Contains(expected, check.Evidence, StringComparison.Ordinal);
        Assert.Contains("below", check.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_InOtherWords_IsNoBadOne()
    {
        var check = Check(
            "D1",
            "Thirty nights of fog",
            "Every evening an old man climbs the tower and lights the lamp for boats that come home late."
        );

        Assert.InRange(check.Score, 0.6, 0.9);
        Assert.DoesNotContain("Hardly a word", check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_ThatNamesTheTitle_IsNoCallBecauseOfItsLink() =>
        Assert.DoesNotContain(
            "begins with",
            Check("D1", "The keeper of the lamp", "The keeper of the lamp at night: https://example.com/one\n" + Prose).Evidence,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("The keeper of the old lighthouse who walked up all the stairs every evening for thirty years in a storm", "a lot to read")]
    [InlineData("Lamp, lamp and again the lamp", "“Lamp” stands in it 3 times")]
    public void Readable_LongOrRepeatedTitles_AreNot(string title, string expected)
    {
        var check = Check("T4", title, Prose);

        Assert.Contains(expected, check.Evidence, StringComparison.Ordinal);
        Assert.InRange(check.Score, 0, 0.9);
    }

    [Fact]
    public void Separators_TwoBarsSideBySide_AreOne() =>
        Assert.DoesNotContain("separators", Check("T4", "The keeper || The lamp", Prose).Evidence, StringComparison.Ordinal);

    [Theory]
    [InlineData("URGENT: the lamp is out", true)]
    [InlineData("[충격] 등대지기의 하루", true)]
    [InlineData("An urgent repair of the lamp", false)]
    public void Calm_CallsForAttention_AreNone(string title, bool calls) =>
        Assert.Equal(calls, Check("T5", title, Prose).Evidence.Contains("call for attention", StringComparison.Ordinal));

    [Fact]
    public void Capitals_OfShortWords_AreNotCalledNames() =>
        Assert.DoesNotContain("names", Check("T5", "DUDE on the old lighthouse stairs", Prose).Evidence, StringComparison.Ordinal);

    [Fact]
    public void Specific_SaysWhereThePhraseStands_NotThatItSetsApart()
    {
        var check = Check(
            "T3",
            new VideoInput
            {
                Title = "Harbour Birthday of the keeper",
                Description = Prose,
                Tags = ["harbour birthday"],
            }
        );

        Assert.Equal("It names “Harbour Birthday”, which is among your tags, too.", check.Evidence);
    }

    [Fact]
    public void Language_OfPersianLetters_IsNotNamed()
    {
        const string Persian = "گفتگو با نگهبان فانوس دریایی که سی سال است هر شب چراغ را روشن می کند و از پنجره کشتی ها را می بیند";

        Assert.False(Check("D5", "گفتگو با نگهبان فانوس دریایی در شهر قدیمی", Persian + "، " + Persian).Applicable);
    }

    [Theory]
    [InlineData("A lamp -> the boats", "The description holds >, which YouTube refuses.")]
    [InlineData("A lamp <b> the boats", "The description holds < and >, which YouTube refuses.")]
    public void Violation_NamesTheSignThatStands(string description, string expected)
    {
        var result = Samples.Analyzer.Analyze(new VideoInput { Title = "The keeper of the lamp", Description = description });

        Assert.Contains(result.Violations, violation => violation.Message == expected);
    }

    [Fact]
    public void Hashtags_GluedToAWord_AreCounted() =>
        Assert.StartsWith("3 hashtags", Check("H", "The keeper", "The lamp burns#lamp #boats #storm").Evidence, StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "Needed: • a lamp with a long wick and a glass • oil for a whole night • a ladder of twelve steps • a cloth of wool for the glass",
        "One line holds a list of 4 items."
    )]
    [InlineData(
        "The keeper of the old lighthouse walks up the stairs every\nevening and lights the lamp for the boats that come home and\n"
            + "tells what he saw from the gallery in storm and in fog when\nall others slept in the town below.",
        "Most lines end within a sentence."
    )]
    public void Structure_SqueezedListsAndHardLines_AreSeen(string description, string expected) =>
        Assert.Equal(expected, Check("D3", "Thirty nights of fog", description).Evidence);

    [Fact]
    public void Promise_WithSomeWordsTaken_DoesNotSpeakOfFew()
    {
        var check = Check(
            "T6",
            "Lantern walks, harbour songs and winter markets in Lisbon",
            "We start with harbour songs by the water and eat hot chestnuts."
        );

        Assert.DoesNotContain("Few words", check.Evidence, StringComparison.Ordinal);
    }

    private static Check Check(string id, string title, string description) =>
        Check(id, new VideoInput { Title = title, Description = description });

    private static Check Check(string id, VideoInput video) => Samples.Analyzer.Analyze(video).Checks.Single(check => check.Id == id);
}
