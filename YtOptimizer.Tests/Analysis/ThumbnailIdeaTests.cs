using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The first words of a thumbnail are the hook of the title; the picture shows what can be drawn.</summary>
public sealed class ThumbnailIdeaTests
{
    [Theory]
    [InlineData("Harbour Days: Retired captain Edvin Sorrel reveals his real treasure map", "REAL TREASURE MAP")]
    [InlineData("Mountain vs Lighthouse! Which one did the storm take down last winter", "MOUNTAIN VS LIGHTHOUSE")]
    [InlineData("Se arrependeu e pediu desculpas ao velho faroleiro", "PEDIU DESCULPAS")]
    [InlineData("Das Schlimmste kommt noch - zu Velmars Verzicht auf den Hafen", "DAS SCHLIMMSTE KOMMT NOCH")]
    [InlineData("Конец сезона на острове. Самая злая лодка", "САМАЯ ЗЛАЯ ЛОДКА")]
    [InlineData("등대지기가 말하는 바다와 육지가 전혀 다른 이유", "전혀 다른 이유")]
    [InlineData("Top 10 frases de efeito", "10 FRASES DE EFEITO")]
    [InlineData("How to Trick a Lighthouse Keeper", "TRICK A LIGHTHOUSE KEEPER")]
    public void FirstOverlay_IsTheHookOfTheTitle(string title, string expected) =>
        Assert.StartsWith(expected, Ideas(title)[0].OverlayText, StringComparison.Ordinal);

    [Theory]
    [InlineData("10 глупых вопросов | Владимир No[o]ne Велмар")]
    [InlineData("Emil et Clara Velmar au bord du divorce?")]
    public void Overlay_OfATornStretch_IsNotGiven(string title) =>
        Assert.DoesNotContain(Ideas(title), idea => idea.OverlayText is "ВЛАДИМИР NO" or "NE ВЕЛМАР" or "EMIL ET CLARA VELMAR?");

    [Theory]
    [InlineData("Sleeves or no sleeves for a windy harbour day")]
    [InlineData("Das Schlimmste kommt noch - zu Velmars Verzicht auf den Hafen")]
    public void Concept_WithNothingToDraw_IsTheFrameOfItsWords(string title)
    {
        Assert.Single(Ideas(title));
        foreach (var idea in Ideas(title))
        {
            Assert.StartsWith("The frame ", idea.Concept, StringComparison.Ordinal);
            Assert.Contains(idea.OverlayText, idea.Concept, StringComparison.Ordinal);
            Assert.Single(idea.VisualElements, element => element == $"“{idea.OverlayText}”");
            Assert.Contains(idea.Concept, idea.ImagePrompt, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Concepts_OfOneVideo_ShowDifferentThings()
    {
        var ideas = Ideas(
            "Harbour Days: Retired captain Edvin Sorrel reveals his real treasure map",
            "Edvin Sorrel opens the chest. We meet Edvin Sorrel at the old harbour of Velmar."
        );
        Assert.Equal(ideas.Count, ideas.Select(idea => idea.Concept).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(ideas, idea => idea.Concept.Contains("Edvin Sorrel", StringComparison.Ordinal));
    }

    [Fact]
    public void Overlay_OfAName_KeepsItsSmallLetterBeforeALargeOne() =>
        Assert.Contains(Ideas("The new iPad Nova", "We unpack the new iPad Nova."), idea =>
            idea.OverlayText.Contains("iPad NOVA", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("Velmar heilt alle Arten von Krebs am Hafen")]
    [InlineData("Edvin Sorrel: murderer of the lighthouse")]
    public void Overlay_OfAPromiseOrAnAccusation_IsNotGiven(string title) =>
        Assert.DoesNotContain(Ideas(title), idea =>
            idea.OverlayText.Contains("HEILT", StringComparison.Ordinal) || idea.OverlayText.Contains("MURDERER", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("Building Lighthouse Control Panels with Click")]
    public void OverlayOfATalk_IsItsTopic(string title) =>
        Assert.Contains(Analyzed(title, "A talk given at the PyCon 2018 conference.", "PyCon 2018"), idea =>
            idea.OverlayText is "LIGHTHOUSE CONTROL PANELS" or "BUILDING LIGHTHOUSE CONTROL PANELS"
        );

    [Fact]
    public void Overlay_OfTheChannelsName_IsNotGiven() =>
        Assert.DoesNotContain(Analyzed("Cuando te quedas fuera... | Velmar & Sorrel", "", "VelmarySorrel"), idea =>
            idea.OverlayText == "VELMAR & SORREL"
        );

    [Fact]
    public void Concept_OfAQuestion_DiffersFromThatOfAList()
    {
        var asked = Ideas("Would the old lighthouse survive?")[0].Concept;
        var listed = Ideas("10 strange lighthouses")[0].Concept;
        Assert.NotEqual(asked, listed);
        Assert.Contains("10", listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Harbour House 607. Part | 31 October", "Harbour House 607")]
    [InlineData("Protest at the harbour, Quarrels, Breakings", "Quarrels")]
    public void Concept_ShowsNoShowAndNoPlural(string title, string thing) =>
        Assert.DoesNotContain(Analyzed(title, $"{thing} at the harbour. We saw {thing} today.", "Coast"), idea =>
            idea.VisualElements.Any(shown => shown.Contains(thing, StringComparison.Ordinal) && shown[0] is not '“')
        );

    private static IReadOnlyList<ThumbnailIdea> Analyzed(string title, string description, string channel) =>
        [
            .. Samples
                .Analyzer.Analyze(
                    new VideoInput
                    {
                        Title = title,
                        Description = description,
                        ChannelTitle = channel,
                    }
                )
                .ThumbnailIdeas,
        ];

    private static IReadOnlyList<ThumbnailIdea> Ideas(string title, string description = "") =>
        [.. Samples.Analyzer.Analyze(new VideoInput { Title = title, Description = description }).ThumbnailIdeas];
}
