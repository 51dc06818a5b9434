using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Which side of a song's title is the artist is read from the channel, credits and tags; without them nobody is named.</summary>
public sealed class ThumbnailSongTests
{
    [Theory]
    [InlineData("Edvin Sorrel - Cold Lantern (Official Video)", "EdvinSorrelVEVO", "", "Edvin Sorrel", "COLD LANTERN")]
    [InlineData("[OFFICIAL VIDEO] Cold Lantern - Edvin Sorrel", "Edvin Sorrel", "", "Edvin Sorrel", "COLD LANTERN")]
    [InlineData(
        "Cold Lantern (Official Song) - Edvin Sorrel",
        "Coast Hits",
        "Cold Lantern by Edvin Sorrel.",
        "Edvin Sorrel",
        "COLD LANTERN"
    )]
    [InlineData(
        "Cold Lantern | Edvin Sorrel | New Song",
        "Coast Hits",
        "Song - Cold Lantern\nSinger - Edvin Sorrel",
        "Edvin Sorrel",
        "COLD LANTERN"
    )]
    [InlineData("Édvin Sörrel - Nachtlicht (Official Video)", "EdvinSorrelVEVO", "", "Édvin Sörrel", "NACHTLICHT")]
    public void Song_ShowsItsArtistAndSaysItsTrack(string title, string channel, string description, string artist, string track)
    {
        var idea = Ideas(title, channel, description)[0];
        Assert.StartsWith(artist, idea.Concept, StringComparison.Ordinal);
        Assert.Equal(track, idea.OverlayText);
    }

    [Theory]
    [InlineData("Sorrel Velmar - Cold Lantern (Official Video)", "Coast Hits")]
    [InlineData("Cold Lantern (Official Video)", "Coast Hits")]
    public void Song_OfWhichNothingNamesTheArtist_NamesNobody(string title, string channel) =>
        Assert.All(Ideas(title, channel, ""), idea => Assert.StartsWith("The artist", idea.Concept, StringComparison.Ordinal));

    [Fact]
    public void Artist_IsTheOneTaggedFirst() =>
        Assert.StartsWith(
            "Velmar Trio",
            Ideas("[OFFICIAL VIDEO] Cold Lantern - Velmar Trio", "VTofficial", "", "Velmar Trio", "Velmar Trio christmas", "Cold Lantern")[
                0
            ].Concept,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Edvin Sorrel - Cold Lantern (Official Video)", "OFFICIAL")]
    [InlineData("Cold Lantern Video Song | Harbour Movie | Edvin Sorrel", "VIDEO SONG")]
    public void Words_OfASong_LeaveItsFormOut(string title, string form) =>
        Assert.DoesNotContain(Ideas(title, "Coast Hits", ""), idea => idea.OverlayText.Contains(form, StringComparison.Ordinal));

    private static IReadOnlyList<ThumbnailIdea> Ideas(string title, string channel, string description, params string[] tags) =>
        [
            .. Samples
                .Analyzer.Analyze(
                    new VideoInput
                    {
                        Title = title,
                        Description = description,
                        ChannelTitle = channel,
                        CategoryId = "10",
                        Tags = tags,
                    }
                )
                .ThumbnailIdeas,
        ];
}
