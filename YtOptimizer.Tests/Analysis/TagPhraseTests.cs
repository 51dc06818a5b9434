using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;

namespace YtOptimizer.Tests.Analysis;

public class TagPhraseTests
{
    [Theory]
    [InlineData("猫｜子猫の日常", "今日は猫と子猫の一日です。", "猫", 0.4, true)]
    [InlineData("猫｜子猫の日常", "今日は猫と子猫の一日です。", "猫", 0.2, false)]
    [InlineData("Jane Roe - Amber Rain (Official Music Video)", "", "official music video", 0.4, true)]
    [InlineData("Jane Roe - Amber Rain (Official Music Video)", "", "official music video", 0.2, false)]
    [InlineData("Juana Roe - Lluvia (Video Oficial)", "La canción nueva de Juana Roe.", "video oficial", 0.4, true)]
    [InlineData("Jeanne Roe - Pluie (Clip Officiel)", "La nouvelle chanson de Jeanne Roe.", "clip officiel", 0.4, true)]
    [InlineData("A Fazenda: Nadja e Gabi brigam", "Tudo sobre o programa.", "a fazenda", 0.4, true)]
    [InlineData("A Fazenda: Nadja e Gabi brigam", "Tudo sobre o programa.", "a fazenda", 0.2, false)]
    public void IsTag_SignsFormsAndPartsOfTheTitle_OnlyWhenLikely(string title, string description, string key, double p, bool expected)
    {
        var source = Read(title, description);
        Assert.Equal(expected, TagQuality.IsTag(source, Phrase(source, key, p)));
    }

    [Theory]
    [InlineData("Amber Rain", "A short film about rain.\n\nDirected by Jonas Velmar", "jonas velmar", 0.3, true)]
    [InlineData("Amber Rain", "A short film about rain.\n\nDirected by Jonas Velmar", "jonas velmar", 0.15, false)]
    [InlineData("Amber Rain", "A short film about rain.\n\nThis video is sponsored by Velmar Shoes", "velmar shoes", 0.4, false)]
    public void IsTag_WhoIsCredited_MayBeSearchedSponsorsNot(string title, string description, string key, double p, bool expected)
    {
        var source = Read(title, description);
        Assert.Equal(expected, TagQuality.IsTag(source, Phrase(source, key, p)));
    }

    [Theory]
    [InlineData("George Ezra - Hold My Girl", "Listen to George Ezra.", "ezra", 0.3, "george ezra", 0.6, true)]
    [InlineData("George Ezra - Hold My Girl", "Listen to George Ezra.", "ezra", 0.5, "george ezra", 0.6, false)]
    [InlineData("Quỳnh búp bê tập 23", "Phim Quỳnh búp bê tập 23 hôm nay.", "quỳnh", 0.5, "quỳnh búp bê", 0.4, true)]
    [InlineData("Quỳnh búp bê tập 23", "Phim Quỳnh búp bê tập 23 hôm nay.", "quỳnh", 0.7, "quỳnh búp bê", 0.4, false)]
    [InlineData("Пусть говорят: тайна Виктории Федоровой", "Виктории Федоровой", "федоровой", 0.3, "виктории федоровой", 0.4, true)]
    public void IsHeld_PartOfALongerTag_GoesUnlessSure(
        string title,
        string description,
        string word,
        double p,
        string phrase,
        double q,
        bool expected
    )
    {
        var source = Read(title, description);
        Assert.Equal(expected, new HeldWords(source).IsHeld(Phrase(source, word, p), Phrase(source, phrase, q)));
    }

    [Fact]
    public void FillsUp_WordThatCreatorsElsewhereTag_UnlessALikelierTagHoldsIt()
    {
        var source = Read("Halloween makeup for beginners", "Easy makeup for Halloween night.");
        var words = new HeldWords(source);
        var word = Phrase(source, "halloween", 0.25);
        Assert.True(words.FillsUp(word, []));
        Assert.False(words.FillsUp(word with { Probability = 0.15 }, []));
        Assert.False(words.FillsUp(word, [Phrase(source, "halloween makeup", 0.4)]));
    }

    [Theory]
    [InlineData("Velmar Orlan Talks", "velmar orlan", true)]
    [InlineData("VelmarOrlanVEVO", "velmar orlan", true)]
    [InlineData("Velmar Orlan Talks", "velmar", false)]
    [InlineData("Somebody Else", "velmar orlan", false)]
    public void Likelihood_PhraseOfTheChannelsName_IsLikelier(string channel, string key, bool expected)
    {
        var source = Read("Velmar Orlan explains tides", "Velmar Orlan about the tides of Velmar.", channel);
        var phrase = Phrase(source, key, 0.2);
        Assert.Equal(expected, new TagLikelihood(source).Of(phrase) > phrase.Probability);
    }

    [Theory]
    [InlineData("Velmar Orlan", "Velmar Orlan explains tides", "The tides, told by Velmar Orlan.", "velmar orlan")]
    [InlineData("Велмар Орлан", "Велмар Орлан объясняет приливы", "Приливы и отливы, рассказывает Велмар Орлан.", "велмар орлан")]
    public void Choose_NameOfTheChannel_ComesLast(string channel, string title, string description, string key)
    {
        var source = Read(title, description, channel);
        Likely(source, key, 0.9);
        var chosen = TagPhrases.Choose(source, new GroundingRules(source), 15);
        Assert.True(chosen.Count > 1);
        Assert.Equal(key, chosen[^1].Key);
    }

    [Theory]
    [InlineData(0.1, false)]
    [InlineData(0.2, true)]
    public void Choose_NumberAndWordFromFurtherDown_OnlyWhenLikely(double p, bool expected)
    {
        var source = Read("SV Rödinghausen gegen FC Bayern", "Das Pokalspiel in voller Länge.\n\nTore: 2 Müller, 1 Wagner");
        Likely(source, "2 müller", p);
        Assert.Equal(expected, TagPhrases.Choose(source, new GroundingRules(source), 15).Exists(phrase => phrase.Key == "2 müller"));
    }

    private static Source Read(string title, string description, string? channel = null) =>
        Samples.Analyzer.Read(
            new VideoInput
            {
                Title = title,
                Description = description,
                ChannelTitle = channel,
            }
        );

    private static RankedPhrase Phrase(Source source, string key, double p) =>
        source.Phrases.Find(phrase => phrase.Key == key) with
        {
            Probability = p,
        };

    private static void Likely(Source source, string key, double p)
    {
        source.Phrases[source.Phrases.FindIndex(phrase => phrase.Key == key)] = Phrase(source, key, p);
        source.Phrases.Sort(static (a, b) => b.Probability.CompareTo(a.Probability));
    }
}
