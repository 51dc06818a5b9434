using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Titles without a model: the ways they are made, and what none of them may do.</summary>
public sealed class TitleTests
{
    [Theory]
    [InlineData(
        "Building Python apps with Docker",
        "Docker containers make Python deployments repeatable on every machine of the team.",
        "28",
        "howTo",
        "How to build Python apps with Docker"
    )]
    [InlineData(
        "Chelsea vs BATE (3-1) Europa League Highlights",
        "Goals and highlights of the match.",
        "17",
        "kindForm",
        "Chelsea 3-1 BATE | Europa League Highlights"
    )]
    [InlineData(
        "OUR HUGE GARDEN TOUR!!!",
        "We walk through the vegetable beds and the old orchard behind the house.",
        "22",
        "repaired",
        "Our Huge Garden Tour!"
    )]
    [InlineData(
        "「夜の川」予告",
        "出演：田中一郎、山本花子、鈴木次郎\n公開日：2027年1月9日全国公開",
        "1",
        "names",
        "「夜の川」予告（田中一郎・山本花子・鈴木次郎）"
    )]
    public void Titles_AreMadeInTheWayOfTheMaterial(string title, string description, string category, string approach, string expected)
    {
        var found = Titles(
            new VideoInput
            {
                Title = title,
                Description = description,
                CategoryId = category,
            }
        );

        Assert.Contains(found, suggestion => suggestion.Approach == approach && suggestion.Text == expected);
    }

    [Fact]
    public void HowTo_FromTheCreatorsTag_KeepsTheLanguagesAccentAndCase()
    {
        var found = Titles(
            new VideoInput
            {
                Title = "Gelatina Cremosa de Mandarina con 3 Ingredientes",
                Description =
                    "Mandarinas frescas en una gelatina cremosa con leche condensada. Ingredientes: mandarinas, leche condensada y "
                    + "grenetina.",
                Tags = ["gelatina de mandarina", "como hacer gelatina de mandarina", "postres"],
                CategoryId = "26",
            }
        );

        var howTo = Assert.Single(found, suggestion => suggestion.Approach == "howTo");
        Assert.StartsWith("Cómo hacer gelatina de ", howTo.Text, StringComparison.Ordinal);
        Assert.NotEmpty(howTo.Reasons);
        Assert.Contains(howTo.SourceSpans, span => span.Field is "tags" or "title" or "description");
    }

    [Fact]
    public void Talk_NamesSpeakerAndEvent_InTheirOwnLetterCase()
    {
        var found = Titles(
                new VideoInput
                {
                    Title = "Cyrkowe kulisy konferencji",
                    Description =
                        "Prelegent/Speaker: Ola Nowak\n\nW tej prezentacji opowiem, jak organizuje się konferencję dla pięciuset osób.",
                    ChannelTitle = "pycon-pl-2013",
                    CategoryId = "28",
                }
            )
            .Select(suggestion => suggestion.Text)
            .ToList();

        Assert.Contains("Cyrkowe kulisy konferencji – Ola Nowak | PyCon PL 2013", found);
        Assert.Contains("Cyrkowe kulisy konferencji | PyCon PL 2013", found);
    }

    [Fact]
    public void Talk_TooLongForSpeakerAndEvent_NamesEachInATitleOfItsOwn()
    {
        var found = Titles(
                new VideoInput
                {
                    Title = "How small conferences are run by people who have never run one",
                    Description = "Speaker: Ola Nowak\n\nThis talk shows how a conference for five hundred people is run.",
                    ChannelTitle = "pycon-pl-2013",
                    CategoryId = "28",
                }
            )
            .Select(suggestion => suggestion.Text)
            .ToList();

        Assert.Contains("How small conferences are run by people who have never run one – Ola Nowak", found);
        Assert.DoesNotContain(found, title => title.Contains("Ola Nowak | PyCon", StringComparison.Ordinal));
    }

    [Fact]
    public void Titles_OfCallsGreetingsAndSponsors_AreNotMade()
    {
        var found = Titles(
            new VideoInput
            {
                Title = "Repairing an old oak table",
                Description =
                    "Hello friends and welcome back to my oak table channel. Subscribe to the channel for more old oak tables. This "
                    + "video is sponsored by Table Oil Company, use code OAK10 for a discount on oak table oil. "
                    + "Follow me on Instagram for daily oak table pictures.",
            }
        );

        Assert.All(found, suggestion => Assert.Equal("howTo", suggestion.Approach));
    }

    [Fact]
    public void Titles_OfRealVideos_AreWholeAndSayWhatTheyDoBetter()
    {
        foreach (var video in Samples.Videos)
        {
            var input = video.ToInput();
            var result = Samples.Analyzer.Analyze(input);
            Assert.Equal(result.Titles.Count == 0, result.Verdicts.Single(verdict => verdict.Part == "title").Keep);
            foreach (var title in result.Titles)
            {
                Assert.InRange(title.Text.Length, 1, 100);
                Assert.NotEqual(input.Title, title.Text);
                Assert.NotEmpty(title.Reasons);
                Assert.NotNull(title.Approach);
                Assert.DoesNotMatch("!!|\\?\\?|\\s[,;:]|…$|\\($", title.Text);
                Assert.Equal(title.Text.Count(c => c == '('), title.Text.Count(c => c == ')'));
                Assert.Equal(0, title.Text.Count(c => c == '"') % 2);
            }
        }
    }

    [Theory]
    [InlineData("tr", "DIŞARI", "dışarı")]
    [InlineData("el", "ΔΡΟΜΟΣ", "δρομος")]
    [InlineData("de", "STRASSE", "strasse")]
    public void Lower_FollowsTheLanguage(string language, string word, string expected) =>
        Assert.Equal(expected, Casing.Lower(word, language));

    [Theory]
    [InlineData("nl", "ijsland in de winter", "IJsland in de winter")]
    [InlineData("tr", "istanbul", "İstanbul")]
    [InlineData("en", "istanbul", "Istanbul")]
    public void Capitalize_FollowsTheLanguage(string language, string text, string expected) =>
        Assert.Equal(expected, Casing.Capitalize(text, language));

    [Theory]
    [InlineData(
        "QUEM VAI SER O CAPITÃO DO TIME DE FUTEBOL",
        "Quem vai ser o capitão do time de futebol",
        "O time de futebol do bairro escolhe hoje quem manda em campo, com votos de todos os jogadores."
    )]
    [InlineData("WHAT THE NEW IPHONE LACKS", "What the New iPhone Lacks", "A look at what is missing.")]
    public void Calm_KeepsBrandsAndTheLanguagesCapitals(string title, string expected, string description)
    {
        var source = Samples.Analyzer.Read(new VideoInput { Title = title, Description = description });

        Assert.Equal(expected, Casing.Calm(title, source));
    }

    [Fact]
    public void Fix_SaysWhatItsPointsStandFor()
    {
        var fixes = Samples.Videos.SelectMany(video => Samples.Analyzer.Analyze(video.ToInput()).Fixes).ToList();

        Assert.NotEmpty(fixes);
        Assert.All(fixes, fix =>
        {
            Assert.Contains(fix.Certainty, (string[])["stated", "measured", "custom"]);
            Assert.Contains(fix.ExpectedEffect, (string[])["search", "firstImpression", "navigation", "trust", "delivery"]);
            Assert.Contains("not views", fix.PointsMean, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Score_SongWithCreditsOnly_IsNotPunishedForMissingProse()
    {
        var checks = Samples
            .Analyzer.Analyze(
                new VideoInput
                {
                    Title = "Nora Lind - Paper Boats (Official Video)",
                    Description = "Stream/Download: https://example.com/boats\nDirected by Tom Frame\nProduced by Ann Sound",
                    CategoryId = "10",
                    ChannelTitle = "NoraLindVEVO",
                }
            )
            .Checks;

        Assert.All(checks.Where(check => check.Id is "D1" or "D2" or "D4" or "T6"), check => Assert.False(check.Applicable, check.Id));
    }

    private static IReadOnlyList<TitleSuggestion> Titles(VideoInput input) => Samples.Analyzer.Analyze(input).Titles;
}
