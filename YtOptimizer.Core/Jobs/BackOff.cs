namespace YtOptimizer.Core.Jobs;

/// <summary>When a failed attempt is tried again.</summary>
public static class BackOff
{
    /// <summary>No wait is longer, whatever an upstream asks for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Doubles per attempt, the upper half random, so that jobs which failed together do not return together.
    /// A wish of the upstream is a lower bound, with up to a tenth on top for the same reason.
    /// </summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="first">Wait after the first failure, before jitter.</param>
    /// <param name="retryAfter">What the upstream asked for.</param>
    /// <param name="jitter">0 to below 1.</param>
    public static TimeSpan After(int attempt, TimeSpan first, TimeSpan? retryAfter, double jitter)
    {
        var exponential = first.TotalSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20)) * (0.5 + (jitter / 2));
        var asked = (retryAfter?.TotalSeconds ?? 0) * (1 + (jitter / 10));
        return TimeSpan.FromSeconds(Math.Clamp(Math.Max(exponential, asked), 0, Longest.TotalSeconds));
    }
}
