namespace YtOptimizer.Core.Alerts;

/// <summary>The fleet's figures over the sliding window and the incidents that stand, as one SQL statement reads them.</summary>
public sealed record AlertReadings
{
    internal const string Sql = """
        SELECT COALESCE(sum(requests), 0)::bigint AS requests, COALESCE(sum(server_errors), 0)::bigint AS server_errors,
               COALESCE(sum(rate_limited), 0)::bigint AS rate_limited, COALESCE(sum(database_errors), 0)::bigint AS database_errors,
               COALESCE(sum(ai_requests), 0)::bigint AS ai_requests, COALESCE(sum(ai_failures), 0)::bigint AS ai_failures,
               COALESCE(sum((SELECT sum(v) FROM unnest(latency[@slowBucket:]) AS v)), 0)::bigint AS slow_requests,
               COALESCE(max(rss_bytes), 0)::bigint AS max_rss_bytes,
               (SELECT count(*) FROM system_logs WHERE log_level IN ('error', 'critical')
                   AND created_at > now() - @window) AS system_errors,
               (SELECT COALESCE(extract(epoch FROM now() - min(CASE WHEN status = 'pending' THEN scheduled_at END)), 0)::float8
                   FROM job_queue WHERE CASE WHEN status = 'pending' THEN scheduled_at END <= now()) AS queue_age_seconds,
               (SELECT count(*) FROM security_events WHERE event_type IN ('brute_force_attempt', 'suspicious_activity')
                   AND severity = 'critical'
                   AND created_at > now() - interval '10 minutes') AS guessing_findings,
               ARRAY(SELECT kind FROM alert_incidents WHERE recovered_at IS NULL) AS open_kinds,
               ARRAY(SELECT kind FROM alert_incidents WHERE recovered_at IS NULL AND calm_since IS NULL
                   AND last_seen_at > now() - interval '30 seconds') AS seen_kinds,
               ARRAY(SELECT kind FROM alert_incidents WHERE recovered_at IS NULL AND calm_since >= now() - @recoverAfter) AS calming_kinds,
               EXISTS (SELECT 1 FROM alert_incidents WHERE kind = @outage
                   AND (recovered_at IS NULL OR recovered_at > now() - @outageEchoes)) AS is_after_outage
        FROM metric_windows WHERE taken_at > now() - @window
        """;

    public long Requests { get; init; }

    public long ServerErrors { get; init; }

    public long RateLimited { get; init; }

    public long DatabaseErrors { get; init; }

    public long AiRequests { get; init; }

    public long AiFailures { get; init; }

    /// <summary>Requests slower than the configured bound.</summary>
    public long SlowRequests { get; init; }

    public long MaxRssBytes { get; init; }

    public long SystemErrors { get; init; }

    public double QueueAgeSeconds { get; init; }

    /// <summary>Findings of the detector of password guessing within ten minutes.</summary>
    public long GuessingFindings { get; init; }

    /// <summary>Kinds of the open incidents.</summary>
    public string[] OpenKinds { get; init; } = [];

    /// <summary>Those that were seen firing within half a minute: seen again, they need no statement.</summary>
    public string[] SeenKinds { get; init; } = [];

    /// <summary>Those that are calm, but not for long enough to have ended.</summary>
    public string[] CalmingKinds { get; init; } = [];

    /// <summary>An announced outage of the database stands, or has ended so lately that its figures still come in.</summary>
    public bool IsAfterOutage { get; init; }

    /// <summary>What is stored about the incident already says what the reading says.</summary>
    public bool AlreadySay(AlertReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Level == AlertLevel.Inactive
            ? !OpenKinds.Contains(reading.Kind, StringComparer.Ordinal) || CalmingKinds.Contains(reading.Kind, StringComparer.Ordinal)
            : SeenKinds.Contains(reading.Kind, StringComparer.Ordinal);
    }
}
