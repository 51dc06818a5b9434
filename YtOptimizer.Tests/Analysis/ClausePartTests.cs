using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Verbs by language, and the pieces of sentences that are neither tags nor hashtags because of them.</summary>
public class ClausePartTests
{
    [Theory]
    [InlineData("es", "responde", true)]
    [InlineData("es", "hacer", true)]
    [InlineData("es", "mujer", false)]
    [InlineData("es", "perro", false)]
    [InlineData("pt", "comete", true)]
    [InlineData("fr", "explique", true)]
    [InlineData("it", "mangiano", true)]
    [InlineData("ru", "показал", true)]
    [InlineData("ru", "собака", false)]
    [InlineData("pl", "zrobił", true)]
    [InlineData("tr", "geldi", true)]
    [InlineData("en", "reveals", true)]
    [InlineData("en", "answers", false)]
    [InlineData("en", "bread", false)]
    [InlineData("ja", "食べる", false)]
    public void Has_FormsOfVerbs_AreTold(string language, string word, bool expected) =>
        Assert.Equal(expected, VerbForms.For(language).Has(word));

    [Fact]
    public void IsPluralToo_WordThatIsMostlyAPlural_IsNoVerbByItself()
    {
        Assert.True(VerbForms.For("en").IsPluralToo("answers"));
        Assert.False(VerbForms.For("en").IsPluralToo("reveals"));
    }

    [Theory]
    [InlineData("en", "Jane Velmar Reveals Her Plan For The New House", "", "jane velmar reveals", true)]
    [InlineData("en", "Jane Velmar Answers The Hard Questions Of Today", "", "jane velmar answers", true)]
    [InlineData("en", "Seven Card Tricks for Your Next Party Night", "", "seven card tricks", false)]
    [InlineData("pt", "Ana Velmar COMETE GAFE ao falar do novo filme", "", "comete gafe", true)]
    [InlineData("pt", "Ana Velmar e o bolo de cenoura", "", "ana velmar", false)]
    [InlineData("fr", "Jean Velmar Million de vues en un jour", "Jean Velmar", "jean velmar million", true)]
    public void Has_PiecesOfASentence_AreNoPhrases(string language, string title, string tags, string key, bool expected)
    {
        var source = Read(title, "", language, tags);
        Assert.Equal(expected, ClauseParts.Has(source, Phrase(source, key)));
    }

    [Theory]
    [InlineData("en", "Bread and butter", true)]
    [InlineData("en", "Gardening with goats", true)]
    [InlineData("es", "Pan y queso", true)]
    [InlineData("en", "House of bread", false)]
    [InlineData("en", "Amber bread", false)]
    public void JoinsTwo_TwoThings_AreEachOneByItself(string language, string text, bool expected) =>
        Assert.Equal(expected, HashtagForms.JoinsTwo(Read(text, "", language), text));

    [Theory]
    [InlineData("introducción a velmar", true)]
    [InlineData("velmar introduction", true)]
    [InlineData("introduction", false)]
    [InlineData("velmar house", false)]
    public void Introduces_OpeningWords_NameNoSubject(string folded, bool expected) =>
        Assert.Equal(expected, HashtagForms.Introduces(folded));

    [Theory]
    [InlineData("خبز الذرة", "#خبز_الذرة")]
    [InlineData("לחם תירס", "#לחם_תירס")]
    [InlineData("amber bread", "#AmberBread")]
    [InlineData("옥수수 빵", "#옥수수빵")]
    public void Make_ScriptsWithoutCapitals_ShowWhereAWordBegins(string phrase, string expected) =>
        Assert.Equal(expected, HashtagWriter.Make(phrase));

    [Fact]
    public void Hashtags_OfATalk_EndWithTheEvent()
    {
        var found = new Analyzer()
            .Analyze(
                new VideoInput
                {
                    Title = "Introduction to Velmar",
                    Description =
                        "Speaker: Ada Roth. This talk explains Velmar, a library for maps. Velmar is small. Slides: https://example.org",
                    ChannelTitle = "pycon-us-2015",
                }
            )
            .Hashtags;

        Assert.Equal(["#Velmar", "#PyConUS2015"], found);
    }

    [Fact]
    public void Hashtags_OfTheCreatorsTags_NameWhatTheTitleSays()
    {
        var found = new Analyzer()
            .Analyze(
                new VideoInput
                {
                    Title = "24 hours in the haunted house of our town!!!!",
                    Description = "We stay for a whole night.",
                    Tags = ["halloween costumes", "haunted house", "family"],
                }
            )
            .Hashtags;

        Assert.Contains("#HauntedHouse", found);
        Assert.DoesNotContain("#HalloweenCostumes", found);
    }

    private static Source Read(string title, string description, string language, string tags = "") =>
        new Analyzer().Read(
            new VideoInput
            {
                Title = title,
                Description = description,
                DeclaredLanguage = language,
                Tags = tags.Length == 0 ? [] : tags.Split('|'),
            }
        );

    private static YtOptimizer.Analysis.Keyphrases.RankedPhrase Phrase(Source source, string key) =>
        source.Phrases.Find(phrase => phrase.Key == key) is { Key: not null } found
            ? found with
            {
                Probability = 0.2,
            }
            : throw new KeyNotFoundException(key);
}
