namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>When to start a crashed process again: at once-ish, then ever later, and from the beginning after it has been stable.</summary>
internal sealed class RestartPolicy
{
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500), LongestDelay = TimeSpan.FromSeconds(30), Stable = TimeSpan.FromMinutes(1);

    /// <summary>Crashes in a row.</summary>
    public int Crashes { get; private set; }

    /// <summary>The wait before the next start, given how long the process had been up.</summary>
    public TimeSpan NextDelay(TimeSpan uptime)
    {
        Crashes = uptime >= Stable ? 1 : Crashes + 1;
        var factor = Math.Pow(2, Math.Min(Crashes - 1, 16));
        return TimeSpan.FromTicks(Math.Min((long)(FirstDelay.Ticks * factor), LongestDelay.Ticks));
    }
}
