using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What a creator would not forgive: titles that lose the subject, fragments, platform names as phrases, a title repeated as
/// description.</summary>
public class SuggestionQualityTests
{
    private static readonly VideoInput Song = new()
    {
        Title = "TYLA RIVERS - DEEP WATER (Official Video) ft. Marta Blue",
        Description =
            "Stream Deep Water: https://example.com/deepwater\nSubscribe to the official channel: https://example.com/sub\nDirected by: "
            + "Tom Frame\nInstagram: https://example.com/insta",
        Tags = ["tyla rivers", "deep water", "marta blue", "(official", "video)", "official video"],
        ChannelTitle = "Tyla Rivers",
    };

    [Fact]
    public void Titles_SongInItsOwnForm_IsKept()
    {
        var result = Samples.Analyzer.Analyze(Song);
        Assert.Empty(result.Titles);
        var verdict = Assert.Single(result.Verdicts, verdict => verdict.Part == "title");
        Assert.True(verdict.Keep);
        Assert.Contains("artist and track stand in it", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Titles_GuestStaysWithTheSong() =>
        Assert.DoesNotContain(Titles(Song), title =>
            title.Contains("| ft.", StringComparison.OrdinalIgnoreCase) || title.StartsWith("ft.", StringComparison.OrdinalIgnoreCase)
        );

    [Fact]
    public void Titles_OtherDash_IsNoSuggestion() =>
        Assert.DoesNotContain(Titles(new VideoInput { Title = "Tyla Rivers - Deep Water", Description = Song.Description }), title =>
            title == "Tyla Rivers – Deep Water"
        );

    [Fact]
    public void Titles_OfWrappedText_AreNoHalfSentences()
    {
        var titles = Titles(
            new VideoInput
            {
                Title = "Building Python apps with Docker",
                Description =
                    "If you haven't heard of Docker yet, it is a great tool that allows you\nto wrap up Python apps and everything they "
                    + "need to run. Docker containers\nmake Python deployments repeatable on every machine of the team.",
            }
        );
        Assert.DoesNotContain(titles, title =>
            title.Contains("allows you", StringComparison.Ordinal) || title.EndsWith("Docker containers", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("First line without end\nof the sentence. Whole sentence here.", "of the sentence.", false)]
    [InlineData("First line without end\nof the sentence. Whole sentence here.", "Whole sentence here.", true)]
    [InlineData("A heading\n\nThe text follows.", "A heading", true)]
    [InlineData("This goes on in the next\nLine of the same text.", "This goes on in the next", false)]
    public void IsWhole_WrappedText_KnowsFragments(string text, string sentence, bool expected)
    {
        var at = text.IndexOf(sentence, StringComparison.Ordinal);
        Assert.Equal(expected, Sentences.IsWhole(text, at..(at + sentence.Length)));
    }

    [Fact]
    public void Description_ThatOpensWell_GetsNoRepeatedTitle()
    {
        var input = Samples.Sourdough with { Title = "How to bake sourdough bread at home" };
        Assert.StartsWith(input.Description[..60], Samples.Analyzer.Analyze(input).Description.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("THE LIFE RECALL | AN INDIAN STORY", "The Life Recall | An Indian Story")]
    [InlineData("Sourdough BREAD Made Easy at Home", "Sourdough Bread Made Easy at Home")]
    [InlineData("ASMR PERFECT CLIMATE FOR SLEEP", "ASMR Perfect Climate for Sleep")]
    [InlineData("OM VS PSG 0-2 DEBRIEF ROCKY IV", "OM vs PSG 0-2 Debrief Rocky IV")]
    public void Calm_ShoutedTitles_ReadAsPeopleWrite(string title, string expected)
    {
        var source = Samples.Analyzer.Read(
            new VideoInput
            {
                Title = title,
                Description = "This ASMR shows how it is made at home, step by step, in a quiet room with soft light and slow hands.",
            }
        );
        Assert.Equal(expected, Casing.Calm(title, source));
    }

    [Theory]
    [InlineData("Sia - I'm Still Here (Audio)", "Sia", "Topic:Sia Topic:I'm Still Here Qualifier:Audio")]
    [InlineData(
        "Charli XCX & Troye Sivan - 1999 [Official Video]",
        null,
        "Topic:Charli XCX & Troye Sivan Topic:1999 Qualifier:Official Video"
    )]
    [InlineData("#Bhramanam | Episode 185 - 29 October 2018", null, "Topic:#Bhramanam Episode:Episode 185 Year:29 October 2018")]
    [InlineData("Handysucht? | Klinik am Ring | 31.10.2018", "Klinik am Ring", "Topic:Handysucht? Brand:Klinik am Ring Year:31.10.2018")]
    [InlineData("Vladimir No[o]ne Minenko (interview)", null, "Topic:Vladimir No[o]ne Minenko Topic:interview")]
    [InlineData("Dip (Official Video) ft. Nicki Minaj", null, "Topic:Dip ft. Nicki Minaj Qualifier:Official Video")]
    public void Parse_Title_NamesTheRoleOfEachPart(string title, string? channel, string expected)
    {
        var source = Samples.Analyzer.Read(new VideoInput { Title = title, ChannelTitle = channel });
        Assert.Equal(expected, string.Join(' ', TitleParser.Parse(title, source).Select(part => $"{part.Kind}:{part.Text}")));
    }

    [Fact]
    public void Tags_HoldNoHalvesAndNoPunctuation()
    {
        var tags = Samples.Analyzer.Analyze(Song).Tags.Tags;
        Assert.All(tags, tag => Assert.True(tag.AsSpan().IndexOfAny("()[]|") < 0, tag));
    }

    [Fact]
    public void Hashtags_DoNotRepeatEachOther()
    {
        var hashtags = Samples.Analyzer.Analyze(Song).Hashtags;
        Assert.NotEmpty(hashtags);
        foreach (var one in hashtags)
        {
            Assert.DoesNotContain(hashtags, other => other != one && other.Contains(one[1..], StringComparison.OrdinalIgnoreCase));
            Assert.NotEqual(one.ToUpperInvariant(), one);
        }
    }

    [Fact]
    public void Hashtag_GluedToALink_IsCutFree() =>
        Assert.Equal(["#DeepWater"], HashtagWriter.Existing("Listen #DeepWaterhttp://example.com/a"));

    [Fact]
    public void Thumbnails_ShowNoPlatformNames() =>
        Assert.All(Samples.Analyzer.Analyze(Song).ThumbnailIdeas, idea =>
            Assert.DoesNotContain(idea.OverlayText, (string[])["OFFICIAL VIDEO", "INSTAGRAM", "SUBSCRIBE", "STREAM"])
        );

    [Fact]
    public void Fixes_SayWhatToDo_AndNoneLoses()
    {
        var result = Samples.Analyzer.Analyze(Song);
        Assert.NotEmpty(result.Fixes);
        Assert.All(result.Fixes, fix => Assert.True(fix.ScoreAfter >= fix.ScoreBefore, fix.Action));
        Assert.All(result.Fixes.Where(fix => fix.NewTags is not null), fix =>
            Assert.Contains(fix.NewTags![0], fix.Action, StringComparison.Ordinal)
        );
    }

    private static List<string> Titles(VideoInput input) => [.. Samples.Analyzer.Analyze(input).Titles.Select(title => title.Text)];
}
