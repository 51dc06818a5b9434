using System.Globalization;
using System.Text;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.Analysis;

/// <summary>
/// An analysis looks at its cancellation token at least every few thousand steps, whatever the text is. What is not counted in steps shows
/// in the memory that it takes.
/// </summary>
public class CancellationTests
{
    private const int Transcript = 490_000;
    private const int Description = 5000;
    private const int MostSteps = 14_000;

    /// <summary>A list of half a million words grows by as much at once.</summary>
    private const long MostBytes = 26_000_000;

    private static readonly Dictionary<string, string> Speech = new(StringComparer.Ordinal)
    {
        ["en"] = "So first we feed the starter and then we fold the dough by hand. What do beginners get wrong? They add flour too early.",
        ["de"] = "Zuerst füttern wir den Sauerteig und dann falten wir den Teig. Was machen Anfänger falsch? Sie nehmen zu viel Mehl.",
        ["ru"] = "Сначала мы кормим закваску, а потом складываем тесто руками. Что новички делают неправильно? Они спешат с мукой.",
        ["ja"] = "まずスターターに餌をやり、それから生地を手で折ります。初心者は何を間違えるでしょうか。粉を早く入れすぎます。",
        ["th"] = "ก่อนอื่นเราให้อาหารหัวเชื้อแล้วพับแป้งด้วยมือ ผู้เริ่มต้นทำอะไรผิด พวกเขาใส่แป้งเร็วเกินไป ",
        ["ar"] = "أولا نطعم الخميرة ثم نطوي العجين باليد. ماذا يخطئ المبتدئون؟ يضيفون الدقيق مبكرا جدا.",
        ["hi"] = "पहले हम स्टार्टर को खिलाते हैं और फिर आटे को हाथ से मोड़ते हैं। शुरुआती लोग क्या गलत करते हैं? वे आटा जल्दी डालते हैं।",
        ["ko"] = "먼저 스타터에게 먹이를 주고 반죽을 손으로 접습니다. 초보자는 무엇을 잘못할까요? 밀가루를 너무 빨리 넣습니다.",
    };

    public static TheoryData<string> Languages => [.. Speech.Keys];

    public static TheoryData<string> Families =>
        [
            "a",
            "a ",
            "a.",
            "\n",
            "#a ",
            "日",
            "ไทย",
            "क्",
            "👩\u200D",
            "0:00\n",
            "http://a/ ",
            "-->",
            "<b>",
            "e\u0301",
            "1,0",
            "&amp;",
            "A. ",
            "!",
        ];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Analyze_LongSpeech_LooksAtItsTokenAllTheTime(string language)
    {
        var plain = Numbered(Speech[language], Transcript);
        AssertLooks(plain[..Description], plain);
        AssertLooks(plain[..Description], SubRip(plain));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Analyze_TextOfOneKind_LooksAtItsTokenAllTheTime(string family) =>
        AssertLooks(Fill(family, Description), Fill(family, Transcript));

    [Theory]
    [InlineData("{\"events\":[{\"tStartMs\":0,\"dDurationMs\":9,\"segs\":[{\"utf8\":\"", "\"}]}]}")]
    [InlineData("<tt><body><div><p begin='0s' end='1s'>", "</p></div></body></tt>")]
    [InlineData("<SAMI><BODY><SYNC Start=1><P>", "</BODY></SAMI>")]
    [InlineData("[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,", "")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:01.000\n", "")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\n", "")]
    public void Parse_OneLongCue_LooksAtItsTokenAllTheTime(string before, string after) =>
        AssertLooks(() => TranscriptParser.Parse(before + Fill("we bake bread & fold {the} dough ", Transcript) + after));

    private static void AssertLooks(string description, string transcript) =>
        AssertLooks(() =>
        {
            var input = new VideoInput
            {
                Title = Fill(description, 90),
                Description = description,
                Tags = [Fill(description, 30)],
                Transcript = TranscriptParser.Parse(transcript),
            };
            Samples.Analyzer.AnalyzeUntil(PromptInjectionFilter.Apply(input).Clean, null, CancellationToken.None);
        });

    private static void AssertLooks(Action work)
    {
        var (steps, bytes) = (0L, GC.GetAllocatedBytesForCurrentThread());
        var (mostSteps, mostBytes) = (0L, 0L);
        using var meter = WorkMeter.Start(
            now =>
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                mostSteps = Math.Max(mostSteps, now - steps);
                mostBytes = Math.Max(mostBytes, allocated - bytes);
                (steps, bytes) = (now, allocated);
            },
            CancellationToken.None
        );
        work();
        Assert.InRange(mostSteps, 1, MostSteps);
        Assert.InRange(mostBytes, 1, MostBytes);
    }

    private static string SubRip(string text)
    {
        const int Cue = 40;
        var file = new StringBuilder();
        for (var i = 0; (i + 1) * Cue < text.Length; i++)
        {
            var start = TimeSpan.FromSeconds(i * 2);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1}\n{start:hh\\:mm\\:ss},000 --> {start:hh\\:mm\\:ss},900\n")
                .Append(text, i * Cue, Cue)
                .Append("\n\n");
        }

        return file.ToString();
    }

    private static string Numbered(string text, int length)
    {
        var output = new StringBuilder();
        for (var i = 0; output.Length < length; i++)
        {
            output.Append(CultureInfo.InvariantCulture, $"{text} {i * 7919 % 1000} ");
        }

        return output.ToString()[..length];
    }

    private static string Fill(string text, int length) => string.Concat(Enumerable.Repeat(text, (length / text.Length) + 1))[..length];
}
