namespace YtOptimizer.Core.Upstreams.Resilience;

/// <summary>Waiting times between attempts: jittered, so that clients that failed together do not return together.</summary>
public static class RetryDelay
{
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
