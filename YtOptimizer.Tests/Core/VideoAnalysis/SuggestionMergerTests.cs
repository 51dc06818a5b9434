using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Analysis;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>What is shown after a model's answer was merged belongs together: one ranking, one description, verdicts, fixes and points of
/// the same state.</summary>
public sealed class SuggestionMergerTests
{
    private const string Better = "How to bake sourdough bread at home in a Dutch oven";
    private static readonly VideoInput Video = Samples.Sourdough;

    private static readonly SuggestionMerger Merger = new(Samples.Guard, Samples.Analyzer);

    private static readonly string[] Talk =
    [
        "Welcome back to the workshop, everybody.",
        "Today we sharpen a kitchen knife on a whetstone and we hone the knife on leather.",
        "The whetstone has to soak in water for ten minutes before you sharpen the knife.",
        "A dry whetstone scratches the knife, and the water carries the metal away.",
        "Let's talk about the angle of the blade against the stone.",
        "Hold the blade at fifteen degrees, because a steep angle makes the blade dull.",
        "Count the strokes and keep the angle of the blade the same on both sides.",
        "Next up is the leather strop at the end of the bench.",
        "Pull the blade over the leather strop with the edge behind, never with the edge in front.",
        "Ten pulls over the leather strop make the edge shine.",
        "Now we test the edge with a sheet of paper.",
        "If the paper tears, the edge needs the whetstone again.",
    ];

    private static VideoInput Spoken =>
        new()
        {
            Title = "Knife sharpening",
            Description = "",
            Transcript = Transcript.FromSegments([
                .. Talk.Select((text, i) => new TranscriptSegment(TimeSpan.FromSeconds(i * 12), TimeSpan.FromSeconds((i * 12) + 10), text)),
            ]),
        };

    [Fact]
    public void Merge_TitlesOfBothOrigins_AreOneRanking_AndTheFirstLeadsTheFixes()
    {
        var own = Samples.Analyzer.Analyze(Video with { Title = "Bread" });
        var merged = Merge(Video with { Title = "Bread" }, own, new SuggestionCandidates { Titles = [new CandidateTitle(Better, "")] });
        Assert.Contains(merged.Titles, title => title.Source == SuggestionSource.Llm);
        Assert.Equal(
            merged.Titles.OrderByDescending(title => title.Rank).Select(title => title.Text),
            merged.Titles.Select(title => title.Text)
        );
        var fix = Assert.Single(merged.Fixes, fix => fix.Field == "title");
        Assert.Equal(merged.Titles[0].Source == SuggestionSource.Llm ? merged.Titles[0].Text : fix.NewTitle, fix.NewTitle);
    }

    [Fact]
    public void Merge_Verdicts_SpeakOfWhatIsShown()
    {
        var own = Samples.Analyzer.Analyze(Video);
        var merged = Merge(Video, own, new SuggestionCandidates { Titles = [new CandidateTitle(Better, "")] });
        Assert.Equal(merged.Titles.Count == 0, merged.Verdicts.Single(verdict => verdict.Part == "title").Keep);
    }

    [Fact]
    public void Merge_FixPoints_AreMeasuredOnTheMergedResult()
    {
        var input = Video with { Title = "Bread", Tags = [] };
        var own = Samples.Analyzer.Analyze(input);
        var merged = Merge(
            input,
            own,
            new SuggestionCandidates
            {
                Titles = [new CandidateTitle(Better, "")],
                Tags = ["sourdough bread", "sourdough starter", "dutch oven bread", "bake bread at home"],
            }
        );
        Assert.NotEmpty(merged.Fixes);
        Assert.Equal(own.Score, merged.Fixes[0].ScoreBefore);
        var state = input;
        foreach (var fix in merged.Fixes)
        {
            state = state with
            {
                Title = fix.NewTitle ?? state.Title,
                Description = fix.NewDescription ?? state.Description,
                Tags = fix.NewTags ?? state.Tags,
            };
            Assert.Equal(fix.ScoreAfter, Math.Round(Samples.Analyzer.ScoreOf(state), MidpointRounding.AwayFromZero), 1.5);
        }
    }

    [Fact]
    public void Merge_Description_IsWhole_WithLinksCreditsAndHashtagsOfTheCreator()
    {
        var input = Video with { Description = Video.Description + "\n#sourdough #baking" };
        var own = Samples.Analyzer.Analyze(input);
        var merged = Merge(
            input,
            own,
            new SuggestionCandidates
            {
                Description =
                    "Sourdough bread at home with a simple starter: mix the dough, fold it and bake it in a Dutch oven. "
                    + "You do not need a mixer.",
            }
        );
        Assert.Equal(SuggestionSource.Llm, merged.Description.Source);
        Assert.StartsWith("Sourdough bread at home", merged.Description.Text, StringComparison.Ordinal);
        Assert.All(
            (string[])
                [
                    "https://example.org/sourdough",
                    "licensed under CC BY 4.0",
                    "paid promotion",
                    "#sourdough #baking",
                    "1:30 Mixing the dough",
                ],
            line => Assert.Contains(line, merged.Description.Text, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("Potatoes made me rich in 1987. Sourdough bread at home with a simple starter.")]
    [InlineData("Sourdough bread at home. It won 40 prizes in Paris. My uncle Bob sells it for 90 dollars. Order it at the shop of Bob.")]
    public void Merge_DescriptionWithInventions_IsNotShippedInParts(string text)
    {
        var own = Samples.Analyzer.Analyze(Video);
        var merged = Merge(Video, own, new SuggestionCandidates { Description = text });
        Assert.Equal(own.Description.Text, merged.Description.Text);
    }

    [Fact]
    public void Merge_ChaptersOfTheTalk_StandInTheModelsDescription()
    {
        var own = Samples.Analyzer.Analyze(Spoken);
        Assert.Equal(ChapterStatus.Derived, own.Chapters.Status);
        var merged = Merge(
            Spoken,
            own,
            new SuggestionCandidates
            {
                Description = "Sharpen a kitchen knife on a whetstone, hold the blade at the right angle and pull it over a leather strop.",
            }
        );
        Assert.Equal(SuggestionSource.Llm, merged.Description.Source);
        Assert.All(merged.Chapters.Chapters, chapter => Assert.Contains(chapter.Title, merged.Description.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Merge_ThumbnailWords_AreDrawn_EvenWhereTheAnalyzerHadNoIdea()
    {
        var input = new VideoInput { Title = "hm", Description = "We sharpen a kitchen knife on a wet whetstone and test it with paper." };
        var own = Samples.Analyzer.Analyze(input) with { ThumbnailIdeas = [] };
        var merged = Merge(
            input,
            own,
            new SuggestionCandidates { Thumbnails = [new CandidateThumbnail("Wet whetstone", ["kitchen knife", "paper"])] }
        );
        var idea = Assert.Single(merged.ThumbnailIdeas);
        Assert.Equal(("Wet whetstone", SuggestionSource.Llm), (idea.OverlayText, idea.Source));
        Assert.Equal(["kitchen knife", "paper"], idea.VisualElements);
    }

    [Theory]
    [InlineData("Ten tricks for your garden in spring")]
    [InlineData("Subscribe now and win a Dutch oven")]
    [InlineData("How to bake sourdough bread in 5 minutes")]
    public void Merge_TitleOfAnotherSubjectOrClaim_IsNotShown(string title)
    {
        var own = Samples.Analyzer.Analyze(Video);
        var merged = Merge(Video, own, new SuggestionCandidates { Titles = [new CandidateTitle(title, "")] });
        Assert.DoesNotContain(merged.Titles, shown => shown.Text == title);
    }

    [Fact]
    public void Merge_HashtagsOfTheModel_StandWhereOursStood()
    {
        var input = Video with
        {
            Description = "We bake sourdough bread at home with a simple starter and a Dutch oven, step by step for beginners.",
        };
        var own = Samples.Analyzer.Analyze(input);
        var merged = Merge(input, own, new SuggestionCandidates { Hashtags = ["#DutchOven", "#SimpleStarter"] });
        Assert.Equal(["#DutchOven", "#SimpleStarter"], merged.Hashtags);
        Assert.All(
            merged.Fixes.Where(fix => fix.NewDescription is not null && fix.NewDescription.Contains('#', StringComparison.Ordinal)),
            fix => Assert.Contains("#DutchOven", fix.NewDescription!, StringComparison.Ordinal)
        );
    }

    private static AnalysisResult Merge(VideoInput input, AnalysisResult own, SuggestionCandidates candidates) =>
        Merger.Merge(input, own, candidates, AnalysisOptions.Default);
}
