using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>A check names only what is a subject for all that can be told, its percent and its sentence agree, and line breaks tell
/// nothing.</summary>
public sealed class ScoreEvidenceTests
{
    private const string Prose =
        "The keeper of the old lighthouse walks up the stairs every evening and lights the lamp for the boats that come home. "
        + "He has done so for thirty years, in storm and in fog, and tells what he saw from the gallery.";

    [Theory]
    // A label in brackets, the channel, a word that only a tag holds: none of them is said to be the main phrase.
    [InlineData("[Full Episode] what the keeper saw", "full episode")]
    [InlineData("What the keeper saw - Harbour TV", "harbour tv")]
    [InlineData("What the keeper saw, scary", "scary")]
    public void MainPhrase_ThatIsNotSure_IsNotNamed(string title, string tag)
    {
        var check = Check(
            "T2",
            new VideoInput
            {
                Title = title,
                Description = Prose,
                Tags = [tag],
                ChannelTitle = "Harbour TV",
            }
        );

        Assert.DoesNotContain($"“{tag}”", check.Evidence, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Neues Tablet von Frostbyte im Test", "Frostbytes neues Tablet wird getestet, mit Stift und Tastatur auf dem Tisch.", "de")]
    [InlineData(
        "Après la tempête, la chaine du port",
        "Le port est fermé et la tempête a tout emporté : les bateaux restent à quai.",
        "fr"
    )]
    [InlineData("Why I left", "The keeper packs his lamp and goes south with a friend, a dog and two heavy bags of coal.", "en")]
    public void Promise_ThatIsKeptOrNotSure_AccusesOfNothing(string title, string description, string language)
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

        Assert.DoesNotContain("cannot be found", check.Evidence, StringComparison.Ordinal);
        Assert.True(!check.Applicable || check.Score >= 0.6);
    }

    [Fact]
    public void Promise_NamesAtMostThreeSubjects_AndNoPartOfOne()
    {
        var check = Check(
            "T6",
            new VideoInput
            {
                Title = "Marvo Lindqvist, Jorek Palmstrand, Ulvia Kestrin, Oskari Brunnholt",
                Description = Prose,
                Tags = ["marvo lindqvist", "lindqvist", "jorek palmstrand", "ulvia kestrin", "oskari brunnholt"],
            }
        );

        Assert.Equal(
            "“Marvo Lindqvist”, “Jorek Palmstrand” or “Ulvia Kestrin” of the title cannot be found in the description.",
            check.Evidence
        );
    }

    [Theory]
    [InlineData("★ Night fishing ♥ on the lake ✓", "no emoji")]
    [InlineData("🎣 Night fishing on the lake ⚡", "2 emoji")]
    [InlineData("Night fishing ❤️ on the lake", "1 emoji")]
    public void Emoji_AreCounted_AndMarksAreNone(string title, string expected) =>
        Assert.Contains(expected, Check("T5", new VideoInput { Title = title, Description = Prose }).Evidence, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://example.com/a", "1 link.")]
    [InlineData("https://example.com/a\nhttps://example.com/b", "2 links.")]
    public void Links_AreCountedInWords(string description, string expected) =>
        Assert.Equal(expected, Check("L", new VideoInput { Title = "Night fishing", Description = description }).Evidence);

    [Theory]
    [InlineData("T6")]
    [InlineData("D1")]
    [InlineData("D2")]
    [InlineData("D4")]
    public void LineBreaks_ChangeNoCheckOfTheWords(string id)
    {
        const string Links = "Shop: https://example.com/shop Second channel: https://example.com/two Follow me: https://example.com/me";
        VideoInput Of(string description) => new() { Title = "The keeper of the old lighthouse", Description = description };

        var glued = Check(id, Of($"{Prose} {Links}"));
        var parted = Check(id, Of($"{Prose}\n\n{Links.Replace(" Second", "\nSecond", StringComparison.Ordinal)}"));

        Assert.Equal(glued.Score, parted.Score, 2);
    }

    [Theory]
    // A copy of the title and a copy with hardly a word more are no substance.
    [InlineData("The keeper of the old lighthouse walks home")]
    [InlineData("Again: the keeper of the old lighthouse walks home")]
    public void Opening_ThatSaysNoMoreThanTheTitle_IsNotPraised(string description)
    {
        var check = Check("D1", new VideoInput { Title = "The keeper of the old lighthouse walks home", Description = description });

        Assert.InRange(check.Score, 0, 0.5);
        Assert.DoesNotContain("say more", check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_OfGuestsAndOtherSpellings_AreNoFault()
    {
        var check = Check(
            "G",
            new VideoInput
            {
                Title = "The keeper of the old lighthouse",
                Description = Prose,
                Tags = ["lighthouse", "light house keeper", "lighthouses", "маяк", "keeper of the light", "Ann Frame"],
            }
        );

        Assert.InRange(check.Score, 0.85, 1);
        Assert.DoesNotContain("Ann Frame", check.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Hashtags_InAnEmptyDescription_EarnTheirOwnPointsAtMost()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput { Title = "Pumpkin Bread: You Suck at Cooking, with Ann Frame", Tags = ["pumpkin bread", "ann frame"] }
        );

        Assert.All(result.Fixes.Where(fix => fix.NewDescription is { } text && text.StartsWith('#')), fix =>
            Assert.InRange(fix.ScoreAfter - fix.ScoreBefore, 0, 2)
        );
    }

    [Fact]
    public void Fixes_HoldNoSentenceToFillIn()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput { Title = "中国で取引される高級魚を食べてみた", Description = "https://example.com/me" }
        );

        Assert.All(result.Fixes, fix => Assert.DoesNotContain("[who]", fix.Action, StringComparison.Ordinal));
    }

    private static Check Check(string id, VideoInput video) => Samples.Analyzer.Analyze(video).Checks.Single(check => check.Id == id);
}
