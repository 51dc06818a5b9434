using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Alerts;

/// <summary>Opens, keeps and ends incidents; announces each opening and each recovery once, in the same transaction.</summary>
public sealed class Incidents(Db db)
{
    private const string OpenSql = """
        INSERT INTO alert_incidents (id, kind, severity, summary, value) VALUES (@id, @Kind, @Severity, @Summary, @Value)
        ON CONFLICT (kind) WHERE recovered_at IS NULL
        DO UPDATE SET last_seen_at = now(), calm_since = NULL, value = EXCLUDED.value
        RETURNING id
        """;

    private const string StillPendingSql =
        "UPDATE alert_incidents SET last_seen_at = now(), calm_since = NULL WHERE kind = @kind AND recovered_at IS NULL";

    private const string CalmSql = """
        UPDATE alert_incidents SET calm_since = COALESCE(calm_since, now()),
               recovered_at = CASE WHEN calm_since < now() - @recoverAfter THEN now() END
        WHERE kind = @kind AND recovered_at IS NULL
        RETURNING id, kind, severity, summary, opened_at, recovered_at
        """;

    // While muted a message waits: what still goes on when the mute ends is announced then.
    private const string EnqueueSql = """
        INSERT INTO alert_outbox (id, channel, dedup_key, severity, title, body, due_at)
        SELECT gen_random_uuid(), channel, @dedupKey, @severity, @title, @body,
               CASE WHEN @evenMuted THEN now() ELSE GREATEST(now(), (SELECT max(muted_until) FROM alert_mutes)) END
        FROM unnest(@channels::text[]) AS channel
        ON CONFLICT (channel, dedup_key) DO NOTHING
        """;

    // An incident that began and ended within a mute is recorded and not talked about.
    private const string WithdrawSql =
        "DELETE FROM alert_outbox WHERE dedup_key = @dedupKey AND sent_at IS NULL AND attempts = 0 AND due_at > now()";

    private const string PastSql = """
        INSERT INTO alert_incidents (id, kind, severity, summary, opened_at, recovered_at) VALUES (@id, @kind, @severity, @summary,
            @openedAt, now())
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>Brings the stored incident in line with a reading. <paramref name="channels"/> are the configured ones.</summary>
    public Task ApplyAsync(AlertReading reading, string[] channels, TimeSpan recoverAfter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Level switch
        {
            AlertLevel.Firing => OpenAsync(reading, channels, ct),
            AlertLevel.Pending => db.ExecuteAsync(StillPendingSql, new { kind = reading.Kind }, ct),
            _ => CalmAsync(reading.Kind, channels, recoverAfter, ct),
        };
    }

    /// <summary>A message that belongs to no incident (tests, summaries). Returns the number of channels it was queued for.</summary>
    public Task<int> AnnounceAsync(string dedupKey, string severity, string title, string body, string[] channels, CancellationToken ct) =>
        db.ExecuteAsync(
            EnqueueSql,
            new
            {
                dedupKey,
                severity,
                title,
                body,
                channels,
                evenMuted = true,
            },
            ct
        );

    /// <summary>Records an incident that is over and was announced without the outbox.</summary>
    public Task RecordPastAsync(Guid id, string kind, string severity, string summary, DateTimeOffset openedAt, CancellationToken ct) =>
        db.ExecuteAsync(
            PastSql,
            new
            {
                id,
                kind,
                severity,
                summary,
                openedAt,
            },
            ct
        );

    public Task<IReadOnlyList<OpenIncident>> ListOpenAsync(CancellationToken ct) =>
        db.QueryAsync<OpenIncident>(
            "SELECT id, kind, severity, summary, opened_at, acknowledged_at, acknowledged_by FROM alert_incidents WHERE recovered_at IS "
                + "NULL ORDER BY opened_at, id",
            null,
            ct
        );

    public Task<int> AcknowledgeAllAsync(string by, CancellationToken ct) =>
        db.ExecuteAsync(
            "UPDATE alert_incidents SET acknowledged_at = now(), acknowledged_by = @by WHERE recovered_at IS NULL AND "
                + "acknowledged_at IS NULL",
            new { by },
            ct
        );

    public Task MuteAsync(TimeSpan length, string by, CancellationToken ct) =>
        db.ExecuteAsync("INSERT INTO alert_mutes (muted_until, muted_by) VALUES (now() + @length, @by)", new { length, by }, ct);

    private Task OpenAsync(AlertReading reading, string[] channels, CancellationToken ct) =>
        db.InTransactionAsync(
            async scope =>
            {
                var id = Guid.CreateVersion7();
                var stored = await scope.ScalarAsync<Guid>(
                    OpenSql,
                    new
                    {
                        id,
                        reading.Kind,
                        reading.Severity,
                        reading.Summary,
                        reading.Value,
                    }
                );
                if (stored == id)
                {
                    await EnqueueAsync(scope, $"{id:N}:open", reading.Severity, $"{Title(reading.Kind)}", reading.Summary, channels);
                }

                return 0;
            },
            ct
        );

    private Task CalmAsync(string kind, string[] channels, TimeSpan recoverAfter, CancellationToken ct) =>
        db.InTransactionAsync(
            async scope =>
            {
                var incident = await scope.FirstOrDefaultAsync<EndedIncident>(CalmSql, new { kind, recoverAfter });
                if (
                    incident?.RecoveredAt is { } end
                    && await scope.ExecuteAsync(WithdrawSql, new { dedupKey = $"{incident.Id:N}:open" }) == 0
                )
                {
                    var minutes = Math.Max(1, (int)Math.Round((end - incident.OpenedAt).TotalMinutes));
                    await EnqueueAsync(
                        scope,
                        $"{incident.Id:N}:recovered",
                        "info",
                        $"Recovered: {Title(kind)}",
                        $"It lasted about {minutes} min. It began with: {incident.Summary}",
                        channels
                    );
                }

                return 0;
            },
            ct
        );

    private static Task EnqueueAsync(DbScope scope, string dedupKey, string severity, string title, string body, string[] channels) =>
        scope.ExecuteAsync(
            EnqueueSql,
            new
            {
                dedupKey,
                severity,
                title,
                body,
                channels,
                evenMuted = false,
            }
        );

    private static string Title(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..].Replace('_', ' ');

    private sealed record EndedIncident
    {
        public Guid Id { get; init; }

        public string Summary { get; init; } = "";

        public DateTime OpenedAt { get; init; }

        public DateTime? RecoveredAt { get; init; }
    }
}

public sealed record OpenIncident
{
    public Guid Id { get; init; }

    public string Kind { get; init; } = "";

    public string Severity { get; init; } = "";

    public string Summary { get; init; } = "";

    public DateTime OpenedAt { get; init; }

    public DateTime? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }
}
