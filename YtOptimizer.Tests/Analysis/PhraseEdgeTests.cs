using System.Text.RegularExpressions;
using CsCheck;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What is shown is cut where a phrase ends: not before its noun, and it leads on from nothing said before.</summary>
public sealed class PhraseEdgeTests
{
    private static readonly (string Begin, string[] Adjectives, string[] Nouns, string LeadsOn)[] Talks =
    [
        (
            "Today we repair a {0} {1} in the workshop. First clean the {1}. Then paint it.",
            ["dull", "broken", "heavy", "old"],
            ["kitchen knife", "garden bench", "brass lamp"],
            "first then today"
        ),
        (
            "Heute reparieren wir das {0} {1} in der Werkstatt. Zuerst reinigen wir das {1}. Danach kommt Farbe darauf.",
            ["alte", "stumpfe", "schöne", "große"],
            ["Messer", "Fahrrad", "Radio"],
            "zuerst danach heute"
        ),
        (
            "Hoy vamos a reparar una {0} {1} en casa. Primero limpia la {1}. Luego hay que pintarla.",
            ["bonita", "vieja", "gran", "mala"],
            ["lámpara de cobre", "mesa de madera", "puerta"],
            "primero luego hoy"
        ),
        (
            "Hoje vamos consertar uma {0} {1} em casa. Primeiro limpe a {1}. Depois pinte tudo.",
            ["velha", "grande", "bonita", "nova"],
            ["mesa de madeira", "janela", "lâmpada"],
            "primeiro depois hoje"
        ),
        (
            "Aujourd'hui on va réparer une {0} {1} à la maison. D'abord nettoyez la {1}. Ensuite il faut peindre.",
            ["petite", "vieille", "belle", "grande"],
            ["fuite", "table en bois", "lampe"],
            "ensuite"
        ),
        (
            "Oggi andiamo a riparare una {0} {1} in casa. Prima pulite la {1}. Poi bisogna dipingere.",
            ["vecchia", "grande", "bella", "piccola"],
            ["lampada", "sedia di legno", "porta"],
            "poi oggi"
        ),
        (
            "Vandaag repareren we een {0} {1} in de werkplaats. Eerst maken we de {1} schoon. Daarna komt de verf.",
            ["oude", "grote", "kleine", "mooie"],
            ["lamp", "fiets", "stoel"],
            "eerst daarna vandaag"
        ),
    ];

    [Fact]
    public void Analyze_ShortSpeech_ShowsNothingThatEndsBeforeItsNounOrLeadsOn() =>
        Gen.Int[0, Talks.Length - 1]
            .SelectMany(i => Gen.Select(Gen.Const(Talks[i]), Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool))
            .Sample(
                pick =>
                {
                    var (talk, adjective, noun, whole) = pick;
                    var text = string.Format(
                        System.Globalization.CultureInfo.InvariantCulture,
                        talk.Begin,
                        talk.Adjectives[adjective],
                        talk.Nouns[noun]
                    );
                    text = whole ? text : text[..(text.IndexOf('.', StringComparison.Ordinal) + 1)];
                    foreach (var shown in Shown(text))
                    {
                        var words = shown.ToLowerInvariant().Split([' ', '#'], StringSplitOptions.RemoveEmptyEntries);
                        Assert.DoesNotContain(words[^1], talk.Adjectives);
                        Assert.False(words.Length > 1 && talk.LeadsOn.Split(' ').Contains(words[0]) && words[^1] != "farbe", shown);
                    }
                },
                iter: 150,
                threads: 1
            );

    [Fact]
    public void Analyze_SpeechCutInTheMiddle_GivesNoFragment() =>
        Assert.All(Shown("Today we sharpen a dull"), shown => Assert.DoesNotMatch(@"(?i)\b(a|dull)$", shown));

    [Theory]
    [InlineData("Hoy vamos a limpiar una bonita sartén de hierro. Primero calienta la sartén.", "Cómo limpiar una bonita sartén de hierro")]
    [InlineData("Heute schärfen wir ein stumpfes Küchenmesser. Zuerst kommt der Stein ins Wasser.", "Ein stumpfes Küchenmesser schärfen")]
    [InlineData("Hoje vamos consertar uma goteira no telhado da casa. Suba com cuidado.", "Como consertar uma goteira no telhado da casa")]
    [InlineData("Сегодня мы точим тупой кухонный нож. Сначала намочите камень.", "Точим тупой кухонный нож")]
    [InlineData("今日は切れない包丁の研ぎ方を紹介します。まず砥石を水に浸します。", "切れない包丁の研ぎ方")]
    [InlineData("Sharpen a dull kitchen knife in five minutes. First soak the stone.", "Sharpen a dull kitchen knife in five minutes")]
    public void WorkingTitle_OfShortSpeech_IsWhatTheSpeakerIsGoingToDo(string speech, string expected) =>
        Assert.Equal(expected, Samples.Analyzer.WorkingTitle(Transcript.FromText(speech)));

    [Theory]
    [InlineData("触れ", "触れられないことが多いです", true)]
    [InlineData("包丁の研", "包丁の研ぎ方を紹介します", true)]
    [InlineData("紹介", "研ぎ方を紹介します", false)]
    [InlineData("包丁", "包丁の研ぎ方", false)]
    [InlineData("簡単", "簡単なレシピ", false)]
    public void IsTorn_JapanesePhrase_TellsAPieceOfAWord(string phrase, string text, bool expected) =>
        Assert.Equal(expected, JapaneseEdges.IsTorn(phrase, text));

    [Theory]
    [InlineData("MasterBaker Junior - Season 1 - Ep.31", "Season")]
    [InlineData("The Bread Show | Episode 12 | December", "Episode")]
    [InlineData("Pain maison - Saison 3", "Saison")]
    public void Overlays_OfASeries_NameNoPartWithoutItsNumber(string title, string part)
    {
        var result = Samples.Analyzer.Analyze(new VideoInput { Title = title, Description = "Bakers meet and bake bread together." });

        Assert.DoesNotContain(result.ThumbnailIdeas, idea =>
            (idea.OverlayText.Contains(part, StringComparison.OrdinalIgnoreCase) && !idea.OverlayText.Any(char.IsAsciiDigit))
            || idea.OverlayText.Contains("DECEMBER", StringComparison.OrdinalIgnoreCase)
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_PatternOutOfTime_IsTriedAgain(int failures)
    {
        var calls = 0;
        var result = Patterns.Run(() => calls++ < failures ? throw new RegexMatchTimeoutException() : calls);

        Assert.Equal(failures + 1, result);
        calls = 0;
        Assert.Throws<RegexMatchTimeoutException>(() => Patterns.Run(() => Patterns.Run(() => Stall(ref calls)), tries: 3));
        Assert.Equal(3, calls);
        return;

        static int Stall(ref int calls) => calls++ < 1000 ? throw new RegexMatchTimeoutException() : 0;
    }

    [Fact]
    public void Titles_OfShoutedOrLabelledOnes_AreBetterOrNotMade()
    {
        AnalysisResult Of(string title, string channel = "Channel") =>
            Samples.Analyzer.Analyze(
                new VideoInput
                {
                    Title = title,
                    ChannelTitle = channel,
                    Description = "https://example.com",
                }
            );

        // The channel's name behind a title that is shown whole takes nothing away, and brackets at the front tell the series.
        Assert.Empty(Of("Bread with walnuts from the oven | Kneady", "Kneady").Titles);
        Assert.Empty(Of("[공방일기] 호두빵을 굽는 법과 오븐 온도 이야기").Titles);
        // A name in capitals is unknown here: what is left is no calmer title.
        Assert.Empty(Of("¡SE ARMAN LOS TRANCASOS EN ZORBELIA! ASI PONE MOREXA EN SU LUGAR A FRENISTAS - CANAL UNO", "Canal Uno").Titles);
    }

    private static IEnumerable<string> Shown(string speech)
    {
        var transcript = Transcript.FromText(speech);
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = Samples.Analyzer.WorkingTitle(transcript),
                HasWorkingTitle = true,
                Transcript = transcript,
            }
        );
        return
        [
            .. result.Titles.Select(title => title.Text),
            .. result.Tags.Tags,
            .. result.ThumbnailIdeas.Select(idea => idea.OverlayText),
            .. result.Chapters.Chapters.Select(chapter => chapter.Title),
        ];
    }
}
