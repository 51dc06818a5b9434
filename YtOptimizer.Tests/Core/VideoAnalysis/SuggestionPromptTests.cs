using System.Text.Json;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Analysis;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

public sealed class SuggestionPromptTests
{
    private static readonly VideoInput Long = Samples.Sourdough with
    {
        OtherTitles = ["How to shape baguettes | Beginner Guide"],
        Transcript = Transcript.FromSegments([
            .. Enumerable
                .Range(0, 3_600)
                .Select(i => new TranscriptSegment(
                    TimeSpan.FromSeconds(i * 4),
                    TimeSpan.FromSeconds((i * 4) + 4),
                    $"Then we fold the dough once more and wait, step number {i} of it."
                )),
        ]),
    };

    [Fact]
    public void Data_HoldsWhatAnEditorNeeds()
    {
        using var data = JsonDocument.Parse(
            SuggestionPrompt.Data(Long, new OutputPreferences(), Samples.Analyzer.Analyze(Samples.Sourdough))
        );
        var analysis = data.RootElement.GetProperty("analysis");
        Assert.NotEqual("", analysis.GetProperty("kind").GetString());
        Assert.NotEqual("", analysis.GetProperty("example").GetString());
        Assert.True(analysis.GetProperty("phrases").GetArrayLength() > 0);
        Assert.All(analysis.GetProperty("failing").EnumerateArray(), check => Assert.NotEqual("", check.GetProperty("check").GetString()));
        Assert.Equal(
            "How to shape baguettes | Beginner Guide",
            data.RootElement.GetProperty("video").GetProperty("otherTitles")[0].GetString()
        );
    }

    /// <summary>It is built within the deadline of the analysis.</summary>
    [Fact]
    public void Data_CancelledWhileItIsBuilt_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        using var meter = WorkMeter.Start(_ => cancelled.Cancel(), cancelled.Token);

        Assert.Throws<OperationCanceledException>(() => SuggestionPrompt.Data(Long, new OutputPreferences()));
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(32_000)]
    public void Data_FourHoursOfSpeech_FitTheContextAndReachTheEnd(int context)
    {
        const int Output = 2_000;
        var data = SuggestionPrompt.Data(Long, new OutputPreferences(), null, context, Output);
        var tokens = TokenEstimator.CountMessages(SuggestionPrompt.System, data) + TokenEstimator.Count(SuggestionPrompt.Schema);
        Assert.InRange(tokens, (context - Output) / 2, context - Output);
        using var json = JsonDocument.Parse(data);
        var transcript = json.RootElement.GetProperty("video").GetProperty("transcript").GetString()!;
        Assert.StartsWith("[0:00]", transcript, StringComparison.Ordinal);
        // 3,600 cues of four seconds in 24 sections: the last one begins ten minutes before the end.
        Assert.Contains("[230:00]", transcript, StringComparison.Ordinal);
        Assert.Equal(data, SuggestionPrompt.Data(Long, new OutputPreferences(), null, context, Output));
    }
}
