using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Core;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>An analysis ends within its deadline and one second, whichever pattern stalls, and says what to do.</summary>
public sealed class AnalysisDeadlineTests
{
    private const int Deadline = 20;
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(Deadline + 1);

    private readonly FakeTimeProvider time = new();
    private int stalls;

    [Fact]
    public void Run_PatternAlwaysStalls_EndsSoonAfterTheDeadline()
    {
        using var limit = Start(time);

        AssertTimeIsUp(() => limit.Run(Stalling));

        Assert.InRange(stalls, 2, (Deadline * 1000 / Patterns.Timeout) + 1);
    }

    [Fact]
    public void Run_PatternStallsWithinStepsThatTryAgain_EndsSoonAfterTheDeadline()
    {
        using var limit = Start(time);

        AssertTimeIsUp(() => limit.Run(() => Patterns.Run(() => Patterns.Run(Stalling))));
    }

    [Fact]
    public void Run_PatternStallsInALaterPart_EndsSoonAfterTheDeadlineOfAll()
    {
        using var limit = Start(time);
        limit.Run(() =>
        {
            time.Advance(TimeSpan.FromSeconds(Deadline - 0.1));
            return 0;
        });

        AssertTimeIsUp(() => limit.Run(Stalling));

        Assert.Equal(1, stalls);
        AssertTimeIsUp(() => limit.Run(Stalling));
        Assert.Equal(1, stalls);
    }

    [Fact]
    public void Run_TimersStallToo_EndsSoonAfterTheDeadline()
    {
        using var limit = Start(new WithoutTimers(time));

        AssertTimeIsUp(() => limit.Run(Stalling));
    }

    [Fact]
    public void Run_PatternStallsForAWhile_IsTriedAgain()
    {
        using var limit = Start(time);

        Assert.Equal(3, limit.Run(() => stalls < 3 ? Stalling() : stalls));
    }

    [Fact]
    public void Run_CallerHasLeft_IsNoTimeout()
    {
        using var left = new CancellationTokenSource();
        using var limit = new AnalysisDeadline(Options.Create(new DeadlineOptions()), time).Start(left.Token);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            limit.Run(() =>
            {
                left.Cancel();
                return Stalling();
            })
        );
        Assert.Equal(1, stalls);
    }

    /// <summary>One with a longer time, or none, would keep the analysis beyond its deadline.</summary>
    [Fact]
    public void Patterns_OfTheAnalysis_EndWithinASecond()
    {
        var patterns = typeof(Analyzer)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
            )
            .Where(method => method.ReturnType == typeof(Regex) && method.GetParameters().Length == 0)
            .Select(method => (Regex)method.Invoke(null, null)!)
            .ToList();

        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => Assert.InRange(pattern.MatchTimeout.TotalMilliseconds, 1, 1000));
    }

    private static DeadlineRun Start(TimeProvider time) =>
        new AnalysisDeadline(Options.Create(new DeadlineOptions { DeadlineSeconds = Deadline }), time).Start(CancellationToken.None);

    private void AssertTimeIsUp(Func<object> run)
    {
        var failure = Assert.Throws<AnalysisException>(run);
        Assert.Equal("analysis_timeout", failure.Code);
        Assert.Contains("Send a shorter description or transcript.", failure.Message, StringComparison.Ordinal);
        Assert.InRange(time.GetUtcNow() - time.Start, TimeSpan.FromSeconds(Deadline - 1), Latest);
    }

    private int Stalling()
    {
        stalls++;
        time.Advance(TimeSpan.FromMilliseconds(Patterns.Timeout));
        throw new RegexMatchTimeoutException();
    }

    /// <summary>Tells the time; what should happen later never does.</summary>
    private sealed class WithoutTimers(TimeProvider inner) : TimeProvider
    {
        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Stopped();

        private sealed class Stopped : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
