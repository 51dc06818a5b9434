using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What is wrong with the form of a title and mended without a change of its words, and names that the description adds.</summary>
public sealed class TitleRepairTests
{
    [Theory]
    [InlineData("Walking along the old harbour wall!!!", "19", "Walking along the old harbour wall!")]
    [InlineData("Why is the old harbour wall so high?!?!", "19", "Why is the old harbour wall so high?")]
    [InlineData("La ruta del puerto viejo,con mis amigos de Cádiz", "19", "La ruta del puerto viejo, con mis amigos de Cádiz")]
    [InlineData("Пирожки с картошкой из теста на сковороде !", "22", "Пирожки с картошкой из теста на сковороде!")]
    [InlineData("Walking along the old harbour wall #harbour #walk", "19", "Walking along the old harbour wall")]
    [InlineData("Walking along the old harbour wall 😂😝😅", "19", "Walking along the old harbour wall 😂")]
    [InlineData("КАК МЫ ПОСТРОИЛИ БОЛЬШОЙ ДОМ НА БЕРЕГУ РЕКИ", "22", "Как мы построили большой дом на берегу реки")]
    [InlineData("ЧТО СКАЗАЛИ В КПРФ ПОСЛЕ ВЫБОРОВ НА УЛИЦЕ", "25", "Что сказали в КПРФ после выборов на улице")]
    public void FaultsOfForm_AreMended_AndTheWordsStay(string title, string category, string expected) =>
        Assert.Contains(Titles(title, "", category), found => found.Approach == "repaired" && found.Text == expected);

    [Theory]
    [InlineData("Three schoolgirls fell from the bridge in the old town - Sea News", "Sea News")]
    [InlineData("Sea News: Three schoolgirls fell from the bridge in the old town", "Sea News")]
    [InlineData("Three schoolgirls fell from the bridge in the old town | Harbour", "Harbour News")]
    public void TheChannelsName_BesideAHeadline_IsLeftOut(string title, string channel) =>
        Assert.Contains(
            "Three schoolgirls fell from the bridge in the old town",
            Titles(title, "", "25", channel).Select(found => found.Text)
        );

    [Theory]
    [InlineData("Lost in the woods (GONE WRONG)", "Sea Days", "24")]
    [InlineData("Las aventuras de Marina - Capítulo completo 12", "Marina", "24")]
    [InlineData("The harbour of the north [ENG SUB] full movie", "Sea Films", "1")]
    [InlineData("Nora Lind - Harbour Lights (Official Video)", "Nora Lind", "10")]
    public void Hooks_Warnings_EpisodesAndSongs_AreNeverCut(string title, string channel, string category) =>
        Assert.DoesNotContain(Titles(title, "", category, channel), found => found.Approach is "repaired" or "shortened");

    [Theory]
    [InlineData("Ligthning talks at the harbour", "Ten lightning talks by sailors.", "Lightning talks at the harbour")]
    [InlineData(
        "Desplegando apliaciones en el puerto",
        "Cómo desplegar aplicaciones paso a paso.",
        "Desplegando aplicaciones en el puerto"
    )]
    [InlineData(
        "Lighning talks del puerto viejo de la ciudad",
        "Cinco lightning talks de los marineros en la ciudad.",
        "Lightning talks del puerto viejo de la ciudad"
    )]
    public void AWordThatTheDescriptionSpellsOtherwise_IsMended(string title, string description, string expected) =>
        Assert.Contains(expected, Titles(title, description, "28").Select(found => found.Text));

    [Theory]
    [InlineData("The walker of the harbour", "A talk with walkers by the sea.")]
    [InlineData("Sorlath at the harbour", "A day with Sorlath and the sailors.")]
    [InlineData("The harbours of the north", "The harbour is old.")]
    public void AnotherForm_OrAName_IsNoMisspelling(string title, string description) =>
        Assert.DoesNotContain(Titles(title, description, "28"), found =>
            found.Reasons.Any(reason => reason.Contains("misspelling", StringComparison.Ordinal))
        );

    [Fact]
    public void AHookInBrackets_StaysAtTheFront_AndACallForAttentionGoes()
    {
        Assert.DoesNotContain(Titles("【最下位はデビュー】港の古い曲の曲名を当てろクイズ", "", "24"), found =>
            found.Approach == "reordered"
        );
        Assert.Contains(Titles("【衝撃】港の古い曲の曲名を当てろクイズ", "", "24"), found =>
            !found.Text.Contains("衝撃", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void TheEnglishHalfOfALongTitle_IsLeftOut() =>
        Assert.Contains(
            "서양 아티스트들의 나이를 맞히는 재미있는 게임",
            Titles("서양 아티스트들의 나이를 맞히는 재미있는 게임 Korean singers try to guess the ages of western artists", "", "24")
                .Select(found => found.Text)
        );

    [Theory]
    [InlineData(
        "Async state machines",
        "How tasks run for long.\n\nNora Lind-ho\nI am Nora Lind-ho, a developer.",
        "Async state machines – Nora Lind-ho | PyCon KR 2023"
    )]
    [InlineData(
        "To comment or not",
        "DjangoCon 2019 - To comment or not? A look at attitudes by Nora Lind\n\nI asked many people.",
        "To comment or not – Nora Lind | PyCon KR 2023"
    )]
    public void TheSpeaker_IsFoundInTheFirstLineAndOnALineOfTheirOwn(string title, string description, string expected) =>
        Assert.Contains(expected, Titles(title, description, "28", "pycon-kr-2023").Select(found => found.Text));

    [Theory]
    [InlineData("Desplegando aplicaciones web en la nube", "", "Cómo desplegar aplicaciones web en la nube", "pycon-es-2017")]
    [InlineData(
        "Statistical tests for everybody",
        "In this talk I will show how we can test statistical models in some basic situations.",
        "How to test statistical models in some basic situations",
        "pydata-berlin-2016"
    )]
    public void GerundsAndAbilities_BecomeHowTo(string title, string description, string expected, string channel) =>
        Assert.Contains(
            expected,
            Titles(title, description, "28", channel).Where(found => found.Approach == "howTo").Select(found => found.Text),
            StringComparer.OrdinalIgnoreCase
        );

    [Fact]
    public void ASentenceOfATalksDescription_ThatOnlySaysWhatIsTrueOfEverything_IsNoTitle() =>
        Assert.DoesNotContain(
            Titles(
                "Databases for science",
                "Databases can be very useful and a real powerhouse for science projects.",
                "28",
                "pycon-us-2018"
            ),
            found => found.Approach == "sentence"
        );

    private static IReadOnlyList<TitleSuggestion> Titles(string title, string description, string category, string? channel = null) =>
        Samples
            .Analyzer.Analyze(
                new VideoInput
                {
                    Title = title,
                    Description = description,
                    CategoryId = category,
                    ChannelTitle = channel,
                }
            )
            .Titles;
}
