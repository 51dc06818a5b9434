using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The picture of a thumbnail idea shows the things, people and sides of the video itself.</summary>
public sealed class ThumbnailPictureTests
{
    [Theory]
    [InlineData("My cat finds a snowed-in door", "The cat")]
    [InlineData("Mi gato encuentra una puerta", "The cat")]
    [InlineData("Наша кошка и открытая дверь", "The cat")]
    [InlineData("우리 고양이가 문을 열었다", "The cat")]
    [InlineData("うちの猫がドアを開けた", "The cat")]
    public void Concept_ShowsWhatTheTitleNames(string title, string expected) =>
        Assert.Contains(Ideas(title), idea => idea.Concept.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("A day with Danny Lobo at the old lighthouse")]
    [InlineData("Velmar talks chat with Edvin Sorrel")]
    public void Concept_ShowsNothingOfANameOrAnotherLanguage(string title) =>
        Assert.DoesNotContain(Ideas(title), idea =>
            idea.Concept.Contains("the wolf", StringComparison.OrdinalIgnoreCase)
            || idea.Concept.Contains("the cat", StringComparison.OrdinalIgnoreCase)
        );

    [Theory]
    [InlineData("Mountain vs Lighthouse! Which one did the storm take down last winter", "Mountain", "Lighthouse")]
    [InlineData("Old Harbour vs New Harbour: which one is better", "Old Harbour", "New Harbour")]
    public void Comparison_ShowsBothSidesByName(string title, string a, string b)
    {
        var idea = Ideas(title)[0];
        Assert.Contains(a, idea.VisualElements);
        Assert.Contains(b, idea.VisualElements);
        Assert.Contains("Two halves", idea.Composition, StringComparison.Ordinal);
    }

    [Fact]
    public void List_ShowsItsNumber()
    {
        var idea = Ideas("10 cats you have never seen")[0];
        Assert.Contains("10", idea.Concept, StringComparison.Ordinal);
    }

    [Fact]
    public void Talk_ShowsItsSpeakerAndASymbolOfItsSubject()
    {
        var idea = Analyzed("Tuning a database for lighthouses", "A talk at the PyCon 2018 conference.\nSpeaker: Edvin Sorrel", "PyCon")[0];
        Assert.Contains("Edvin Sorrel", idea.Concept, StringComparison.Ordinal);
        Assert.Contains("database", idea.Concept, StringComparison.Ordinal);
    }

    [Fact]
    public void Talk_TakesNoProductForItsSpeaker() =>
        Assert.DoesNotContain(
            Analyzed("Lighthouse data on Velmar Azure", "A talk on Velmar Azure at the PyCon conference. Velmar Azure is new.", "PyCon"),
            idea => idea.Concept.Contains("Velmar Azure cut out", StringComparison.Ordinal)
        );

    [Fact]
    public void Idea_WithoutWordsAndWithoutAThingToShow_IsNone() => Assert.Empty(Analyzed("Velmar Tower", "", "Velmar Tower"));

    [Theory]
    [InlineData("V!lmar & Edvin (V!lmar's Daughter) - A Million Lights", "LMAR")]
    [InlineData("Der Kapitän sagt ein verb*tenes Wort", "TENES")]
    [InlineData("Разработка приложений на Python", "ПРИЛОЖЕНИЙ")]
    [InlineData("Jokes that Velmar Can't Tell: Harbour Penguins", "T TELL")]
    public void Overlay_BeginsWithAWholeWordInItsPlainForm(string title, string start) =>
        Assert.DoesNotContain(Ideas(title), idea => idea.OverlayText.StartsWith(start, StringComparison.Ordinal));

    [Theory]
    [InlineData("Last To Leave The Lighthouse Wins $10,000", "$10,000")]
    [InlineData("El otro 90% del trabajo en el faro", "90%")]
    public void Overlay_IsTheSumOrShare(string title, string sum) => Assert.Contains(Ideas(title), idea => idea.OverlayText == sum);

    [Fact]
    public void Colours_FollowWhatIsShown()
    {
        var feast = Ideas("A Halloween night at the lighthouse")[0].ColorScheme;
        var animal = Ideas("My cat finds a snowed-in door")[0].ColorScheme;
        Assert.NotEqual(feast, animal);
        Assert.Contains("orange", feast, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Old Harbour vs Harbour Old 2018", "Old Harbour on the left")]
    [InlineData("Kapitän gegen den Sturm am Hafen", "on the left")]
    public void Comparison_OfNoTwoSides_IsNone(string title, string concept) =>
        Assert.DoesNotContain(Ideas(title), idea => idea.Concept.StartsWith(concept, StringComparison.Ordinal));

    [Theory]
    [InlineData("A gun and a bomb at the lighthouse")]
    [InlineData("The police and the children at the old lighthouse")]
    [InlineData("Secret jobs of a lighthouse keeper")]
    public void Concept_ShowsNoWeaponNobodyUnnamedAndNoSymbol(string title) =>
        Assert.DoesNotContain(Ideas(title), idea =>
            idea.VisualElements.Any(element => element is not ['“', ..] && element.Split(' ').Any(Unshown.Contains))
        );

    [Fact]
    public void Concept_OfAWordThatNothingElseNames_DoesNotShowIt() =>
        Assert.DoesNotContain(
            Analyzed(
                "The tiger of the harbour takes the mayor's chair",
                string.Concat(Enumerable.Repeat("Edvin Sorrel was a boxer and is the mayor of Velmar now. ", 6)),
                "Harbour Days"
            ),
            idea => idea.Concept.Contains("tiger close up", StringComparison.Ordinal)
        );

    [Fact]
    public void NewsOfADeath_IsPicturedCalmly()
    {
        var ideas = Samples
            .Analyzer.Analyze(
                new VideoInput
                {
                    Title = "4 killed in a crash at Velmar harbour",
                    CategoryId = "25",
                    ChannelTitle = "Coast",
                }
            )
            .ThumbnailIdeas;
        Assert.All(ideas, idea => Assert.Contains("No wreckage, no victims", idea.Concept, StringComparison.Ordinal));
        Assert.Single(ideas);
    }

    [Fact]
    public void KnownPerson_IsShownOnce()
    {
        var idea = Assert.Single(Ideas("Thomas Sorrel explains the broken lighthouse"));
        Assert.Contains("Thomas Sorrel", idea.Concept, StringComparison.Ordinal);
        Assert.NotEqual("THOMAS SORREL", idea.OverlayText);
    }

    private static readonly string[] Unshown = ["gun", "bomb", "police", "officer", "children", "lips", "contract"];

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

    private static IReadOnlyList<ThumbnailIdea> Ideas(string title) => Analyzed(title, "", "Harbour Days");
}
