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
        ];

    [Theory]
    [MemberData(nameof(Families))]
    public void Analyze_DescriptionAndTranscript_GrowWithTheText(string family)
    {
        var small = Steps(family, Length);
        var large = Steps(family, Length * 2);
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

    private static long Steps(Action<string> scan, string text)
    {
        using var meter = WorkMeter.Start(CancellationToken.None);
        scan(text);
        return meter.Steps;
    }

    private static string Fill(string family, int length) =>
        string.Concat(Enumerable.Repeat(family, (length / family.Length) + 1))[..length];
}
