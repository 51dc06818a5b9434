namespace YtOptimizer.Core.Upstreams.Resilience;

/// <summary>Waiting times between attempts: jittered, so that clients that failed together do not return together.</summary>
public static class RetryDelay
{
    /// <summary>Full jitter between <paramref name="first"/> and an exponentially growing ceiling, at most
    /// <paramref name="longest"/>.</summary>
    public static TimeSpan Next(int attempt, TimeSpan first, TimeSpan longest)
    {
        var ceiling = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(3, Math.Clamp(attempt, 1, 20)));
        return TimeSpan.FromMilliseconds(
            first.TotalMilliseconds + (Random.Shared.NextDouble() * Math.Max(0, ceiling - first.TotalMilliseconds))
        );
    }

    /// <summary>Decorrelated jitter: a random value between <paramref name="first"/> and three times the <paramref name="previous"/>
    /// wait.</summary>
    public static TimeSpan Decorrelated(TimeSpan previous, TimeSpan first, TimeSpan longest)
    {
        var ceiling = Math.Max(first.TotalMilliseconds, previous.TotalMilliseconds * 3);
        return TimeSpan.FromMilliseconds(
            Math.Min(
                longest.TotalMilliseconds,
                first.TotalMilliseconds + (Random.Shared.NextDouble() * (ceiling - first.TotalMilliseconds))
            )
        );
    }
}
