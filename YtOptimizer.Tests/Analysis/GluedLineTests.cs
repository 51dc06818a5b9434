using CsCheck;
using YtOptimizer.Analysis.Suggestions.Descriptions;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Descriptions that have lost their line breaks: lines are parted where there is no doubt, and nothing else changes.</summary>
public sealed class GluedLineTests
{
    private const string Links = " https://example.com/one https://example.com/two";

    [Theory]
    // A label that lost its line break, a bullet, a link in small letters, credits after a sentence.
    [InlineData("The crew of the short film is listed belowDirector: Ann Frame", "\nDirector: Ann Frame")]
    [InlineData("Shop at https://example.com/shop ▶ More of the same: https://example.com/more", "\n▶ More of the same")]
    [InlineData("Shop at https://example.com/shop Follow me for more of it", "\nFollow me")]
    [InlineData("We clean the brass wheels and cut a new pinion by hand. Music by Ann Sound", "\nMusic by Ann Sound")]
    public void Split_WhereNothingIsInDoubt_BeginsALine(string text, string line) =>
        Assert.Contains(line, Lines(text), StringComparison.Ordinal);

    [Theory]
    // Names with a capital inside, abbreviations, a link that may have swallowed a word, a bullet that points, an emoji's variant.
    [InlineData("Music provided by NoCopyrightSounds and mixed by the PollyAnna studio in town", "NoCopyrightSounds")]
    [InlineData("This show is produced by Hub Media Pvt. Ltd. and the whole family watches it at home", "Pvt. Ltd.")]
    [InlineData("Stream it: https://example.com/song?from=youtubeApple Music: https://example.com/apple", "youtubeApple Music:")]
    [InlineData("Subscribe to the channel right here and now ▶ https://example.com/channel", "now ▶ https://example.com/channel")]
    [InlineData("And this is what we used to build the thing: 🛒 MultiTool : https://example.com/tool", "MultiTool :")]
    [InlineData("Find me on the other pages, too: ⚫️ Insta: ann.frame ⚫️ Snap: ann", "⚫️ Insta")]
    public void Split_WhereItMightCutAName_LeavesTheLine(string text, string whole) =>
        Assert.Contains(whole, Lines(text), StringComparison.Ordinal);

    [Fact]
    public void Split_TitleRepeatedInFront_StaysInOnePiece()
    {
        const string Title = "GIRL weighs 90 KILOS !.. 😱 (Prank) | STREET COMEDY";

        Assert.StartsWith(
            Title,
            GluedLines.Split(Title + "LION: https://example.com/lion " + Filler + Links, Title).First(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Split_AnyLine_ChangesWhiteSpaceOnly() =>
        GeneratedVideos.Video.Sample(
            video =>
            {
                var line = video.Description.Replace('\n', ' ') + Links;

                var text = string.Join('\n', GluedLines.Split(line, video.Title));

                Assert.Equal(Dense(line), Dense(text));
            },
            iter: 200
        );

    private static string Filler => string.Join(' ', Enumerable.Repeat("and this goes on for a while", 9));

    private static string Lines(string text) => string.Join('\n', GluedLines.Split($"{Filler}, {text} {Filler}{Links}", ""));

    private static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
