using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Speech;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What speakers say a video is about, taken out of their sentences.</summary>
public sealed class StatedSubjectTests
{
    [Theory]
    [InlineData(
        "en",
        "So today I want to tell you how bakers kept bread fresh in winter. It was hard.",
        "how bakers kept bread fresh in winter"
    )]
    [InlineData("en", "Hello. In this video we're going to look at the Norda 5 camera. It is small.", "Norda 5 camera")]
    [InlineData(
        "en",
        "Today I'm going to show you how to take these shelves apart, and paint them. Easy.",
        "how to take the shelves apart"
    )]
    [InlineData("es", "Hoy os traigo el análisis de los Lumbra X3, que son unas lámparas. Vamos allá.", "análisis de los Lumbra X3")]
    [InlineData("pt", "Oi, gente. Hoje tem bolo de fubá, aquele bem fofo. Bora lá.", "bolo de fubá")]
    [InlineData("fr", "Bonjour. Aujourd'hui on parle de la migration des oies, et c'est long. Allez.", "migration des oies")]
    [InlineData("it", "Ciao. Oggi parliamo di orologi a pendolo, che amo. Cominciamo.", "orologi a pendolo")]
    [InlineData("de", "Hallo. Heute zeige ich euch den kleinen Webrahmen Lina, weil ihr gefragt habt. Los.", "Webrahmen Lina")]
    [InlineData("ru", "Привет. Сегодня расскажу, как мы чинили старую лодку, и что вышло. Поехали.", "как мы чинили старую лодку")]
    [InlineData("ja", "こんにちは。今日はですね、木のスプーンの作り方を紹介します。簡単です。", "木のスプーンの作り方")]
    [InlineData("ko", "안녕하세요. 오늘은 제가 오래 기다린 곳, 별빛섬에 갑니다. 좋네요.", "별빛섬")]
    [InlineData("zh", "大家好。所以今天咱们就来聊聊，蜗牛的壳到底有什么秘密。开始吧。", "蜗牛的壳到底有什么秘密")]
    [InlineData("ar", "أهلا. بعد هذا الدرس ستعرف كيف تصلح الدراجة القديمة، وكيف تنظفها. هيا. نبدأ.", "كيف تصلح الدراجة القديمة")]
    public void Of_SentenceThatSaysTheSubject_GivesItAlone(string language, string speech, string subject)
    {
        var stated = StatedSubjects.Of(SpeechReader.Read(Transcript.FromText(speech), language), language, FrameUse.Topic);

        Assert.Equal(subject, stated[0].Text);
        Assert.Contains(stated[0].Sentence, speech, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "I like bread. My sister told me a story about a boat. We laughed.")]
    [InlineData("en", "Today is Monday. I'm going to go home. Let's go.")]
    [InlineData("es", "Me gusta el pan. Hoy es lunes. Voy a ver.")]
    [InlineData("pt", "Hoje eu vou mostrar e vou explicar. Vamos ver. Legal.")]
    [InlineData("de", "Heute ist Montag. Wir haben gelacht. Das war es.")]
    public void Of_SentencesThatSayNone_IsEmpty(string language, string speech) =>
        Assert.Empty(StatedSubjects.Of(SpeechReader.Read(Transcript.FromText(speech), language), language, FrameUse.Topic));

    [Theory]
    [InlineData("en", "Welcome. My guest today is Rosa Lindqvist, who builds kites. Hello.", "Rosa Lindqvist")]
    [InlineData("es", "Buenas. Hoy nos acompaña Marta Olivares, que hace quesos. Hola.", "Marta Olivares")]
    [InlineData("it", "Siamo nella bottega di Elio Fantini, che ripara biciclette. Salve.", "Elio Fantini")]
    [InlineData("de", "Mein Gast heute ist Jonas Feldmann, ein Uhrmacher. Hallo.", "Jonas Feldmann")]
    public void Of_Introduction_NamesTheGuest(string language, string speech, string guest) =>
        Assert.Equal(guest, StatedSubjects.Of(SpeechReader.Read(Transcript.FromText(speech), language), language, FrameUse.Guest)[0].Text);

    [Theory]
    [InlineData("en", "Okay, let's go over what you need, because it is short.", "what you need")]
    [InlineData("es", "Venga, empezamos por el diseño.", "diseño")]
    [InlineData("fr", "Bon, on commence avec la pâte, parce qu'elle doit reposer.", "pâte")]
    public void OfPart_Announcement_GivesTheName(string language, string sentence, string name) =>
        Assert.Equal(name, StatedSubjects.OfPart(SpeechReader.Read(Transcript.FromText(sentence), language).Units, language)[0].Text);

    [Fact]
    public void Every_LanguageOfTheFile_HasPatternsThatCompile()
    {
        foreach (var language in "en es pt fr it de nl sv ru uk pl cs sk tr ar he hi ja ko zh id vi th".Split(' '))
        {
            Assert.NotNull(SpokenFrames.For(language).In("a b c.", FrameUse.Topic).ToList());
        }
    }
}
