using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Suggestions;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What a creator is asked for fits the video, is open yet, and stands where it belongs.</summary>
public sealed class AskedFixTests
{
    private const string Calls = "Subscribe to my channel and hit the bell! https://example.com/one";

    [Fact]
    public void Request_OfAnUnsureKind_IsNeutral()
    {
        var action = Analyze("A walk through the old harbour with Ann Frame", "").Fixes[0].Action;

        Assert.Contains("Say who or what is seen, by name, and what happens.", action, StringComparison.Ordinal);
        Assert.DoesNotContain("where and when", action, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_AboveACall_MovesTheCall()
    {
        var action = Analyze("A walk through the old harbour with Ann Frame", Calls).Fixes[0].Action;

        Assert.Contains("at the very top of the description", action, StringComparison.Ordinal);
        Assert.Contains("Move what stands first now, ", action, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_ThatShowNoGain_SayWhy() =>
        Assert.All(
            Samples
                .Videos.SelectMany(video => Samples.Analyzer.Analyze(video.ToInput()).Fixes)
                .Where(fix => fix.ScoreAfter <= fix.ScoreBefore),
            fix => Assert.Matches(@"(Once done it can bring up to \+\d+|by less than one) points?\.$", fix.Action)
        );

    [Fact]
    public void LongTitle_IsNotCutAtAComma()
    {
        var result = Analyze(
            "When the keeper of the lamp walks home, the boats of the whole old town wait in the harbour until he is there",
            "The keeper walks home in the evening and nobody knows when he comes."
        );

        Assert.DoesNotContain(result.Fixes, fix => fix.Action.Contains("let it end after", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void LongTitle_WithAnOutcry_LosesIt_AndDoesNotPutItLast()
    {
        var result = Analyze(
            "[충격] 오래된 등대지기가 삼십 년 동안 매일 밤 등불을 켜고 항구로 돌아오는 배를 기다린 이야기와 그의 고독한 삶 그리고 바다",
            "등대지기의 하루를 따라가 봅니다."
        );

        Assert.DoesNotContain(result.Fixes, fix => fix.Action.Contains("put “[충격]” last", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void OneSideOfAMatch_IsNotTheSubject()
    {
        var action = Analyze("Gremio - River Plate [1-2]", Calls)
            .Fixes.First(fix => fix.Field == "description" && fix.NewDescription is null)
            .Action;

        Assert.DoesNotContain("on “River Plate”", action, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ann Frame walks through the old harbour and meets the last builder of boats.", true)]
    [InlineData("Sea Days with Ann Frame is the largest channel on every old harbour of the coast.", false)]
    [InlineData("ann frame and the old harbour and", false)]
    public void ASentenceOnTheVideo_FurtherDown_IsMovedAndNotAskedFor(string sentence, bool expected)
    {
        var source = Samples.Analyzer.Read(
            new VideoInput
            {
                Title = "A walk through the old harbour with Ann Frame",
                Description = $"{Calls}\n{Calls}\n\n{sentence}",
                ChannelTitle = "Sea Days",
            }
        );

        Assert.Equal(expected, ReadySentence.Move(source)?.StartsWith("Move “Ann Frame walks", StringComparison.Ordinal) ?? false);
    }

    private static AnalysisResult Analyze(string title, string description) =>
        Samples.Analyzer.Analyze(new VideoInput { Title = title, Description = description });
}
