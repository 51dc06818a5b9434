using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.Analysis.Transcripts;

/// <summary>Less usual forms: tags that break off, times with letters in them, counters without times, labels of the transcript
/// panel.</summary>
public class TranscriptFormTests
{
    private const string Bread = "1\n00:01:00,000 --> 00:01:04,000\nWe bake bread\n\n2\n00:01:04,000 --> 00:01:08,000\nthen we fold it\n";

    [Theory]
    [InlineData("<b Mary>No way!</b>", "No way!")]
    [InlineData("<ruby Note>漢<rt Note>kan</rt></ruby>", "漢kan")]
    [InlineData("< 00:01.500>late <00:01.700 >later", "late later")]
    [InlineData("<a0:01.000>odd <foo:bar>names</foo:bar>", "odd names")]
    [InlineData("</>empty <>tags <.yellow>too", "empty tags too")]
    [InlineData("<v Roger\nBingham>over lines", "over lines")]
    [InlineData("<c It's a blue apple tree!", "It's a blue apple tree!")]
    [InlineData("<c.first That's awesome!", "That's awesome!")]
    [InlineData("This is </c awesome!", "This is awesome!")]
    [InlineData("<00:01.000 It's a blue apple tree!", "It's a blue apple tree!")]
    [InlineData("we press <Enter key> and mail <me@example.com>", "we press <Enter key> and mail <me@example.com>")]
    [InlineData("a<b and <3 and < 5", "a<b and <3 and < 5")]
    public void WebVtt_TagsThatAreOddOrBreakOff_GoAndTheWordsStay(string text, string expected) =>
        Assert.Equal(expected, TranscriptParser.Parse("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text + "\n").Text);

    [Theory]
    [InlineData("<wwww>closed</wwww> and <yyyy>not closed", "closed and <yyyy>not closed")]
    [InlineData("<box par=5>closed</box> not opened</shelf>", "closed not opened</shelf>")]
    [InlineData("2<3,5>1,4<6 and a <b or c> d", "2<3,5>1,4<6 and a <b or c> d")]
    [InlineData("guitars &amplifiers, this &that", "guitars &amplifiers, this &that")]
    [InlineData("fish &amp chips &lt x &quot", "fish & chips < x \"")]
    [InlineData("R&D, AT&T; Q&A", "R&D, AT&T; Q&A")]
    public void SubRip_UnknownTagsAndReferences_OnlyWhatIsClosedGoes(string text, string expected) =>
        Assert.Equal(
            expected + " We bake bread then we fold it",
            TranscriptParser.Parse("0\n00:00:01,000 --> 00:00:03,000\n" + text + "\n\n" + Bread).Text
        );

    [Theory]
    [InlineData("00:18.sss --> 00:20.000")]
    [InlineData("00:0a:13,000 --> 00:00:16,000")]
    [InlineData("0:00:13.f89,0:00:15.489")]
    [InlineData("00:00:13,000 --> 00:00:1x,000 X1:5 X2:6")]
    public void SubRip_TimesWithLettersInThem_AreNoSpeech(string timing) =>
        Assert.Equal("some words We bake bread then we fold it", TranscriptParser.Parse("7\n" + timing + "\nsome words\n\n" + Bread).Text);

    [Fact]
    public void SubRip_CounterWithoutItsTimes_IsNoSpeech()
    {
        const string File = "1\n00:00:01,000 --> 00:00:02,000\none\n\n2\ntwo\n\n3\n00:00:03,000 --> 00:00:04,000\nthree\n\n4\n\n99\nfour\n";
        Assert.Equal("one two three 99 four", TranscriptParser.Parse(File).Text);
        Assert.Equal(
            "one 2 two three",
            TranscriptParser.Parse("00:00:01,000 --> 00:00:02,000\none\n\n2\ntwo\n\n00:00:03,000 --> 00:00:04,000\nthree\n").Text
        );
    }

    [Theory]
    [InlineData("\nWEBVTT\n\n00:01.000 --> 00:02.000\ntext")]
    [InlineData("WEBvtt\nWEBVTT\n\n00:01.000 --> 00:02.000\ntext")]
    [InlineData("\tWEBVTT - a title\n\n00:01.000 --> 00:02.000\ntext")]
    public void WebVtt_HeadThatIsNoneByTheLetter_IsNoSpeechEither(string file) => Assert.Equal("text", TranscriptParser.Parse(file).Text);

    [Fact]
    public void AutomaticCaptions_FromADownloader_SayNothingTwice()
    {
        const string File =
            "WEBVTT\nKind: captions\nLanguage: en\n\n00:04:46.070 --> 00:04:46.470 align:start position:0%\nyeah\n\n00:04:46.470 --> "
            + "00:05:04.080 align:start position:0%\nyeah\n<c.color1>what</c>\n"
            + "00:05:04.080 --> 00:05:05.069 align:start position:0%\nthis<00:05:04.199><c> will</c><c.color2><00:05:04.379><c> "
            + "happen</c></c>\n\n"
            + "00:05:05.069 --> 00:05:05.400 align:start position:0%\nthis will<c.color2> happen</c>\n </c>";
        Assert.Equal("yeah what this will happen", TranscriptParser.Parse(File).Text);
    }

    [Theory]
    [InlineData("0:00\n0 seconds\nWe bake bread\n1:04\n1 minute, 4 seconds\nthen we fold it")]
    [InlineData("0:00\n0 Sekunden\nWe bake bread\n1:04\n1 Minute, 4 Sekunden\nthen we fold it")]
    [InlineData("0:05\n5 segundos\nWe bake bread\n1:02:04\n1 hora, 2 minutos, 4 segundos\nthen we fold it")]
    public void Panel_TimesWithTheirNames_AreNoSpeech(string text)
    {
        var transcript = TranscriptParser.Parse(text);
        Assert.Equal("We bake bread then we fold it", transcript.Text);
        Assert.Equal(2, transcript.Segments.Count);
    }

    [Fact]
    public void Panel_SpeechThatCountsAsTheClockDoes_Stays() =>
        Assert.Equal("4 seconds left we score", TranscriptParser.Parse("0:04\n4 seconds\nleft\n0:09\nwe score").Text);

    [Fact]
    public void Lyrics_HeadsAndRepeatedTimes_AreNoSpeech()
    {
        var transcript = TranscriptParser.Parse(
            "[ar:Somebody]\n[ti:A song]\n[length: 03:20]\n\n[00:12.00]Line one\n[00:17.20][00:45.10]Line two\n[00:21.10]Line three"
        );
        Assert.Equal("Line one Line two Line three", transcript.Text);
        Assert.Equal([12, 17.2, 21.1], transcript.Segments.Select(segment => segment.Start.TotalSeconds));
    }
}
