using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>A thumbnail shows the name on which title and tags agree; where none is known, the verdict says what to look for.</summary>
public sealed class ThumbnailSubjectTests
{
    [Theory]
    [InlineData("Why the old Zorlath closes its harbour", "zorlath", "Zorlath large")]
    [InlineData("Sorrelka is leaving the harbour (soon)", "angela sorrelka", "Angela Sorrelka close up")]
    [InlineData("드디어 김종렬 마주치다", "김종렬", "김종렬 close up")]
    [InlineData(
        "Zorlath and Quendrim fight over the harbour",
        "zorlath,quendrim,zorlath quendrim,zorlath fight,quendrim fight",
        "Zorlath on the left"
    )]
    public void Concept_ShowsWhatTitleAndTagsName(string title, string tags, string expected) =>
        Assert.StartsWith(expected, Report(title, tags).ThumbnailIdeas[0].Concept, StringComparison.Ordinal);

    [Theory]
    [InlineData("Why the old harbour closes", "harbour")]
    [InlineData("What our new show is about", "show,new show")]
    [InlineData("The harbour of Velmar | Zorlath", "zorlath")]
    public void Concept_ShowsNoEverydayWordAndNoSender(string title, string tags) =>
        Assert.DoesNotContain(Report(title, tags).ThumbnailIdeas, idea =>
            idea.Concept.StartsWith("harbour", StringComparison.OrdinalIgnoreCase)
            || idea.Concept.StartsWith("show", StringComparison.OrdinalIgnoreCase)
            || idea.Concept.StartsWith("Zorlath", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("Zorlath arrested Quendrim to please Sorrelka", "sorrelka", "Sorrelka")]
    [InlineData("Who leaves the house: Zorlath or Quendrim?", "quendrim", "Quendrim")]
    public void Concept_ShowsNobodyOfWhomTheWordsDoNotTell(string title, string tags, string name) =>
        Assert.DoesNotContain(Report(title, tags).ThumbnailIdeas, idea =>
            idea.Concept.StartsWith(name, StringComparison.Ordinal) && !idea.OverlayText.Contains(name, StringComparison.OrdinalIgnoreCase)
        );

    [Fact]
    public void Reaction_ShowsWhoWatches() =>
        Assert.StartsWith(
            "The face of the one who watches",
            Report("ZORLATH | Edvin Sorrel | Teaser Reaction!", "zorlath,teaser,reaction").ThumbnailIdeas[0].Concept,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Zorlath Tower - Tamil Serial | Episode 290 | Coast TV", "zorlath tower,zorlath tower serial", "EPISODE 290")]
    [InlineData("Zorlath Tower 5 Capitulo 11", "zorlath tower", "CAPITULO 11")]
    public void Words_OfAPart_AreItsNumber(string title, string tags, string expected) =>
        Assert.Equal(expected, Report(title, tags).ThumbnailIdeas[0].OverlayText);

    [Fact]
    public void Picture_OfAStageName_IsNoAnimal() =>
        Assert.DoesNotContain(Report("A new dance with DJ Snake at the harbour", "dj snake,snake dance").ThumbnailIdeas, idea =>
            idea.Concept.Contains("The snake", StringComparison.Ordinal)
        );

    [Fact]
    public void Idea_WithoutWords_NamesNoColourOfText()
    {
        var idea = Report("Zorlath", "zorlath,zorlath harbour,old zorlath").ThumbnailIdeas[0];
        Assert.Equal("", idea.OverlayText);
        Assert.StartsWith("Zorlath", idea.Concept, StringComparison.Ordinal);
        Assert.StartsWith("no text", idea.ColorScheme, StringComparison.Ordinal);
        Assert.Equal(1, idea.ColorScheme.Count(c => c == '#'));
        Assert.NotEqual("big_bold_text", idea.Archetype);
    }

    [Fact]
    public void Verdict_WithoutAnIdea_SaysWhatToLookFor()
    {
        var without = Report("Harbour Days", "");
        Assert.Empty(without.ThumbnailIdeas);
        var verdict = Assert.Single(without.Verdicts, verdict => verdict.Part == "thumbnails");
        Assert.True(verdict.Keep);
        Assert.Contains("half as high", verdict.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Report("My cat finds a door", "cat").Verdicts, verdict => verdict.Part == "thumbnails");
    }

    private static AnalysisResult Report(string title, string tags) =>
        Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = title,
                Tags = tags.Split(',', StringSplitOptions.RemoveEmptyEntries),
                ChannelTitle = "Harbour Days",
                CategoryId = "24",
            }
        );
}
