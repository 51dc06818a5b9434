using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.Analysis.Transcripts;

/// <summary>Odd files of the exported kinds: hostile XML, two languages, effects that repeat words, broken markup.</summary>
public class TranscriptExportFormTests
{
    private const string Dialogue = "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,";

    [Theory]
    [InlineData("{\\k20}ka{\\k30}ra{\\k40}oke night", "karaoke night")]
    [InlineData("{\\p1}m 0 0 l 10 0{\\p0}after the drawing", "after the drawing")]
    [InlineData("{\\pos(1,2)}placed, not {drawn}drawn", "placed, not drawn")]
    [InlineData("one\\Ntwo\\nthree\\hfour", "one two three four")]
    [InlineData("an open { brace", "an open { brace")]
    [InlineData("a, b, c", "a, b, c")]
    [InlineData("<i>not HTML</i> & <3", "<i>not HTML</i> & <3")]
    public void SubStation_Text_WithoutOverrides(string text, string expected) =>
        Assert.Equal(expected, TranscriptParser.Parse("[Events]\n" + Dialogue + text).Text);

    [Fact]
    public void SubStation_DrawnTwiceAtOneTime_IsSaidOnce() =>
        Assert.Equal("glow", TranscriptParser.Parse($"[Events]\n{Dialogue}{{\\blur3}}glow\n{Dialogue}glow\n").Text);

    [Fact]
    public void SubStation_WithoutSections_IsRead() =>
        Assert.Equal(
            "one two",
            TranscriptParser.Parse($"{Dialogue}one\n{Dialogue.Replace("0:00:0", "0:01:0", StringComparison.Ordinal)}two").Text
        );

    [Fact]
    public void Xml_DocumentTypeAndEntities_AreNeverExpanded()
    {
        const string Bomb =
            "<?xml version=\"1.0\"?><!DOCTYPE tt [<!ENTITY a \"boom\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + "<tt><body><div><p begin=\"0s\" end=\"1s\">we &b; bake &x; bread</p></div></body></tt>";
        Assert.Equal("we &b; bake &x; bread", TranscriptParser.Parse(Bomb).Text);
    }

    [Theory]
    [InlineData("<tt><body><div><p begin=\"1s\">not closed<br>twice<p begin=\"2s\">next", "not closed twice next")]
    [InlineData("<tt><body><p begin='1s'>R&D & so on</p></body></tt>", "R&D & so on")]
    [InlineData("<tt><body><p begin='1s'>3 < 5 and <3</p></body></tt>", "3 < 5 and <3")]
    [InlineData("<tt><body><p begin='1s'><metadata>no</metadata>yes</p></body></tt>", "yes")]
    [InlineData("<tt><body><div><p>one</p><p begin='soon'>two</p></div></body></tt>", "one two")]
    [InlineData("<tt><head><styling/></head><body/></tt>", "")]
    [InlineData("<timedtext format=\"3\"><body><p t=\"0\" d=\"10\">one<br/>two</p></body></timedtext>", "one two")]
    [InlineData(
        "<transcript><text start=\"0.5\" dur=\"x\">it&amp;#39;s &lt;font color=\"#fff\"&gt;fine&lt;/font&gt;</text></transcript>",
        "it's fine"
    )]
    [InlineData("<transcript>just some words</transcript>", "just some words")]
    [InlineData("<sami><body><sync start=0><p>one<sync start=10><p>&nbsp;</body></sami>", "one")]
    [InlineData("<SAMI><BODY><SYNC Start=0>no paragraph<SYNC Start=1000>two", "no paragraph two")]
    public void Xml_BrokenOrOdd_KeepsTheWords(string file, string expected) => Assert.Equal(expected, TranscriptParser.Parse(file).Text);

    [Fact]
    public void TimedText_TimesCountFromTheElementAround()
    {
        var transcript = TranscriptParser.Parse(
            "<tt ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:tickRate=\"10\"><body begin=\"10s\"><div begin=\"5s\">"
                + "<p begin=\"1s\" end=\"2s\">one</p><p><span begin=\"30t\">two</span><span begin=\"00:00:04:12\">three</span></p>"
                + "</div></body></tt>"
        );
        Assert.Equal(["one", "two", "three"], transcript.Segments.Select(segment => segment.Text));
        Assert.Equal([16, 18, 19.4], transcript.Segments.Select(segment => segment.Start.TotalSeconds));
    }

    [Fact]
    public void Sami_TwoLanguagesSideBySide_TheLongerOneIsRead()
    {
        const string File =
            "<SAMI><BODY><SYNC Start=0><P Class=ENCC>we bake bread<P Class=FRCC>du pain<SYNC Start=1000><P Class=ENCC>then fold it<P "
            + "Class=FRCC>et voila</BODY></SAMI>";
        Assert.Equal("we bake bread then fold it", TranscriptParser.Parse(File).Text);
    }

    [Fact]
    public void Sami_ClassesThatTakeTurns_AreSpeakers()
    {
        const string File = "<SAMI><BODY><SYNC Start=0><P Class=ANN>hello<SYNC Start=1000><P Class=BOB>hi Ann</BODY></SAMI>";
        Assert.Equal("hello hi Ann", TranscriptParser.Parse(File).Text);
    }

    [Theory]
    [InlineData("{ this is no JSON at all }")]
    [InlineData("[Music] and so on")]
    [InlineData("[1, 2, 3]")]
    [InlineData("{\"name\": \"no captions\"}")]
    public void Text_ThatOnlyBeginsLikeAFile_StaysAsItIs(string text) => Assert.Equal(text, TranscriptParser.Parse(text).Text);

    [Fact]
    public void Json_HalfACharacter_CostsNothingElse() =>
        Assert.Equal(
            "we bake bread",
            TranscriptParser.Parse("[{\"text\":\"we \\ud83d bake\",\"start\":0},{\"text\":\"bread\",\"start\":\"1.5\"}]").Text
        );

    [Fact]
    public void SubViewer_Head_IsNoSpeech()
    {
        const string File =
            "[INFORMATION]\n[TITLE]A film\n[AUTHOR]Me\n[END INFORMATION]\n[SUBTITLE]\n[COLF]&HFFFFFF,[STYLE]no,[SIZE]18,[FONT]Arial\n"
            + "00:00:01.00,00:00:02.00\nwe bake[br]bread\n\n00:00:03.00,00:00:04.00\nthen we fold it\n";
        Assert.Equal("we bake bread then we fold it", TranscriptParser.Parse(File).Text);
    }
}
