namespace YtOptimizer.Tests.Support;

/// <summary>Polls with a deadline: how tests wait for what happens elsewhere.</summary>
internal static class Eventually
{
    /// <summary>Only a failing test waits this long; on a loaded machine a passing one may need a good part of it.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(60);

    /// <summary>Returns as soon as <paramref name="condition"/> holds; fails with <paramref name="what"/> at the deadline.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null) =>
        ValueAsync(async () => await condition() ? "yes" : null, what, deadline);

    /// <summary>Returns the first non-null value.</summary>
    public static async Task<T> ValueAsync<T>(Func<Task<T?>> read, string what, TimeSpan? deadline = null)
        where T : class
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        var started = TimeProvider.System.GetTimestamp();
        var limit = deadline ?? DefaultDeadline;
        while (TimeProvider.System.GetElapsedTime(started) < limit)
        {
            if (await read() is { } value)
            {
                return value;
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Fail($"Not within {limit}: {what}");
        throw new InvalidOperationException("unreachable");
    }
}
