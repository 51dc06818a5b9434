using YtOptimizer.Analysis.Transcripts;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.Tests.RealInputs;

/// <summary>Inputs after public bug reports about other tools (Data/cases), one by one; the rules behind have tests of their own.</summary>
public class RealInputTests
{
    private const string Bread = " We bake sourdough bread with flour and water then we fold the dough and shape the loaf";

    [Theory]
    [InlineData("U12.txt")]
    [InlineData("U14.txt")]
    [InlineData("U16.txt")]
    [InlineData("U17.txt")]
    [InlineData("U18.txt")]
    [InlineData("U19.txt")]
    [InlineData("U21.txt")]
    [InlineData("U23.txt")]
    public void Link_GivesTheId(string file)
    {
        Assert.True(VideoReference.TryParse(RealInput.Text(file), out var reference, out var error), error.ToString());
        Assert.Equal("dQw4w9WgXcQ", reference.Id);
    }

    [Theory]
    [InlineData("S01.vtt", "Tom & Jerry fight and it's fun" + Bread)]
    [InlineData(
        "S03.txt",
        "We <3 you all and thanks for watching. We bake sourdough bread with flour, water and salt, fold the dough and shape the loaf."
    )]
    [InlineData("S04.srt", "I <3 this song so much" + Bread)]
    [InlineData("S06.srt", "Hello there friends" + Bread)]
    [InlineData("S07.srt", "first spoken words second spoken words" + Bread)]
    [InlineData("S09.srt", "Foo says hello" + Bread)]
    [InlineData("S10.srt", Bread)]
    [InlineData("S13.srt", Bread)]
    [InlineData("S14.srt", "I am stuck at work, I will be ten minutes late." + Bread)]
    [InlineData("S15.vtt", "We bake bread with flour")]
    [InlineData("S17.srt", "Hey Jude Hey Jude" + Bread)]
    [InlineData("S25.sbv", Bread)]
    [InlineData("S26.txt", Bread)]
    public void Transcript_HoldsTheWordsAndNothingElse(string file, string words) =>
        Assert.Equal(words.Trim(), TranscriptParser.Parse(RealInput.Decoded(file)).Text);

    [Theory]
    [InlineData("S15.vtt", 0.16)]
    [InlineData("S13.srt", 1.52)]
    [InlineData("S09.srt", 357689.505)]
    [InlineData("S25.sbv", 1)]
    [InlineData("S26.txt", 0)]
    public void Transcript_BeginsWhereItsFirstWordDoes(string file, double seconds) =>
        Assert.Equal(seconds, TranscriptParser.Parse(RealInput.Decoded(file)).Segments[0].Start.TotalSeconds);

    [Fact]
    public void Transcript_CuesOfOneStart_KeepTheirOrder() =>
        Assert.Equal(
            string.Join(' ', Enumerable.Range(1, 20).Select(i => $"line {i:00} of the talk")),
            TranscriptParser.Parse(RealInput.Decoded("S23.srt")).Text
        );

    [Theory]
    [InlineData("N03.txt", "sslmode", "verify-full")]
    [InlineData("N07.txt", "h2", "several hosts")]
    public void DatabaseAddress_IsRefusedByName(string file, string name, string remedy)
    {
        var refused = Assert.Throws<FormatException>(() => DatabaseAddress.Normalize(RealInput.Text(file)));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DatabaseAddress_KeywordString_IsRead()
    {
        var address = new Npgsql.NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(RealInput.Text("N04.txt")));
        Assert.Equal(("h", 5432, "u", "p", "db"), (address.Host, address.Port, address.Username, address.Password, address.Database));
    }
}
