using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Phrases that a reader would strike out of a list of tags, and own tags that stay or go.</summary>
public class TagLooseTests
{
    private static readonly Analyzer Analyzer = new();

    [Theory]
    [InlineData("Amber Velmar - God is a River", "velmar", "amber velmar", true)]
    [InlineData("Amber Velmar - God is a River", "amber velmar", "amber velmar songs", false)]
    [InlineData("Quỳnh búp bê tập 23 hôm nay", "tập 23", "quỳnh búp bê", true)]
    [InlineData("ЕСЛИ БЫ ДА КАБЫ Русские мелодрамы", "кабы русские", "кино", true)]
    [InlineData("ЕСЛИ БЫ ДА КАБЫ Русские мелодрамы", "русские мелодрамы", "кино", false)]
    [InlineData("El otro 90% del laburo", "el otro 90", "charla", true)]
    [InlineData("Сборник новых мультиков про котят", "сборник новых", "котята", true)]
    [InlineData("Amber v. Velmar", "amber v", "news", true)]
    [InlineData("Segundo Sol completo 31/10 Resumo do capítulo", "10 resumo", "novela", true)]
    public void Has_PartsAndStretches_AreLoose(string title, string key, string own, bool expected)
    {
        var source = Read(title, "", own);
        Assert.Equal(expected, LooseTags.Has(source, source.Phrases.First(phrase => phrase.Key == key)));
    }

    [Fact]
    public void Has_OrdinaryWordThatOpensATitle_IsLooseUnlessTheCreatorTagsIt()
    {
        const string Title = "Desplegando aplicaciones web con Swarm";
        const string Description = "En esta charla vemos cómo desplegar aplicaciones paso a paso.";
        Assert.True(Loose(Read(Title, Description, "python"), "desplegando"));
        Assert.False(Loose(Read(Title, Description, "desplegando"), "desplegando"));
    }

    [Fact]
    public void RemoveOverlapping_KeepsTheBetterOfTwoStretches()
    {
        var source = Read("Sentiment analysis of customer comments", "", "nlp");
        RankedPhrase Phrase(string key) => source.Phrases.First(phrase => phrase.Key == key);
        List<RankedPhrase> phrases = [Phrase("sentiment analysis"), Phrase("analysis of customer"), Phrase("comments")];
        LooseTags.RemoveOverlapping(source, phrases);
        Assert.Equal(["sentiment analysis", "comments"], phrases.Select(phrase => phrase.Key));
    }

    [Theory]
    [InlineData("giveaway")]
    [InlineData("amber house full episodes")]
    [InlineData("розыгрыш")]
    [InlineData("buy shoes online")]
    public void Staying_WhatViewersMayType_Stays(string tag)
    {
        var result = Analyzer.Analyze(new VideoInput { Title = "Amber House Episode 5", Tags = [tag, "amber house"] });
        Assert.Contains(tag, result.Tags.Tags);
    }

    [Fact]
    public void Verdict_SaysWhatGoesAndWhy()
    {
        var verdict = Verdict("sp:ty=high", "amber house", "Amber House episode 5");
        Assert.False(verdict.Keep);
        Assert.Contains("“sp:ty=high”: written by a program", verdict.Reason, StringComparison.Ordinal);
        verdict = Verdict("amber house", "Amber-House", "amber house episode 5", "amber house 5", "episode 5", "velmar");
        Assert.Contains("Left out: “Amber-House”", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TalkWithoutAnyPhrase_IsStillFoundByItsEvent()
    {
        var tags = Analyzer
            .Analyze(
                new VideoInput
                {
                    Title = "C'est quoi être différent ?",
                    ChannelTitle = "pycon-fr-2017",
                    CategoryId = "28",
                }
            )
            .Tags.Tags;
        Assert.Contains("PyCon FR 2017", tags);
        Assert.Contains("PyCon FR", tags);
    }

    [Fact]
    public void Write_NameThatEndsInKids_MakesNoTagForKids()
    {
        var tags = Analyzer
            .Analyze(
                new VideoInput
                {
                    Title = "Music bank in Berlin - Stray kids - My pace",
                    Tags = ["kids", "toys"],
                    CategoryId = "24",
                }
            )
            .Tags.Tags;
        Assert.DoesNotContain("for kids", tags);
    }

    private static bool Loose(Source source, string key) => LooseTags.Has(source, source.Phrases.First(phrase => phrase.Key == key));

    private static PartVerdict Verdict(params string[] tags) =>
        Analyzer
            .Analyze(
                new VideoInput
                {
                    Title = "Amber House Episode 5",
                    Description = "Episode 5 of Amber House.",
                    Tags = tags,
                }
            )
            .Verdicts.Single(verdict => verdict.Part == "tags");

    private static Source Read(string title, string description, params string[] tags) =>
        Source.Create(
            new VideoInput
            {
                Title = title,
                Description = description,
                ChannelTitle = "Any channel",
                Tags = tags,
            },
            new LanguageDetector(),
            KeyphraseModel.Default
        );
}
