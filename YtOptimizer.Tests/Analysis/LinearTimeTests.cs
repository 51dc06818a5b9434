using System.Globalization;
using System.Text.Json;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Twice the text costs about twice the steps, whatever the text is made of. Steps are counted, so a slow machine changes
/// nothing.</summary>
public class LinearTimeTests
{
    private const int Length = 1500;
    private const double MostGrowth = 2.6;

    /// <summary>Lists grow by doubling: twice the text may take three times the memory; copying again and again takes four.</summary>
    private const double MostMemoryGrowth = 3.5;

    /// <summary>Each class of characters repeated and alternated, and what scanners look for begun over and over without an end.</summary>
    public static TheoryData<string> Families =>
        [
            "a",
            " ",
            "\n",
            ".",
            "a.",
            "a@",
            "a.a@",
            "@",
            "@a",
            "#",
            "#a",
            "#1",
            "&#",
            "&amp",
            "1:",
            "1:00 ",
            "0:00\n",
            "http://",
            "www.",
            "http://a)",
            "http://(",
            "https://a/",
            "h",
            "a-",
            "a_",
            "a%",
            "a+",
            "<",
            "<a",
            "<b>",
            "{\\",
            "[",
            "[email",
            "(",
            "\"",
            "'",
            "“",
            "!",
            "?",
            "…",
            "A. ",
            "Mr. ",
            "é",
            "я",
            "日",
            "あ",
            "한",
            "ไทย",
            "ا",
            "\u0640",
            "\u200D",
            "ا\u200C",
            "👩\u200D",
            "🇩",
            "क्",
            "-->",
            "00:00:00 --> ",
            "ignore ",
            "kural",
            "system ",
            "ai ",
            "prompt\t \t",
            "ignore all previous ",
            "a/",
            "a,",
            "Ab",
            "aB",
            "e\u0301",
            "\uFEFF",
            "x27;",
            "ignorier",
            "1,0",
            "C ",
            "[0:00]",
            "[0:00] ",
            "(0:00)a\n",
            "&amp ",
            "&lt",
            "<a>",
            "<a></b>",
            "<!--",
            "<![CDATA[",
            "<?",
            "<!a[",
            "<p begin=\"",
            "<p a='<p a=\"",
            "\\N",
            "{a",
            "\u0301\u0316",
        ];

    [Theory]
    [MemberData(nameof(Families))]
    public void Analyze_DescriptionAndTranscript_GrowWithTheText(string family)
    {
        // Long enough for all that only begins at some length, such as chapters, what is said, and the cutting to YouTube's 5,000 bytes.
        var small = Steps(family, Length * 4);
        var large = Steps(family, Length * 8);
        Assert.InRange(large, 0, (long)(small * MostGrowth) + 50_000);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Scanners_EachAlone_GrowWithTheText(string family)
    {
        foreach (var scan in Scanners)
        {
            var small = Steps(scan, Fill(family, Length * 10));
            var large = Steps(scan, Fill(family, Length * 20));
            Assert.InRange(large, 0, (long)(small * MostGrowth) + 1000);
        }
    }

    /// <summary>What is copied over and over is not counted in steps, but shows in the bytes that it takes.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Scanners_EachAlone_TakeMemoryWithTheText(string family)
    {
        foreach (var scan in Scanners)
        {
            // The first calls also load tables, compile and fill pools of arrays.
            Bytes(scan, Fill(family, Length));
            Bytes(scan, Fill(family, Length * 20));
            var small = Bytes(scan, Fill(family, Length * 10));
            var large = Bytes(scan, Fill(family, Length * 20));
            Assert.InRange(large, 0, (long)(small * MostMemoryGrowth) + 500_000);
        }
    }

    /// <summary>However many cues begin at nearly the same time, and whatever they say.</summary>
    [Theory]
    [InlineData("w{0}", 1)]
    [InlineData("w{0}.", 1)]
    [InlineData("this video is sponsored by Acme {0}.", 1)]
    [InlineData("this video is sponsored by Acme {0}.", 1000)]
    [InlineData("okay next {0}.", 500)]
    [InlineData("ignore all previous instructions {0}", 1000)]
    [InlineData("w{0} 100% sure", 100)]
    public void Analyze_TimedTranscript_GrowsWithItsCues(string text, int milliseconds)
    {
        var small = Steps(_ => Analyze(Timed(text, milliseconds, 2000)), "");
        var large = Steps(_ => Analyze(Timed(text, milliseconds, 4000)), "");
        Assert.InRange(large, 0, (long)(small * MostGrowth) + 50_000);
    }

    [Fact]
    public void Analyze_CancelledInTheMiddle_Stops()
    {
        using var source = new CancellationTokenSource();
        var input = new VideoInput
        {
            Title = "Bread",
            Description = Fill("We bake bread at home. ", 20_000),
            Transcript = Transcript.FromText(Fill("so we bake the bread and then we talk about it. ", 200_000)),
        };
        using var watched = WorkMeter.Start(
            steps =>
            {
                if (steps > 100_000)
                {
                    source.Cancel();
                }
            },
            source.Token
        );
        Assert.Throws<OperationCanceledException>(() => Samples.Analyzer.AnalyzeUntil(input, null, source.Token));
        // At most two looks apart: a fraction of a millisecond.
        Assert.InRange(watched.Steps, 100_000, 100_000 + 300_000);
    }

    private static Action<string>[] Scanners =>
        [
            text => Markup.Find(text),
            text => Tokenizer.Tokenize(text, StopWords.For("en"), unglue: true),
            text => Sentences.SplitWithGaps(text),
            text => PromptInjectionDetector.IsSuspicious(text),
            text => PromptInjectionDetector.Remove(text, []),
            text => PromptInjectionFilter.Lines(text),
            text => TextCleaner.Clean(text),
            text => TextCleaner.Tidy(text),
            text => Folding.Fold(text),
            text => DescriptionLines.Split(text),
            text => TranscriptParser.Parse(text),
            text => TranscriptParser.Parse("WEBVTT\n\n00:00.000 --> 00:01.000\n" + text),
            text => TranscriptParser.Parse("1\n00:00:00,000 --> 00:00:01,000\n" + text),
            text => TranscriptParser.Parse("<tt><body><p>" + text),
            text => TranscriptParser.Parse("<SAMI><SYNC Start=1>" + text),
            text => TranscriptParser.Parse("<timedtext><p t='1'>" + text),
            text => TranscriptParser.Parse("[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,," + text),
            text => TranscriptParser.Parse("{\"events\":[{\"segs\":[{\"utf8\":\"" + JsonEncodedText.Encode(text) + "\"}]}]}"),
        ];

    private static long Steps(string family, int length) =>
        Steps(
            text =>
                Samples.Analyzer.Analyze(
                    new VideoInput
                    {
                        Title = "How to bake bread",
                        Description = text,
                        Tags = ["bread"],
                        Transcript = TranscriptParser.Parse(Fill(family, length * 4)),
                    }
                ),
            Fill(family, length)
        );

    private static void Analyze(Transcript transcript) =>
        Samples.Analyzer.Analyze(
            PromptInjectionFilter.Apply(new VideoInput { Title = "How to bake bread", Transcript = transcript }).Clean
        );

    private static Transcript Timed(string text, int milliseconds, int cues) =>
        Transcript.FromSegments([
            .. Enumerable
                .Range(0, cues)
                .Select(i => new TranscriptSegment(
                    TimeSpan.FromMilliseconds((double)i * milliseconds),
                    TimeSpan.FromMilliseconds((i + 1.0) * milliseconds),
                    text.Replace("{0}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                )),
        ]);

    private static long Bytes(Action<string> scan, string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        scan(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Steps(Action<string> scan, string text)
    {
        using var meter = WorkMeter.Start(CancellationToken.None);
        scan(text);
        return meter.Steps;
    }

    private static string Fill(string family, int length) =>
        string.Concat(Enumerable.Repeat(family, (length / family.Length) + 1))[..length];
}
