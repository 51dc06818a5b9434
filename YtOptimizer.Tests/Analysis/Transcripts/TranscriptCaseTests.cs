using System.Text;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.Analysis.Transcripts;

/// <summary>Subtitles as they turn up: what is speech stays, what is markup goes.</summary>
public class TranscriptCaseTests
{
    private const string Bread = "1\n00:01:00,000 --> 00:01:04,000\nWe bake bread\n\n2\n00:01:04,000 --> 00:01:08,000\nthen we fold it\n";

    [Theory]
    [InlineData("Tom &amp; Jerry&nbsp;fight and it&#39;s fun", "Tom & Jerry fight and it's fun")]
    [InlineData("AT&amp;T &lt;3 &quot;you&quot; &#x1F600; &eacute;", "AT&T <3 \"you\" 😀 é")]
    [InlineData("fish &amp chips", "fish & chips")]
    [InlineData("I <3 this song", "I <3 this song")]
    [InlineData("3 < 5 and 7 > 2", "3 < 5 and 7 > 2")]
    [InlineData("‹note› stays", "‹note› stays")]
    [InlineData("press <Enter> twice", "press <Enter> twice")]
    [InlineData("<i>slanted</i> <b>bold</b> <font color=\"#fff\">white</font>", "slanted bold white")]
    [InlineData("<font\ncolor=\"#fff\">over two lines</font>", "over two lines")]
    [InlineData("one<br>two<br/>three", "one two three")]
    [InlineData("we<00:00:00.960><c> bake</c><c.yellow> bread</c>", "we bake bread")]
    [InlineData("{\\an8}Hello there", "Hello there")]
    [InlineData("{\\pos(10,20)\\fad(1,2)}Hello\\Nthere", "Hello there")]
    [InlineData("{y:i}Hello {laughs}", "Hello {laughs}")]
    [InlineData(">> and now", "and now")]
    [InlineData("- Who? - Me.", "- Who? - Me.")]
    public void Parse_MarkupInACue_OnlyWordsStay(string text, string expected) =>
        Assert.Equal(
            expected + " We bake bread then we fold it",
            TranscriptParser.Parse("0\n00:00:01,000 --> 00:00:03,000\n" + text + "\n\n" + Bread).Text
        );

    [Theory]
    [InlineData("<v Roger Bingham>we are in New York", "we are in New York")]
    [InlineData("<v.loud Roger>Hi</v> <lang en>there</lang>", "Hi there")]
    [InlineData("<foo>unknown</foo> tag", "unknown tag")]
    [InlineData("<ruby>漢<rt>kan</rt></ruby>", "漢kan")]
    [InlineData("I <3 it", "I <3 it")]
    public void Parse_WebVttTags_AreReadAsTheSpecificationSays(string text, string expected) =>
        Assert.Equal(expected, TranscriptParser.Parse("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text + "\n").Text);

    [Theory]
    [InlineData("00:00:01,000 --> 00:00:01,000")]
    [InlineData("99:21:29,505 --> 100:00:29,605")]
    [InlineData("100:01:00,000 --> 100:01:04,000")]
    [InlineData("-112:-7:-40,-860 --> -112:-7:-38,-100")]
    [InlineData("NaN:NaN:NaN,NaN --> NaN:NaN:NaN,NaN")]
    [InlineData("00:00:NaN,000 --> 00:00:04,000")]
    [InlineData("00:75:01,000 --> 00:99:02,000")]
    [InlineData("00：00：01，520 －－＞ 00：00：04，640")]
    [InlineData("00：00：01,520 --> 00：00：04,640")]
    [InlineData("٠٠:٠٠:٠١,٠٠٠ --> ٠٠:٠٠:٠٣,٠٠٠")]
    [InlineData("00: 00: 01, 000 --> 00: 00: 03, 000")]
    [InlineData("0:0:1,0 -> 0:0:3,0")]
    [InlineData("00:00:01.000-->00:00:03.000align:start")]
    [InlineData("00:00:01,000 –> 00:00:03,000")]
    [InlineData("00:00:01,000 → 00:00:03,000")]
    [InlineData("00:00:01,000 --> 00:00:03,000 X1:100 X2:200 Y1:10 Y2:20")]
    [InlineData("00:00:01:12 --> 00:00:03:00")]
    [InlineData("0:00:01.000,0:00:03.000")]
    [InlineData("[00:00:01.000 --> 00:00:03.000]")]
    public void Parse_AnyTimingLine_IsNoSpeechAndLosesNone(string timing) =>
        Assert.Equal(
            "some spoken words We bake bread then we fold it",
            TranscriptParser
                .Parse("7\n" + timing + "\nsome spoken words\n\n" + Bread.Replace("00:01:", "200:01:", StringComparison.Ordinal))
                .Text
        );

    [Fact]
    public void Parse_BlankLineInsideACue_TheNextLineIsSpeech()
    {
        var transcript = TranscriptParser.Parse("1\n00:00:10,440 --> 00:00:15,195\nI am stuck at work,\n\nI will be late.\n\n" + Bread);
        Assert.Equal("I am stuck at work, I will be late. We bake bread then we fold it", transcript.Text);
        Assert.Equal(3, transcript.Segments.Count);
    }

    [Fact]
    public void Parse_BlankLinesBetweenAllLines_AreReadOver() =>
        Assert.Equal("We bake bread then we fold it", TranscriptParser.Parse(Bread.Replace("\n", "\n\n", StringComparison.Ordinal)).Text);

    [Fact]
    public void Parse_NumbersAsSpeech_Stay() =>
        Assert.Equal(
            "It was 1984 42 We bake bread then we fold it",
            TranscriptParser.Parse("1\n00:00:10,440 --> 00:00:15,195\nIt was\n1984\n42\n\n" + Bread).Text
        );

    [Fact]
    public void Parse_ZeroLengthAtTheStart_KeepsOrderAndWords()
    {
        var transcript = TranscriptParser.Parse(
            "1\n00:00:01,000 --> 00:00:01,000\nfirst words\n\n2\n00:00:01,000 --> 00:00:03,000\nsecond words\n\n"
        );
        Assert.Equal("first words second words", transcript.Text);
        Assert.Equal(TimeSpan.FromSeconds(1), transcript.Segments[0].Start);
    }

    [Fact]
    public void Parse_AllTimesZero_AreNoTimes()
    {
        var transcript = TranscriptParser.Parse(
            "1\n00:00:00,000 --> 00:00:00,000\nfirst words\n\n2\n00:00:00,000 --> 00:00:00,000\nsecond words\n"
        );
        Assert.False(transcript.IsTimed);
        Assert.Equal("first words second words", transcript.Text);
    }

    [Fact]
    public void Parse_OneStart_KeepsTheOrderOfTheFile()
    {
        var file = string.Concat(Enumerable.Range(1, 40).Select(i => $"{i}\n00:00:02,000 --> 00:00:59,000\nline {i}\n\n"));
        Assert.Equal(
            Enumerable.Range(1, 40).Select(i => $"line {i}"),
            TranscriptParser.Parse(file).Segments.Select(segment => segment.Text)
        );
    }

    [Fact]
    public void Parse_LineSungTwice_IsThereTwice()
    {
        const string Song =
            "1\n00:00:01,000 --> 00:00:02,000\nHey Jude\n\n2\n00:00:02,000 --> 00:00:03,000\nHey Jude\n\n3\n00:00:30,000 --> "
            + "00:00:32,000\nHey Jude\n\n";
        Assert.Equal("Hey Jude Hey Jude Hey Jude", TranscriptParser.Parse(Song).Text);
    }

    [Fact]
    public void Parse_AutomaticCaptions_StartsWithTheFirstWordAndSaysNothingTwice()
    {
        const string Rolling =
            "WEBVTT\nKind: captions\nLanguage: en\n\n00:00:00.160 --> 00:00:03.429 align:start position:0%\n \nWe<00:00:00.960><c> "
            + "bake</c><00:00:01.520><c> bread</c>\n\n"
            + "00:00:03.429 --> 00:00:03.439 align:start position:0%\nWe bake bread\n \n\n00:00:03.439 --> 00:00:05.749 align:start "
            + "position:0%\nWe bake bread\nwith<00:00:03.760><c> flour</c>\n\n"
            + "00:00:05.749 --> 00:00:05.759 align:start position:0%\nwith flour\n \n\n00:00:05.759 --> 00:00:07.000 align:start "
            + "position:0%\nwith flour\nwith<00:00:06.000><c> flour</c>\n";
        var transcript = TranscriptParser.Parse(Rolling);
        Assert.Equal("We bake bread with flour with flour", transcript.Text);
        Assert.Equal([0.16, 3.439, 5.759], transcript.Segments.Select(segment => segment.Start.TotalSeconds));
    }

    [Fact]
    public void Parse_Sbv_ReadsTimesAndWords()
    {
        var transcript = TranscriptParser.Parse("0:00:01.000,0:00:03.000\nWe bake[br]bread\n\n0:00:03.000,0:00:05.500\nthen we fold it\n");
        Assert.Equal(
            [
                new TranscriptSegment(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), "We bake bread"),
                new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5.5), "then we fold it"),
            ],
            transcript.Segments
        );
    }

    [Theory]
    [InlineData("0:00\nWe bake bread\n0:04\nthen we fold it")]
    [InlineData("0:00\nWe bake bread\n\n0:04\nthen we\nfold it\n")]
    [InlineData("0:00 We bake bread\n0:04 then we fold it")]
    [InlineData("[00:00] We bake bread\n[00:04] then we fold it")]
    [InlineData("(0:00) We bake bread\n(0:04) then we fold it")]
    [InlineData("0:00:00\nWe bake bread\n0:00:04\nthen we fold it")]
    [InlineData("[00:00.00] We bake bread\n[00:04.00]then we fold it")]
    public void Parse_CopiedFromThePanel_StartsASegmentAtEachTime(string text)
    {
        var transcript = TranscriptParser.Parse(text);
        Assert.Equal("We bake bread then we fold it", transcript.Text);
        Assert.Equal([0, 4], transcript.Segments.Select(segment => (int)segment.Start.TotalSeconds));
    }

    [Theory]
    [InlineData("We <3 you all and thanks for watching.")]
    [InlineData("The game ended 3:2 at 10:30 in the evening.")]
    [InlineData("x --> y is how we write it")]
    public void Parse_PlainText_StaysAsItIs(string text)
    {
        var transcript = TranscriptParser.Parse(text);
        Assert.Equal(text, transcript.Text);
        Assert.False(transcript.IsTimed);
    }

    [Theory]
    [InlineData("WEBVTT\n\nNOTE\nnothing here\n00:00:01.000 --> \n")]
    [InlineData("WEBVTT NOTE something -->")]
    [InlineData("WEBVTT\n\nSTYLE\n::cue { color: red }\n")]
    [InlineData("WEBVTT\n\n00:00:00.000 -> 00:00:01.000\nno cue\n")]
    [InlineData("WEBVTT\n\n00:00:0.000 --> 00:00:01.000\nno cue\n")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\n<i></i>\n")]
    public void Parse_SubtitlesWithoutReadableCue_HaveNoWords(string text)
    {
        var transcript = TranscriptParser.Parse(text);
        Assert.Equal("", transcript.Text);
        Assert.Empty(transcript.Segments);
    }

    [Theory]
    [InlineData("000:00:00.000 --> 00:00:01.000", true)]
    [InlineData("00:00.000-->00:01.000", true)]
    [InlineData("\t00:00:00.000 \t--> 00:00:01.000line:0 align:start", true)]
    [InlineData("00:01.000 --> 00:00.999", true)]
    [InlineData("1234:00:00.000 --> 1234:00:01.000", true)]
    [InlineData("00:00:01,000 --> 00:00:02,000", true)]
    [InlineData("0:00.000 --> 00:01.000", false)]
    [InlineData("00:00:00.00 --> 00:00:01.000", false)]
    [InlineData("00:00:60.000 --> 00:01:01.000", false)]
    [InlineData("00:000:00.000 --> 00:00:01.000", false)]
    [InlineData("00:00:00.0000 --> 00:00:01.000", false)]
    [InlineData("00:00:00.000 -- > 00:00:01.000", false)]
    [InlineData("--> 00:00:01.000", false)]
    public void Parse_WebVttTimes_ByTheSpecification(string timing, bool isCue)
    {
        var transcript = TranscriptParser.Parse("WEBVTT\n\n" + timing + "\ntext\n");
        Assert.Equal(isCue ? "text" : "", transcript.Text);
        Assert.Equal(isCue ? 0 : 1, transcript.UnreadableCues);
    }

    [Fact]
    public void Parse_WebVttBlocks_NamesNotesAndArrowsAreNoSpeech()
    {
        const string File =
            "WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue(#a) {}\n\nREGION\nid:x\n\nNOTE\na note\nover lines\n\nname of the "
            + "cue\n00:00:00.000 --> 00:00:01.000\none\nfoo-->\n"
            + "00:00:01.000 --> 00:00:02.000\ntwo\n\nNOTE another\n\n00:00:02.000 --> 00:00:03.000\nthree\n\nafter a blank "
            + "line\n\n\n\n7\n00:00:03.000 --> 00:00:04.000\nfour";
        Assert.Equal("one two three after a blank line four", TranscriptParser.Parse(File).Text);
    }

    [Theory]
    [InlineData("WEBVTT\r\n\r\n00:00:00.000 --> 00:00:01.000\r\ntext\r\n")]
    [InlineData("WEBVTT\r\r00:00:00.000 --> 00:00:01.000\rtext\r")]
    [InlineData("\uFEFFWEBVTT\n\n00:00:00.000 --> 00:00:01.000\ntext")]
    [InlineData("WEBVTT\n00:00:00.000 --> 00:00:01.000\ntext")]
    [InlineData("WEBVTT\ttitle\n\n00:00:00.000 --> 00:00:01.000\ntext")]
    public void Parse_WebVttLineEndsAndHeaders_AreRead(string file) => Assert.Equal("text", TranscriptParser.Parse(file).Text);

    [Theory]
    [InlineData("utf-8", "Grüße aus Köln, schöne Straße, wir backen heute frisches Brot für alle")]
    [InlineData("utf-16", "Grüße aus Köln, schöne Straße")]
    [InlineData("utf-16BE", "Grüße aus Köln, schöne Straße")]
    [InlineData("windows-1252", "Grüße aus Köln, schöne Straße, wir backen heute frisches Brot für alle Gäste über Nacht")]
    [InlineData("windows-1251", "Сегодня мы печём хлеб на закваске, замешиваем тесто и складываем его несколько раз")]
    [InlineData("shift_jis", "今日は家でパンを焼きます。まず小麦粉と水と塩をよく混ぜてください。")]
    [InlineData("euc-kr", "오늘은 집에서 빵을 굽습니다. 먼저 밀가루와 물과 소금을 잘 섞어 주세요.")]
    [InlineData("gb18030", "今天我们在家里烤面包。首先把面粉、水和盐充分混合在一起。")]
    [InlineData("big5", "今天我們在家裡烤麵包。首先把麵粉、水和鹽充分混合在一起。")]
    public void Decode_AnyEncoding_GivesTheText(string encoding, string text)
    {
        var codec = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        Assert.Equal(text, TranscriptEncoding.Decode(codec.GetBytes(text)));
        Assert.Equal(text, TranscriptEncoding.Decode([.. codec.GetPreamble(), .. codec.GetBytes(text)]));
    }
}
