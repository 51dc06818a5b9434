using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Parts of long titles, shouted titles, speakers beside the title, and the plainest words for a thumbnail.</summary>
public sealed class TitlePartsTests
{
    [Fact]
    public void ALongTitle_KeepsItsSubject_AndLosesWhatStandsBehindTheLastBar() =>
        Assert.Contains(
            Report("Neue Steuer auf alte Ziegeldächer beschlossen | Goldene Türklinken für das Rathaus von Lindau", "").Titles,
            found => found.Approach == "shortened" && found.Text == "Neue Steuer auf alte Ziegeldächer beschlossen"
        );

    [Theory]
    [InlineData("LES PLATS LES PLUS EFFRAYANTS DE MA FAMILLE", "Les plats les plus effrayants de ma famille")]
    [InlineData("CARLOS ARENAS COMPRA UNA CASA NUEVA", "Carlos Arenas compra una casa nueva")]
    public void AShoutedTitle_WritesWordsSmallByTheirEnding_AndWhatFollowsAFirstNameLarge(string title, string expected) =>
        Assert.Contains(Report(title, "").Titles, found => found.Text == expected);

    [Fact]
    public void AShoutedTitle_WithDigitsForLetters_StaysAsItIs() =>
        Assert.DoesNotContain(Report("LA T3RRIBL3 NOCHE DE MI CASA NUEVA", "").Titles, found => found.Approach == "repaired");

    [Theory]
    [InlineData("Schnelle Suche mit Bäumen / Runa Olsen, Entwicklerin")]
    [InlineData("Runa Olsen - Schnelle Suche mit Bäumen")]
    [InlineData("Автор: Runa Olsen")]
    public void ASpeaker_WhomTheDescriptionNamesBesideTheTitle_StandsBehindIt(string opening) =>
        Assert.Contains(
            Report(
                "Schnelle Suche mit Bäumen",
                opening + "\n\nDieser Vortrag auf der Konferenz zeigt, wie Suchbäume arbeiten.",
                "28",
                "pycon-de-2016"
            ).Titles,
            found => found.Text == "Schnelle Suche mit Bäumen – Runa Olsen | PyCon DE 2016"
        );

    [Fact]
    public void AShortTitle_IsTheWordsOfItsThumbnail() =>
        Assert.Contains(Report("The New Kid", "").ThumbnailIdeas, idea => idea.OverlayText == "THE NEW KID");

    private static AnalysisResult Report(string title, string description, string category = "24", string channel = "Kanal") =>
        Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = description,
                CategoryId = category,
                ChannelTitle = channel,
            }
        );
}
