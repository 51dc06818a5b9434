using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Titles that keep the creator's words and change what is around them or their order.</summary>
public sealed class TitleFormTests
{
    [Theory]
    [InlineData("♡• THE WORST CAKE OF THE WHOLE TOWN •♡", "Cake Lab", "", "22", "repaired", "The Worst Cake of the Whole Town")]
    [InlineData(
        "Walking along the old harbour wall (FULL HD 1080p)",
        "Sea Days",
        "",
        "19",
        "repaired",
        "Walking along the old harbour wall"
    )]
    [InlineData(
        "How the old harbour wall was rebuilt after the great storm | Sea Days",
        "Sea Days",
        "",
        "22",
        "repaired",
        "How the old harbour wall was rebuilt after the great storm"
    )]
    [InlineData(
        "새 항구 다리 공사 현장을 비 오는 날 아침에 직접 가봤습니다 [바다뉴스]",
        "바다뉴스 SeaNews",
        "",
        "25",
        "repaired",
        "새 항구 다리 공사 현장을 비 오는 날 아침에 직접 가봤습니다"
    )]
    [InlineData(
        "URGENTE: cierran el puente del puerto por la tormenta",
        "Noticias del Mar",
        "",
        "25",
        "repaired",
        "Cierran el puente del puerto por la tormenta"
    )]
    [InlineData(
        "¿A quién molesta el nuevo puente del puerto viejo? - Es la hora de hablar, 30 octubre",
        "Noticias del Mar",
        "",
        "25",
        "shortened",
        "¿A quién molesta el nuevo puente del puerto viejo?"
    )]
    [InlineData(
        "Harbour Clash: Eight boats leave in the storm and only one comes back",
        "Sea Games",
        "harbour clash,boats",
        "20",
        "reordered",
        "Eight boats leave in the storm and only one comes back | Harbour Clash"
    )]
    [InlineData(
        "Empolinia 1-2 Juvenia | Late double in a comeback win | Serie Z",
        "League Z",
        "football,highlights",
        "17",
        "reordered",
        "Late double in a comeback win | Empolinia 1-2 Juvenia | Serie Z"
    )]
    public void Titles_OfTheCreatorsWords_LoseWhatIsAroundThemOrBeginWithWhatHappens(
        string title,
        string channel,
        string tags,
        string category,
        string approach,
        string expected
    )
    {
        var found = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = "",
                ChannelTitle = channel,
                Tags = tags.Split(',', StringSplitOptions.RemoveEmptyEntries),
                CategoryId = category,
            }
        );

        Assert.Contains(found.Titles, suggestion => suggestion.Approach == approach && suggestion.Text == expected);
    }

    [Theory]
    [InlineData("Nora Lind - Paper Boats (Official Video)", "Nora Lind", "10")]
    [InlineData("My cup of coffee is full", "Cup Days", "22")]
    [InlineData("And you think your family is odd | Wayland", "Wayland", "24")]
    [InlineData("The lighthouse keeper opens the letter at last | Episode 12 | Sea Days", "Sea Days", "24")]
    [InlineData("♡The worst cake of the whole town♡", "Cake Lab", "22")]
    public void Titles_WithoutClutter_AreNotRepaired(string title, string channel, string category)
    {
        var found = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = "",
                ChannelTitle = channel,
                CategoryId = category,
            }
        );

        Assert.DoesNotContain(found.Titles, suggestion => suggestion.Approach == "repaired");
    }

    [Theory]
    [InlineData("MOM, I’M A MOVIE STAR!", "My mom is in a movie for the first time and plays a captain.", "Mom, I’m a Movie Star!")]
    [InlineData("IF THE SEA WERE AN OLD SHOP", "", "If the Sea Were an Old Shop")]
    [InlineData(
        "COM DEUS NINGUÉM BRINCA NO MAR",
        "Uma história de pescadores contada no porto da cidade.",
        "Com Deus ninguém brinca no mar"
    )]
    public void Calm_WritesNamesAndLittleWordsAsTheLanguageDoes(string title, string description, string expected)
    {
        var source = Samples.Analyzer.Read(new VideoInput { Title = title, Description = description });

        Assert.Equal(expected, Casing.Calm(title, source));
    }

    [Fact]
    public void IsCertain_ShortRiddleInCapitals_IsNot() =>
        Assert.False(
            Casing.IsCertain(
                "KISMAT KI BAAT WITH THE WHOLE TOWN",
                Samples.Analyzer.Read(new VideoInput { Title = "KISMAT KI BAAT WITH THE WHOLE TOWN", Description = "" })
            )
        );

    [Fact]
    public void Blank_TitleInAnotherOrder_IsThePasteStill()
    {
        const string Rest = "We mix lime mortar on the pier.";

        var left = TitlePaste.Blank("Repairing the old harbour wall with mortar" + Rest, "mortar with wall harbour old the Repairing");

        Assert.Equal(Rest, left.TrimStart());
    }

    [Theory]
    [InlineData(
        "Signal towers",
        "In this talk, old signal towers send news across the whole valley before the telegraph.",
        "Old signal towers send news across the whole valley before the telegraph"
    )]
    [InlineData(
        "Torres de señales",
        "Esta charla presenta una forma barata de leer las viejas torres de señales con el teléfono.",
        "Una forma barata de leer las viejas torres de señales con el teléfono"
    )]
    public void Titles_FromWhatIsPresented_AreWholePhrases(string title, string description, string expected)
    {
        var found = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Description = description,
                CategoryId = "28",
            }
        );

        Assert.Contains(expected, found.Titles.Select(suggestion => suggestion.Text));
    }
}
