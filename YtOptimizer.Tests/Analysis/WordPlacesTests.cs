using YtOptimizer.Analysis.Input;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What is no tag by its place: verbs, headings of lines, a sponsor's things.</summary>
public sealed class WordPlacesTests
{
    [Theory]
    [InlineData("Marta Example Tells the Story of the Quarry", "A walk through the quarry with Marta Example.", "tells")]
    [InlineData("Nunca Hagas esto con una Bicicleta Antigua", "Una bicicleta antigua necesita aceite y paciencia.", "hagas")]
    [InlineData("Vizinhos LEMBRAM da velha ponte de madeira", "A ponte de madeira ficava perto do moinho.", "lembram")]
    public void IsVerb_BesideItsSubjectOrObject_WhateverItsCase(string title, string description, string word) =>
        Assert.True(Read(title, description).Places.IsVerb(word));

    [Theory]
    [InlineData("The Story of the Quarry", "We tell a story of the old quarry.", "story")]
    [InlineData("La Bicicleta Antigua", "No hay bicicleta sin aceite; la bicicleta necesita aceite.", "bicicleta")]
    public void IsVerb_BehindAnArticle_IsNone(string title, string description, string word) =>
        Assert.False(Read(title, description).Places.IsVerb(word));

    [Fact]
    public void Analyze_HeadingsOfLines_AreNoTags()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "Cyrkowe kulisy konferencji w Przykładowie",
                Description =
                    "Tytuł/Topic: Cyrkowe kulisy konferencji w Przykładowie\nPrelegent/Speaker: Anna Przykładowa\n\n"
                    + "Konferencja w Przykładowie zebrała pięćset osób z całej Europy. Pokażę, jak konferencja wyglądała zza kulis.",
            }
        );

        Assert.DoesNotContain(result.Tags.Tags, tag => tag is "Prelegent" or "Speaker" or "Tytuł" or "Topic");
    }

    [Fact]
    public void Analyze_SponsorInALaterPartOfTheTitle_IsNeitherTagNorOverlay()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "Banoffee | La recette de la semaine | Inspiration Mouette Dorée de Zylba",
                Description =
                    "Une recette de banoffee avec trois bananes bien mûres, du lait concentré et des biscuits.\n"
                    + "Code promo : avec le code ANNA vous avez un bracelet Zylba offert.\nVidéo en collaboration avec Zylba.",
                Tags = ["montre Zylba", "banoffee"],
            }
        );

        Assert.DoesNotContain(result.Tags.Tags, tag => tag.Contains("Zylba", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(result.ThumbnailIdeas, idea => idea.OverlayText.Contains("ZYLBA", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(result.ThumbnailIdeas, idea => idea.OverlayText.Contains("MOUETTE", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("banoffee", result.Tags.Tags);
    }

    private static YtOptimizer.Analysis.Sources.Source Read(string title, string description) =>
        Samples.Analyzer.Read(new VideoInput { Title = title, Description = description });
}
