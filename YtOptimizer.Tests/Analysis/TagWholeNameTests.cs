using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Tags and hashtags are whole words and whole names.</summary>
public class TagWholeNameTests
{
    [Theory]
    [InlineData("Carrying a tr*nk through town", "", "tr", true)]
    [InlineData("Amber*Rain live in town", "", "rain", true)]
    [InlineData("Carrying a trunk through town", "", "trunk", false)]
    [InlineData("A novel", "Written by Eleanor H. Velmar in spring.", "eleanor h", true)]
    [InlineData("A novel", "Written by Eleanor Velmar. In spring it came out.", "eleanor velmar", false)]
    [InlineData("On tour", "Lunar Arena12/3 and more places", "lunar arena12", true)]
    [InlineData("On tour", "Lunar Arena 12 and more places", "lunar arena", false)]
    public void Has_WordsCutAtASignOrInitial_AreTorn(string title, string description, string key, bool expected)
    {
        var source = Read(title, description);
        Assert.Equal(expected, TornPhrases.Has(source, Phrase(source, key, 0.3)));
    }

    [Theory]
    [InlineData("pl", "Testy w Pythonie dla każdego", "Python jest prosty, a testy w Pythonie też.", "pythonie", "Python")]
    [InlineData("pl", "Testy w Pythonie dla każdego", "Testy w Pythonie są proste dla każdego.", "pythonie", "Python")]
    [InlineData("en", "Testing Pythonic code", "Python is simple and Pythonic code is, too.", "pythonic", "Pythonic")]
    public void Of_NameWithAnEnding_IsShownInTheFormThatTheTextHolds(
        string language,
        string title,
        string description,
        string key,
        string expected
    )
    {
        var source = Read(title, description, language: language);
        Assert.Equal(expected, BaseForms.Of(source, Phrase(source, key, 0.3)));
    }

    [Theory]
    [InlineData("Wstęp do metaprogramowania", "Metaprogramowanie - to pisanie kodu, który tworzy kod.", "Metaprogramowanie")]
    [InlineData("Wstęp do metaprogramowania", "Dziś metaprogramowanie - dla każdego, kto pisze kod.", "")]
    [InlineData("Wstęp do programu", "Metaprogramowanie-2 to pisanie kodu, który tworzy kod.", "")]
    public void Defined_TopicThatTheDescriptionExplains_IsFound(string title, string description, string expected) =>
        Assert.Equal(expected, string.Join('|', BaseForms.Defined(Read(title, description, language: "pl"))));

    [Theory]
    [InlineData("Amber Bread - Cook With Vela (episode 8)", "recipe", "how to make")]
    public void Write_RecipeTags_NameTheDishAndNoHowTo(string title, string wanted, string unwanted)
    {
        var tags = Suggest(
            title,
            "Amber bread is a soft bread with pumpkin. Ingredients: 2 cups flour, 1 teaspoon salt, 3 eggs. How to make amber bread: mix "
                + "the flour, the salt and the eggs, bake it for 40 minutes at 180 degrees and let it cool.",
            "Cook With Vela"
        );
        Assert.Contains(tags.Tags.Tags, tag => tag.EndsWith(" " + wanted, StringComparison.Ordinal));
        Assert.DoesNotContain(tags.Tags.Tags, tag => tag.EndsWith(unwanted, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_PartOfTheChannelsNameInTheTitle_IsNoTag()
    {
        var tags = Suggest(
            "Sleeves for the bride | Yes To The Amber Gown",
            "Brides choose their gowns.",
            "Yes To The Amber Gown"
        ).Tags.Tags;
        Assert.Contains("Yes To The Amber Gown", tags);
        Assert.DoesNotContain("Amber Gown", tags);
        Assert.DoesNotContain("Gown", tags);
    }

    [Fact]
    public void Write_SongThatIsASentence_IsTaggedWhole()
    {
        var tags = Suggest(
            "Jane Velmar - When The Night Is Over (Official Music Video)",
            "Official music video of Jane Velmar. Listen to the new single on Spotify and Apple Music.",
            "JaneVelmarVEVO"
        );
        Assert.Contains("When The Night Is Over", tags.Tags.Tags, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Write_SameTagInAnotherForm_IsNotAdded()
    {
        var result = Suggest("Amber Pranks in the city", "Funny Amber Pranks with friends.", "Velmar", "amber prank", "city");
        Assert.DoesNotContain("Amber Pranks", result.Tags.Tags, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("amber prank", result.Tags.Tags);
    }

    [Theory]
    [InlineData("Velmar 18. Bölüm", "velmar 18", true)]
    [InlineData("Velmar 18 izle", "velmar 18", false)]
    public void EndsInOrdinal_NumberOfTheNextWord_IsSeen(string title, string key, bool expected)
    {
        var source = Read(title, "", language: "tr");
        Assert.Equal(expected, HashtagUse.EndsInOrdinal(source, Phrase(source, key, 0.3).Candidate));
    }

    private static AnalysisResult Suggest(string title, string description, string channel, params string[] tags) =>
        new Analyzer().Analyze(
            new VideoInput
            {
                Title = title,
                Description = description,
                ChannelTitle = channel,
                Tags = tags,
            }
        );

    private static RankedPhrase Phrase(Source source, string key, double probability) =>
        source.Phrases.First(phrase => phrase.Key == key) with
        {
            Probability = probability,
        };

    private static Source Read(string title, string description, string? language = null) =>
        Source.Create(
            new VideoInput
            {
                Title = title,
                Description = description,
                DeclaredLanguage = language,
            },
            new LanguageDetector(),
            KeyphraseModel.Default
        );
}
