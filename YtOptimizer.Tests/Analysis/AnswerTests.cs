using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What an editor expects of the answers: the subject first, a whole description, thumbnails that name things, fixes that say what
/// goes and comes.</summary>
public sealed class AnswerTests
{
    // One line, as sources that lose line breaks write it.
    private static readonly VideoInput Glued = new()
    {
        Title = "Repairing the lighthouse clock",
        Description =
            "Subscribe to the channel: https://example.com/sub Follow me on Instagram: https://example.com/insta "
            + "Join the club and get the newsletter: https://example.com/club The lighthouse clock stood still for forty years, and "
            + "today it runs again. "
            + "We clean the brass wheels and cut a new pinion by hand. "
            + "Music by Ann Sound: https://example.com/music",
        Tags = ["lighthouse clock", "clock repair", "holiday", "pizza"],
        CategoryId = "26",
    };

    [Theory]
    [InlineData(
        "Good Morning Show | Fisherman finds a whale bone on the beach of Haven",
        "A fisherman found a bone on the beach of Haven on Monday.",
        "reordered",
        "Fisherman finds a whale bone on the beach of Haven | Good Morning Show"
    )]
    [InlineData(
        "The secret of cats",
        "In this video you will find out why cats purr at night in winter. A vet answers.",
        "explains",
        "Why cats purr at night in winter"
    )]
    [InlineData(
        "Pan casero fácil",
        "En este video aprenderás a hacer pan casero sin amasar en una hora. Una receta de la abuela.",
        "howTo",
        "Cómo hacer pan casero sin amasar en una hora"
    )]
    [InlineData(
        "The Quiet River (2027) - Official Trailer",
        "Watch the official trailer of The Quiet River. In theaters March 5, 2027.",
        "detail",
        "The Quiet River (2027) - Official Trailer | In theaters March 5, 2027"
    )]
    public void Titles_AreBuiltOfWholePhrases(string title, string description, string approach, string expected)
    {
        var found = Analyze(new VideoInput { Title = title, Description = description }).Titles;

        Assert.Contains(found, suggestion => suggestion.Approach == approach && suggestion.Text == expected);
    }

    [Fact]
    public void Titles_WithoutTheChannelAndHashtags_KeepTheSubject()
    {
        var found = Analyze(
            new VideoInput
            {
                Title = "Everything we found behind the old wall of our kitchen | #renovation | House of Two",
                Description = "We open the wall.",
                ChannelTitle = "House of Two",
            }
        ).Titles;

        Assert.Contains(found, suggestion => suggestion.Text == "Everything we found behind the old wall of our kitchen");
    }

    [Fact]
    public void Titles_OfGluedWords_AreNotMade() =>
        Assert.DoesNotContain(
            Analyze(
                new VideoInput
                {
                    Title = "The old mill",
                    Description = "The old mill turns again after thirty yearsWatch the first part. More at https://example.com/mill",
                }
            ).Titles,
            title => title.Text.Contains("yearsWatch", StringComparison.Ordinal)
        );

    [Fact]
    public void Description_InOneLine_IsPutInLinesWithoutLosingACharacter()
    {
        var result = Analyze(Glued);

        Assert.StartsWith("The lighthouse clock stood still for forty years", result.Description.Text, StringComparison.Ordinal);
        Assert.Contains("\nMusic by Ann Sound: https://example.com/music", result.Description.Text, StringComparison.Ordinal);
        Assert.All(Glued.Description.Split(' '), word => Assert.Contains(word, result.Description.Text, StringComparison.Ordinal));
        var verdict = Assert.Single(result.Verdicts, verdict => verdict.Part == "description");
        Assert.False(verdict.Keep);
        Assert.Contains("The lighthouse clock", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Description_ThatOpensWithItsSubject_IsKept()
    {
        var result = Analyze(
            new VideoInput
            {
                Title = "Repairing the lighthouse clock",
                Description =
                    "The lighthouse clock stood still for forty years, and now it runs again.\nWe clean the wheels and cut a new pinion.",
            }
        );

        Assert.True(result.Verdicts.Single(verdict => verdict.Part == "description").Keep);
    }

    [Fact]
    public void Thumbnails_NameThingsAndLeaveTheChannelOut()
    {
        var ideas = Analyze(
            new VideoInput
            {
                Title = "Harbour City vs River United (3-1) Cup Highlights",
                Description = "Goals and highlights of the match between Harbour City and River United.",
                ChannelTitle = "Cup Sports",
                CategoryId = "17",
            }
        ).ThumbnailIdeas;

        Assert.Equal("3-1", ideas[0].OverlayText);
        Assert.Contains("Harbour City", ideas[0].Concept, StringComparison.Ordinal);
        Assert.Contains("River United", ideas[0].Concept, StringComparison.Ordinal);
        Assert.DoesNotContain(ideas, idea => idea.OverlayText.Contains("CUP SPORTS", StringComparison.Ordinal));
    }

    [Fact]
    public void Fix_OfTags_SaysWhatGoesAndIsCreditedToTags()
    {
        var fix = Analyze(Glued with { Tags = ["sp:ty=high", "subscribe to my channel", "clock repair"] })
            .Fixes.FirstOrDefault(fix => fix.Field == "tags");

        Assert.NotNull(fix);
        Assert.Equal("G", fix.CheckId);
        Assert.Contains("take out", fix.Action, StringComparison.Ordinal);
        Assert.Contains(
            "“sp:ty=high”, “subscribe to my channel”, which say nothing about this video",
            fix.Action,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Score_DoesNotAskForTheChannelsName()
    {
        var check = Analyze(
            new VideoInput
            {
                Title = "Making tea on a boat",
                Description = "Nora Lind makes tea on a boat. Nora Lind lives on the river. More of Nora Lind next week.",
                Tags = ["nora lind", "tea"],
                ChannelTitle = "Nora Lind",
            }
        )
            .Checks.Single(check => check.Id == "T2");

        Assert.DoesNotContain("Nora Lind", check.Fix, StringComparison.Ordinal);
    }

    private static AnalysisResult Analyze(VideoInput input) => Samples.Analyzer.Analyze(input);
}
