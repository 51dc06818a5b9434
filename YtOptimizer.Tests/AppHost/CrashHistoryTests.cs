using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.AppHost.Hosting;

namespace YtOptimizer.Tests.AppHost;

/// <summary>What counts as a crash, and how long the next start waits.</summary>
public sealed class CrashHistoryTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData("Exited", true)]
    [InlineData("Finished", true)]
    [InlineData("Stopping", false)]
    [InlineData("RuntimeUnhealthy", false)]
    public void IsCrash_AfterRunning_OnlyAnEndNobodyAskedFor(string state, bool expected)
    {
        var history = new CrashHistory(5, _clock);
        Assert.False(history.IsCrash(KnownResourceStates.Starting));
        Assert.False(history.IsCrash(KnownResourceStates.Running));

        Assert.Equal(expected, history.IsCrash(state));
        Assert.False(history.IsCrash(KnownResourceStates.Exited));
    }

    [Fact]
    public void IsCrash_NeverRan_IsNone()
    {
        var history = new CrashHistory(5, _clock);

        Assert.False(history.IsCrash(KnownResourceStates.Waiting));
        Assert.False(history.IsCrash(KnownResourceStates.FailedToStart));
        Assert.False(history.IsCrash(KnownResourceStates.Exited));
    }

    [Fact]
    public void Next_CrashesInARow_WaitsLongerAndGivesUp()
    {
        var history = new CrashHistory(4, _clock);

        Assert.Equal([1d, 2d, 4d, 8d, null], Enumerable.Range(0, 5).Select(_ => Crash(history, TimeSpan.FromSeconds(3))?.TotalSeconds));
    }

    [Fact]
    public void Next_AfterAMinuteOfWork_BeginsAnew()
    {
        var history = new CrashHistory(2, _clock);
        Crash(history, TimeSpan.FromSeconds(1));
        Crash(history, TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(1), Crash(history, TimeSpan.FromSeconds(61)));
    }

    private TimeSpan? Crash(CrashHistory history, TimeSpan after)
    {
        history.IsCrash(KnownResourceStates.Running);
        _clock.Advance(after);
        Assert.True(history.IsCrash(KnownResourceStates.Exited));
        return history.Next();
    }
}
