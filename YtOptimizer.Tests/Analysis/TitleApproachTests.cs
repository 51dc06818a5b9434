using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Further approaches beside the present title: what the text explains, asks, lists and quotes.</summary>
public sealed class TitleApproachTests
{
    [Theory]
    [InlineData(
        "Per Mare ad Astra",
        "In this talk we will show how to build an interactive model of the solar system.",
        "Per Mare ad Astra: How to Build an Interactive Model of the Solar System"
    )]
    [InlineData(
        "De la libreta al servidor",
        "Aprende a transferir fácilmente tu cuaderno de datos a una máquina nueva mediante una herramienta libre y gratuita.",
        "Cómo transferir fácilmente tu cuaderno de datos a una máquina nueva"
    )]
    [InlineData(
        "Programujeme v škole",
        "V príspevku vám priblížime, ako sme prešli z vyučovania programovania v Pascale na jazyk Python.",
        "Ako sme prešli z vyučovania programovania v Pascale na jazyk Python"
    )]
    [InlineData(
        "Sphinx のテーマ事始め",
        "本セッションでは、自分が考えるSphinxテーマのカスタマイズ手法を紹介したいと思います。",
        "自分が考えるSphinxテーマのカスタマイズ手法"
    )]
    public void WhatATalkExplains_IsATitle_WithTheTopicBeforeItWhereItDoesNotNameIt(string title, string description, string expected) =>
        Assert.Contains(expected, Titles(title, description, "28", "pycon-es-2016").Select(found => found.Text));

    [Theory]
    [InlineData(
        "Fundamentals of Kubernetes",
        "Kubernetes has become the standard for running programs.\n\nTopics:\n- Containers and pods.\n- Scaling.\n- Automatic recovery.",
        "Fundamentals of Kubernetes: Containers and Pods, Scaling and Automatic Recovery"
    )]
    [InlineData(
        "El otro trabajo de un proyecto",
        "En esta charla se ven todas las cosas que un proyecto necesita:\n\n- Documentación\n- Presencia web\n- Internacionalización",
        "El otro trabajo de un proyecto: Documentación, presencia web e Internacionalización"
    )]
    [InlineData("小海的選擇", "內容：\n1. Open API\n2. 資料庫設計\n3. 網站維護", "小海的選擇｜Open API、資料庫設計、網站維護")]
    [InlineData(
        "Bread at home",
        "Some of what bakers know.\n\n3 simple ways to keep sourdough bread fresh:\n- A linen bag\n- A clay pot\n- The freezer",
        "3 simple ways to keep sourdough bread fresh"
    )]
    public void AList_IsNamedBehindTheTopic_OrByAHeadingThatCountsIt(string title, string description, string expected) =>
        Assert.Contains(Titles(title, description, "28"), found => found.Approach is "contents" or "sentence" && found.Text == expected);

    [Theory]
    [InlineData(
        "Mayor Nora Lind opens the new harbour bridge",
        "“We have waited thirty years for this bridge,” said Nora Lind at the opening.",
        "Nora Lind: “We have waited thirty years for this bridge”"
    )]
    [InlineData(
        "La alcaldesa Nora Lind abre el puente del puerto",
        "Nora Lind dijo: \"Hemos esperado treinta años por el puente del puerto\".",
        "Nora Lind: «Hemos esperado treinta años por el puente del puerto»"
    )]
    [InlineData(
        "Bürgermeisterin Nora Lind eröffnet die Hafenbrücke",
        "„Wir haben dreißig Jahre auf die Brücke gewartet“, sagte Nora Lind bei der Eröffnung.",
        "Nora Lind: „Wir haben dreißig Jahre auf die Brücke gewartet“"
    )]
    [InlineData(
        "La maire Nora Lind ouvre le pont du port",
        "« Nous avons attendu ce pont trente ans », a déclaré Nora Lind.",
        "Nora Lind : « Nous avons attendu ce pont trente ans »"
    )]
    public void AQuotation_StandsWithItsSpeaker_InTheLanguagesMarks(string title, string description, string expected)
    {
        var found = Assert.Single(Titles(title, description, "25"), suggestion => suggestion.Approach == "quote");

        Assert.Equal(expected, found.Text);
        Assert.Contains(found.SourceSpans, span => span.Field == "description");
    }

    [Fact]
    public void AQuotation_OfSomebodyTheVideoDoesNotName_IsNoTitle() =>
        Assert.DoesNotContain(
            Titles("The new harbour bridge is open", "“We have waited thirty years for this bridge,” said Nora Lind at the opening.", "25"),
            found => found.Approach == "quote"
        );

    [Fact]
    public void AQuestionThatDoesNotNameTheSubject_StandsBehindIt() =>
        Assert.Contains(
            "Python e os seus frameworks web: qual melhor framework para começar?",
            Titles(
                    "Python e os seus frameworks web",
                    "Programação para a Web. Vários projetos são mostrados. Qual melhor framework para começar?",
                    "28"
                )
                .Select(found => found.Text)
        );

    [Theory]
    [InlineData("Сдала на права (анимация)", "Автомаркет - удобный способ продажи автомобиля. Промокод дает скидку.")]
    [InlineData("Usages avancés de NumPy", "Le langage a la réputation d'être lent. Des tableaux le rendent rapide.")]
    [InlineData("Weekly songs", "The song of the week 2X faster dance아이즈원 라비앙로즈 2배속 댄스 도전!")]
    public void ASentenceThatDoesNotNameTheSubject_IsNotPutBehindIt(string title, string description) =>
        Assert.DoesNotContain(Titles(title, description, "24"), found => found.Approach is "sentence" or "outcome" or "explains");

    [Fact]
    public void ATitleLikeTheSpeech_IsNoSuggestion_UnlessItWasMadeOfIt()
    {
        var input = new VideoInput { Title = "世界最強の料理🔥", Transcript = Transcript.FromText("世界最強の料理🔥") };

        Assert.DoesNotContain(input.Title, Samples.Analyzer.Analyze(input).Titles.Select(found => found.Text));
        Assert.Contains(input.Title, Samples.Analyzer.Analyze(input with { HasWorkingTitle = true }).Titles.Select(found => found.Text));
    }

    [Fact]
    public void ANumberWithALeadingZeroInTheTitle_IsKnown() =>
        Assert.Contains(
            "Lightning talks 2014-11-08 | PyCon ES 2014",
            Titles("Lightning talks 2014-11-08", "", "28", "pycon-es-2014").Select(found => found.Text)
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
