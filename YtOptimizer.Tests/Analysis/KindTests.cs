using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

public sealed class KindTests
{
    private static KindInfo Classify(string title, string description = "", string? category = null, string? channel = null) =>
        Samples
            .Analyzer.Read(
                new VideoInput
                {
                    Title = title,
                    Description = description,
                    CategoryId = category,
                    ChannelTitle = channel,
                }
            )
            .Kind;

    [Theory]
    [InlineData(
        "Nora Lind - Paper Boats (Official Video)",
        "The official video for Paper Boats. Stream the new single now.",
        "10",
        VideoKind.Music
    )]
    [InlineData("Marta Ruiz - Mar Abierto (En Vivo)", "Marta Ruiz interpreta en vivo la canción Mar Abierto.", "10", VideoKind.Performance)]
    [InlineData(
        "Tarta de queso sin horno | Receta fácil",
        "Ingredientes: 200 g de galletas, queso crema y leche. Receta paso a paso.",
        "26",
        VideoKind.Recipe
    )]
    [InlineData(
        "Wackeligen Stuhl reparieren: Anleitung Schritt für Schritt",
        "In dieser Anleitung zeige ich, wie der Stuhl wieder fest steht.",
        "26",
        VideoKind.Tutorial
    )]
    [InlineData("Обзор наушников Aria X: распаковка и тест", "Распаковка и тест новых наушников.", "28", VideoKind.Review)]
    [InlineData("『夜の川』本予告", "映画『夜の川』2027年公開。出演：田中一郎", "1", VideoKind.Trailer)]
    [InlineData("FC Nord - SV Süd 2:1 | Highlights | Bundesliga", "Alle Tore und Highlights der Partie.", "17", VideoKind.Sports)]
    [InlineData(
        "ראיון עם דנה לוי על הספר החדש שלה",
        "דנה לוי מספרת על הכתיבה ועל הילדות בחיפה, בריאיון ארוך ומלא.",
        "24",
        VideoKind.Interview
    )]
    [InlineData(
        "Peut-on tester sans base de données ?",
        "Dans cette présentation, je montre comment écrire des tests rapides. Conférence donnée à Lyon.",
        "28",
        VideoKind.Talk
    )]
    [InlineData("마인크래프트 야생 생존기 3화", "마인크래프트 게임 실황입니다.", "20", VideoKind.Gaming)]
    public void Classify_PlainCues_NamesTheKind(string title, string description, string category, VideoKind expected)
    {
        var kind = Classify(title, description, category);

        Assert.Equal(expected, kind.Kind);
        Assert.InRange(kind.Confidence, 0.5, 1);
        Assert.NotEmpty(kind.Evidence);
        Assert.Equal(4, kind.Conventions.Count);
    }

    [Theory]
    [InlineData("Gülcan boşanma şartını canlı yayında açıkladı", "", "24", VideoKind.Performance)]
    [InlineData("The River | Jane Roe | Teaser Reaction!", "Our reaction to the trailer of The River.", "24", VideoKind.Trailer)]
    [InlineData("4 crianças que lembram de vidas passadas", "Histórias de crianças médiuns.", "24", VideoKind.Kids)]
    [InlineData("Stray Kids - My Pace", "Stray Kids at the music bank.", "10", VideoKind.Kids)]
    [InlineData("Velmar - TEST DRIVE", "Test drive of a song.", "10", VideoKind.Review)]
    [InlineData("【大食い】バターライス2.7kg完食【レシピ付き】", "レシピはこちら。", "24", VideoKind.Recipe)]
    public void Classify_WordsThatMeanSomethingElseHere_DoNotMakeTheKind(
        string title,
        string description,
        string category,
        VideoKind not
    ) => Assert.NotEqual(not, Classify(title, description, category).Kind);

    [Fact]
    public void Classify_NothingSpeaksForAKind_IsOtherAndUnsure()
    {
        var kind = Classify("The quiet side of the valley");

        Assert.Equal(VideoKind.Other, kind.Kind);
        Assert.InRange(kind.Confidence, 0, 0.5);
    }

    [Fact]
    public void Classify_Short_KeepsWhatItIsAbout()
    {
        var kind = Classify("Easy pancake recipe #shorts", "Ingredients: flour, milk, eggs. Recipe below.");

        Assert.Equal(VideoKind.Shorts, kind.Kind);
        Assert.Equal(VideoKind.Recipe, kind.About);
        Assert.Contains("40 characters", kind.Conventions[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_EveryKindHasThemInEveryLanguage()
    {
        var kinds = Enum.GetValues<VideoKind>().Except([VideoKind.Shorts, VideoKind.Other]);
        var missing =
            from kind in kinds
            from language in LanguageDetector.Supported
            where KindConventions.Terms(kind, language).Count < 2
            select $"{kind} {language}";

        Assert.Empty(missing);
        Assert.Equal(27, LanguageDetector.Supported.Count);
    }

    [Fact]
    public void Conventions_EveryKindHasThem() =>
        Assert.All(Enum.GetValues<VideoKind>(), kind => Assert.All(KindConventions.For(kind).Advice, advice => Assert.NotEmpty(advice)));

    [Theory]
    [InlineData(
        "Mélangez la farine et le beurre. Ajoutez le sucre, une pincée de sel et les œufs. Étalez la pâte dans le moule. "
            + "Le four est chaud. La cuisson dure vingt minutes, puis on remet la crème sur la pâte.",
        VideoKind.Recipe
    )]
    [InlineData(
        "Wir sind mit dem Zug angekommen. Der Wanderweg beginnt hinter der Hütte. Nach acht Kilometer kam der Aufstieg, "
            + "dann die Aussicht und der Rückweg. Im Rucksack war noch Frühstück.",
        VideoKind.Vlog
    )]
    [InlineData(
        "The boss has a shield. I died, so we respawn at the checkpoint. One more enemy, then the loot is ours. "
            + "This game eats stamina, and the damage of that enemy is not fair.",
        VideoKind.Gaming
    )]
    public void Classify_SpeechFullOfTheThingsOfAKind_NamesTheKind(string speech, VideoKind expected) =>
        Assert.Equal(expected, Spoken(speech).Kind);

    [Fact]
    public void Classify_SpeechThatNamesThemInPassing_IsNoneOfThem()
    {
        var passing =
            "We were talking about trains all day, about tickets and delays and what people carry with them. "
            + "My uncle kept his papers in the oven, next to a bag of flour and a jar of sugar. He laughed about it for years. ";
        var rest = string.Concat(
            Enumerable.Repeat("The line was built by two brothers who never agreed on anything but the colour of the doors. ", 12)
        );

        Assert.Equal(VideoKind.Other, Spoken(passing + rest).Kind);
    }

    private static KindInfo Spoken(string speech) =>
        Samples.Analyzer.Read(new VideoInput { Title = "", Transcript = Transcript.FromText(speech) }).Kind;
}
