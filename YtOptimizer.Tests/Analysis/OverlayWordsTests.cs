using YtOptimizer.Analysis.Input;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Words of a thumbnail where a title has no name of its own: whole stretches of the title, and figures of the subject.</summary>
public sealed class OverlayWordsTests
{
    [Theory]
    [InlineData("Gezgin Fener 39. Bölüm", "39. BÖLÜM")]
    [InlineData("Can we cross it? Nine planks over cold water and a long rope", "CAN WE CROSS IT?")]
    public void Overlay_OfAWholeStretchOfTheTitle_IsGiven(string title, string expected) =>
        Assert.Contains(expected, Overlays(new VideoInput { Title = title, Description = "https://example.com/one" }));

    [Fact]
    public void Overlay_FigureOfACall_IsNotTaken()
    {
        var overlays = Overlays(
            new VideoInput
            {
                Title = "Repairing a Harmonium Reed",
                Description = "Repairing a Harmonium Reed with simple tools. Our shop answers the phone 24 hours a day.",
                Tags = ["harmonium reed"],
            }
        );

        Assert.NotEmpty(overlays);
        Assert.DoesNotContain(overlays, overlay => overlay.Contains("24", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Odalys y Renato Llegan Al Muelle 10/30/2018")]
    [InlineData("Ondřej and Milada Leave The Old Mill In Winter Rain")]
    public void Overlay_OfTwoNames_IsNotOneOfThem(string title) =>
        Assert.DoesNotContain(Overlays(new VideoInput { Title = title, Description = "" }), overlay =>
            overlay.Length > 0
            && !overlay.Contains(' ', StringComparison.Ordinal)
            && title.StartsWith(overlay, StringComparison.OrdinalIgnoreCase)
        );

    [Fact]
    public void Overlay_OfTheChannelsName_IsNotGiven() =>
        Assert.DoesNotContain(
            "LANTERNA",
            Overlays(
                new VideoInput
                {
                    Title = "Lanterna - we walk along the harbour until the last ferry leaves",
                    Description = "",
                    ChannelTitle = "Lanterna TV",
                    Tags = ["lanterna"],
                }
            )
        );

    private static List<string> Overlays(VideoInput video) =>
        [.. Samples.Analyzer.Analyze(video).ThumbnailIdeas.Select(idea => idea.OverlayText)];
}
