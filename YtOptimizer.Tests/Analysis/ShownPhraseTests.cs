using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What is shown names something: no half names, no word of the next sentence, no label.</summary>
public class ShownPhraseTests
{
    // Long enough to have lost its line breaks.
    private const string Rest =
        "und noch viel mehr aus der Stadt, vom Hafen bis zum Markt, mit allen Leuten, die dort arbeiten, und mit Musik am Abend, bis die "
        + "Lichter ausgehen und die letzten Boote wieder im Hafen liegen, ganz wie in jedem Jahr";

    [Theory]
    [InlineData("es", "#FeriaDelPuerto #ProgramaPuertoNo te pierdas el video. ", "#FeriaDelPuerto|#ProgramaPuerto")]
    [InlineData("vi", "#hoicho #cangbienRất nhiều thuyền ở cảng hôm nay. ", "#hoicho|#cangbien")]
    [InlineData("en", "#HarborFair #JaneRoeSUBSCRIBE to the channel. ", "#HarborFair|#JaneRoe")]
    [InlineData("en", "#HarborFair #JaneRoe and the boats. ", "#HarborFair|#JaneRoe")]
    public void Hashtags_GluedToTheNextWord_AreCutThere(string language, string description, string expected)
    {
        var result = Analyze("Harbor fair", description + Rest, language);
        Assert.Equal(expected.Split('|'), result.Hashtags.Take(2));
        Assert.DoesNotContain(result.Tags.Tags, tag =>
            tag.EndsWith("No", StringComparison.Ordinal) || tag.EndsWith("Rất", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("Wie Jonas Velmar Boote baut", "Ein Tag mit Jonas Velmar in der Werft am Hafen.", "velmar", false)]
    [InlineData("Wie Jonas Velmar Boote baut", "Ein Tag mit Jonas Velmar in der Werft am Hafen.", "jonas velmar", true)]
    [InlineData("Мы были в Барселоне", "Прогулка по городу и рынку у моря.", "барселоне", false)]
    [InlineData("Jane Roe canta! Corran ahora", "Una noche con Jane Roe en el puerto.", "corran", false)]
    public void HashtagTopics_OfATitle_AreWholeNames(string title, string description, string key, bool expected)
    {
        var source = Read(title, description);
        Assert.Equal(
            expected,
            source.Phrases.Exists(phrase => phrase.Key == key && HashtagTopics.Has(source, phrase with { Probability = 0.25 }))
        );
    }

    [Theory]
    [InlineData("Hafenfilme", "Ein Film von Jonas Velmar Werft im Norden.", "jonas velmar", true)]
    [InlineData("Hafenfilme", "Ein Film von Jonas Velmar im Norden.", "jonas velmar", false)]
    [InlineData("Final de Segundo Puerto", "Lo que pasa en Segundo Puerto esta noche.", "segundo puerto", false)]
    public void NameRuns_PartOfALongerName_IsCut(string title, string description, string key, bool expected)
    {
        var source = Read(title, description);
        var phrase = source.Phrases.Find(phrase => phrase.Key == key);
        Assert.True(!expected || phrase.Candidate is null || NameRuns.IsCut(source, phrase.Candidate));
        Assert.True(expected || !NameRuns.IsCut(source, phrase.Candidate!));
    }

    [Fact]
    public void PassingMentions_TurnOfOneSentence_NamesNothing()
    {
        var source = Read("Kontenery w praktyce", "Nowe nazwy sugerują powiązanie z portem.");
        var phrase = source.Phrases.Find(phrase => phrase.Key == "sugerują powiązanie");
        Assert.True(PassingMentions.Has(source, phrase with { Probability = 0.05 }));
        Assert.False(PassingMentions.Has(source, phrase with { Probability = 0.4 }));
    }

    [Theory]
    [InlineData("Cinema do Porto | Jonas Velmar")]
    [InlineData("Hafenkino | Official Trailer")]
    public void Thumbnail_WordsOfTheFirstIdea_AreOfTheTitle(string title)
    {
        var result = Analyze(title, "Directed by Sandra Gaudin.\nCast: Sandra Gaudin, Pekka Lunde.", "pt");
        Assert.All(result.ThumbnailIdeas.Take(1), idea => Assert.Contains(idea.OverlayText, title, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(result.ThumbnailIdeas, idea => idea.OverlayText.Contains("GAUDIN", StringComparison.Ordinal));
    }

    private static AnalysisResult Analyze(string title, string description, string language) =>
        Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = description,
                DeclaredLanguage = language,
            }
        );

    private static Source Read(string title, string description) =>
        Samples.Analyzer.Read(new VideoInput { Title = title, Description = description });
}
