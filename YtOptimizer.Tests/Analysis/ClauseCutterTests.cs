using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Sentences that are too long for a title end where their grammar does, or are left alone.</summary>
public sealed class ClauseCutterTests
{
    [Theory]
    [InlineData(
        "en",
        "The fire brigade of Springfield practises the rescue of climbers in the quarry, which closed more than ten years ago.",
        "The fire brigade of Springfield practises the rescue of climbers in the quarry"
    )]
    [InlineData(
        "en",
        "The ceramics workshop rebuilds its kiln with bricks from the river bank in order to fire larger bowls before winter.",
        "The ceramics workshop rebuilds its kiln with bricks from the river bank"
    )]
    [InlineData(
        "en",
        "Marta Example (former head of the mountain school) climbs the north face with two beginners and a broken stove.",
        "Marta Example climbs the north face with two beginners and a broken stove."
    )]
    [InlineData(
        "pt",
        "A oficina de Vila Exemplo, na serra do norte, conserta bicicletas antigas com peças de madeira reciclada.",
        "A oficina de Vila Exemplo conserta bicicletas antigas com peças de madeira reciclada."
    )]
    [InlineData(
        "de",
        "Nina baut mit ihrer Schwester in der Werkstatt drei hinterlistige Scherzartikel, auf die garantiert jeder hereinfällt.",
        "Nina baut mit ihrer Schwester in der Werkstatt drei hinterlistige Scherzartikel"
    )]
    [InlineData(
        "es",
        "Carmen Ejemplo enseña a restaurar muebles antiguos de madera con herramientas sencillas para que duren muchos años más.",
        "Carmen Ejemplo enseña a restaurar muebles antiguos de madera con herramientas sencillas"
    )]
    public void Cut_LongSentence_EndsWhereItsMainClauseDoes(string language, string sentence, string expected) =>
        Assert.Equal(expected, Cut(language, sentence));

    [Theory]
    [InlineData(
        "de",
        "In der kleinen Stadt an der Küste lebt seit vielen Jahren ein alter Mann, der andere über sein Leben entscheiden lässt."
    )]
    [InlineData(
        "en",
        "The new bridge over the river near Springfield was built so high that even the tallest ships of the fleet pass below."
    )]
    [InlineData(
        "en",
        "The workshop of the two brothers in Springfield will close for good unless the town finds another roof for the winter."
    )]
    [InlineData(
        "en",
        "Marta Example builds not only wooden boats for the lake behind her house but also kites for the children of the town."
    )]
    public void Cut_TheRestSaysWhoHowMuchOrWhen_IsLeftAlone(string language, string sentence) => Assert.Null(Cut(language, sentence));

    [Fact]
    public void Cut_AnySentence_IsAPieceOfItAndFits()
    {
        foreach (var video in Samples.Videos)
        {
            var source = Samples.Analyzer.Read(video.ToInput());
            foreach (var passage in TitlePassages.Find(source))
            {
                var cut = new ClauseCutter(source, TitleWords.For(source.Language.Code)).Cut(passage.Text);
                Assert.True(cut is null || Graphemes.DisplayWidth(cut) <= ClauseCutter.Widest, cut);
                Assert.True(cut is null || Folding.Fold(cut).Split(' ').All(Folding.Fold(passage.Text).Split(' ').Contains), cut);
            }
        }
    }

    private static string? Cut(string language, string sentence)
    {
        var source = Samples.Analyzer.Read(
            new VideoInput
            {
                Title = "",
                Description = sentence,
                DeclaredLanguage = language,
            }
        );
        return new ClauseCutter(source, TitleWords.For(source.Language.Code)).Cut(sentence);
    }
}
