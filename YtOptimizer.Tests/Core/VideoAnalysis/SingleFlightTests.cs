using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

public sealed class SingleFlightTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SingleFlight_CallersLeave_WorkIsGivenUpWithTheLast()
    {
        var flight = new SingleFlight<int>();
        var (runs, givenUp, go) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        async Task<int> WorkAsync(CancellationToken token)
        {
            Interlocked.Increment(ref runs);
            try
            {
                await go.Task.WaitAsync(token);
                return 7;
            }
            catch (OperationCanceledException)
            {
                givenUp.TrySetResult();
                throw;
            }
        }

        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var one = flight.RunAsync("k", WorkAsync, first.Token);
        var two = flight.RunAsync("k", WorkAsync, second.Token);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(givenUp.Task.IsCompleted);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        await givenUp.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        go.SetResult();
        Assert.Equal(7, await flight.RunAsync("k", WorkAsync, Ct));
        Assert.Equal(2, runs);
    }
}
