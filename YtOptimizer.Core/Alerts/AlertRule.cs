using System.Globalization;

namespace YtOptimizer.Core.Alerts;

/// <summary>State of one condition at one evaluation.</summary>
public enum AlertLevel
{
    /// <summary>Below the line that ends an incident.</summary>
    Inactive,

    /// <summary>Between the two lines: neither opens nor ends an incident.</summary>
    Pending,

    /// <summary>Above the line that opens an incident.</summary>
    Firing,
}

/// <param name="Kind">Stable name of the condition.</param>
/// <param name="Severity">warning, error or critical.</param>
/// <param name="Level">Where the condition stands.</param>
/// <param name="Value">The figure that was compared.</param>
/// <param name="Summary">One sentence with the figure and the threshold, and where to look.</param>
public sealed record AlertReading(string Kind, string Severity, AlertLevel Level, double Value, string Summary);

/// <summary>The runbook's alerts as pure functions of the fleet's figures. Incidents end at 80 % of the opening threshold.</summary>
public static class AlertRules
{
    /// <summary>The incident of an outage: announced past the outbox, which is in the database, and recorded afterwards.</summary>
    public const string DatabaseDown = "database_down";

    /// <summary>What follows from a database that fails, and is not announced beside it.</summary>
    public static readonly IReadOnlySet<string> FollowFromDatabase = new HashSet<string>(StringComparer.Ordinal)
    {
        "error_rate",
        "slow_responses",
        "system_errors",
        "queue_age",
    };

    private const double Hysteresis = 0.8;

    public static IReadOnlyList<AlertReading> Evaluate(AlertReadings f, AlertOptions o)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(o);
        var enough = f.Requests >= o.MinimumRequests;
        var errorRate = f.Requests == 0 ? 0 : 100.0 * f.ServerErrors / f.Requests;
        var slowShare = f.Requests == 0 ? 0 : 100.0 * f.SlowRequests / f.Requests;
        var window = Text($"the last {o.WindowSeconds} s");
        return
        [
            Read(
                "error_rate",
                "error",
                enough ? errorRate : 0,
                o.ErrorRatePercent,
                Text($"{errorRate:0.0} % of {f.Requests} requests failed with a server error in {window} (threshold ")
                    + Text($"{o.ErrorRatePercent:0.#} %). Runbook: incident 1.")
            ),
            // p95 above the bound is the same as more than 5 % of the requests above it, which the histogram answers exactly.
            Read(
                "slow_responses",
                "warning",
                enough ? slowShare : 0,
                5,
                Text($"The slowest 5 % of {f.Requests} requests took longer than {o.SlowMilliseconds} ms in {window} ({slowShare:0.0} % ")
                    + "did). Runbook: incident 3."
            ),
            Read(
                "system_errors",
                "error",
                f.SystemErrors,
                o.SystemErrors - 1,
                Text($"{f.SystemErrors} system errors in {window}. See system_logs.")
            ),
            Read(
                "database_failures",
                "critical",
                f.DatabaseErrors,
                o.DatabaseFailures - 1,
                Text($"{f.DatabaseErrors} database failures in {window}. Runbook: incident 2.")
            ),
            Read(
                "openai_failures",
                "error",
                f.AiFailures,
                Math.Max(o.AiFailures - 1, 0.3 * f.AiRequests),
                Text($"{f.AiFailures} of {f.AiRequests} AI calls failed in {window}. Runbook: incident 4.")
            ),
            Read(
                "queue_age",
                "error",
                f.QueueAgeSeconds,
                o.QueueAgeSeconds,
                Text($"The oldest waiting job is {f.QueueAgeSeconds:0} s old (threshold {o.QueueAgeSeconds} s). Are workers running?")
            ),
            Read(
                "rate_limit_spike",
                "warning",
                f.RateLimited,
                Math.Max(o.RateLimitedRequests, 0.2 * f.Requests),
                Text($"{f.RateLimited} of {f.Requests} requests were refused by a rate limit in {window}. Runbook: incident 6.")
            ),
            Read(
                "password_guessing",
                "critical",
                f.GuessingFindings,
                0,
                Text($"Password guessing over many accounts: {f.GuessingFindings} findings in the last 10 minutes. See security_events of ")
                    + "severity critical; block addresses with ops block-ip. Runbook: suspected attack."
            ),
            Read(
                "memory",
                "warning",
                f.MaxRssBytes / 1048576.0,
                o.MemoryMegabytes,
                Text(
                    $"A process uses {f.MaxRssBytes / 1048576.0:0} MiB of memory (threshold {o.MemoryMegabytes} MiB). Runbook: incident 5."
                )
            ),
        ];
    }

    private static AlertReading Read(string kind, string severity, double value, double threshold, string summary) =>
        new(
            kind,
            severity,
            value > threshold ? AlertLevel.Firing
                : value > threshold * Hysteresis ? AlertLevel.Pending
                : AlertLevel.Inactive,
            value,
            summary
        );

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
