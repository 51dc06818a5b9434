using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Topics of the vocabulary, names of series, events and what the creator's tags and the title have in common.</summary>
public class TagTopicTests
{
    private const string Talk =
        "In this talk we look at how to teach computers. We use natural language processing and a random forest, and Docker in the end. "
        + "Docker is what we deploy with.";

    [Fact]
    public void Of_TopicsOfATalk_AreFoundInTitleAndProse()
    {
        var topics = KnownTopics.Of(Read("Teaching computers with Python and machine learning", Talk, "pycon-us-2015"));
        Assert.Equal(["Python", "machine learning"], topics.Take(2));
        Assert.Contains("natural language processing", topics);
        Assert.Contains("random forest", topics);
        Assert.Contains("Docker", topics);
    }

    [Theory]
    [InlineData("ru", "Введение в методы машинного обучения", "машинное обучение")]
    [InlineData("es", "Una introducción a las bases de datos", "bases de datos")]
    [InlineData("ja", "はじめての機械学習", "機械学習")]
    public void Of_TopicInAnotherForm_IsShownInItsBaseForm(string language, string title, string expected) =>
        Assert.Contains(expected, KnownTopics.Of(Read(title, "", "pycon-apac-2014", language)));

    [Theory]
    [InlineData("A word embedding for everyone", "word embedding")]
    [InlineData("Word embeddings for everyone", "word embeddings")]
    [InlineData("Data analysis for everyone", "data analysis")]
    public void Of_EnglishTopic_IsOneOrManyAsTheTextSays(string title, string expected) =>
        Assert.Equal([expected], KnownTopics.Of(Read(title, "", "pycon-us-2015")));

    [Fact]
    public void Of_WordThatIsAlsoAName_CountsOnlyAsItsOwnerWritesIt()
    {
        var topics = KnownTopics.Of(
            Read(
                "A talk about chemistry",
                "We filled a flask and looked at the spark. Then a flask broke, and a spark flew.",
                "pycon-us-2015"
            )
        );
        Assert.DoesNotContain("Flask", topics);
        Assert.DoesNotContain("Spark", topics);
    }

    [Theory]
    [InlineData("Velmar Evi 18. Bölüm", "tr", "Velmar Evi")]
    [InlineData("Amber House Episode 216, 31/10/18", "en", "Amber House")]
    [InlineData("Amber House S03 Ep06", "en", "Amber House")]
    [InlineData("Guest of the day | Amber House | Episode 5", "en", "Amber House")]
    [InlineData("How to paint a wall - part 2", "en", null)]
    [InlineData("Amber House in the city", "en", null)]
    public void Of_NameBeforeTheNumberOfAPart_IsTheSeries(string title, string language, string? expected) =>
        Assert.Equal(expected, SeriesName.Of(Read(title, "", "Any channel", language, "amber house", "velmar evi")));

    [Theory]
    [InlineData("pycon-us-2015", "PyCon US 2015", "PyCon US")]
    [InlineData("pycon-italia-2014", "PyCon Italia 2014", "PyCon Italia")]
    [InlineData("Amber News", "Amber News", null)]
    [InlineData("Channel 5", "Channel 5", null)]
    public void Of_NameOfAChannel_IsWrittenAsPeopleDo(string channel, string expected, string? withoutYear)
    {
        Assert.Equal(expected, EventName.Of(channel));
        Assert.Equal(withoutYear, EventName.WithoutYear(expected));
    }

    [Theory]
    [InlineData("UC8MGiz2YjgNGfmwZHJNoi8A", true)]
    [InlineData("DN6WWu_KEQs", true)]
    [InlineData("UCLA against the rest of it", false)]
    [InlineData("Ch3Thailand", false)]
    [InlineData("08282016NtflxUSCAN", true)]
    [InlineData("20181030 highlights of the day", false)]
    public void IsMachine_IdOfAChannelOrVideo_IsNoTag(string tag, bool expected) => Assert.Equal(expected, MachineTags.Is(tag));

    [Fact]
    public void Write_SeriesWithCast_IsNamedByTheHashtagsWithoutTheCast()
    {
        var result = new Analyzer().Analyze(
            new VideoInput
            {
                Title = "Velmar Evi 143. Bölüm",
                Description =
                    "Velmar Evi yeni bölümü yayında. Oyuncular: Ayşe Kandemir, Mert Sarıoğlu, Deniz Aktaş, Selin Toprak, Kaan Uçar",
                ChannelTitle = "Kanal Velmar",
                Tags = ["velmar evi", "velmar evi izle"],
            }
        );
        Assert.Equal("#VelmarEvi", result.Hashtags[0]);
        Assert.DoesNotContain("#MertSarıoğlu", result.Hashtags);
    }

    [Theory]
    [InlineData("Sen. Jane Velmar speaks about the airport", "sen", true)]
    [InlineData("Anna sings “Amber in Rose” today", "amber", true)]
    [InlineData("Anna sings “Amber” in a rose garden", "amber", false)]
    public void Has_AbbreviationOrPartOfAQuotation_IsTorn(string title, string key, bool expected)
    {
        var source = Read(title, "", "Any channel");
        Assert.Equal(expected, TornPhrases.Has(source, source.Phrases.First(phrase => phrase.Key == key)));
    }

    private static Source Read(string title, string description, string channel, string? language = null, params string[] tags) =>
        Source.Create(
            new VideoInput
            {
                Title = title,
                Description = description,
                ChannelTitle = channel,
                DeclaredLanguage = language,
                Tags = tags,
            },
            new LanguageDetector(),
            KeyphraseModel.Default
        );
}
