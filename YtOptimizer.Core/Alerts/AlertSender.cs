using System.Globalization;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Alerts;

/// <summary>
/// Delivers the outbox. One process of the fleet sends, at most <see cref="AlertOptions.MessagesPerMinute"/> per channel; what waits
/// longer is joined into one message, so a storm costs few messages and loses none. A crash between sending and noting repeats one message.
/// </summary>
public sealed class AlertSender(Db db, AlertChannels channels, IOptions<AlertOptions> options, TimeProvider clock)
{
    private const int MaxJoined = 25;

    private static readonly string[] WorstFirst = ["critical", "error", "warning", "info"];

    private const string DueSql = """
        SELECT id, severity, title, body FROM alert_outbox
        WHERE channel = @channel AND sent_at IS NULL AND due_at <= now() ORDER BY created_at LIMIT @limit
        """;

    private const string SentSql = "UPDATE alert_outbox SET sent_at = now(), attempts = attempts + 1, last_error = NULL WHERE id = ANY(@ids)";

    private const string FailedSql = """
        UPDATE alert_outbox SET attempts = attempts + 1, last_error = @error,
               due_at = now() + COALESCE(@retryAfter, LEAST(interval '5 minutes', interval '2 seconds' * power(2, LEAST(attempts, 8))))
        WHERE channel = @channel AND sent_at IS NULL AND due_at <= now()
        """;

    private readonly Dictionary<string, DateTimeOffset> lastSent = new(StringComparer.Ordinal);

    /// <summary>One round over the configured channels; returns the failures as texts for the log.</summary>
    public async Task<IReadOnlyList<string>> SendDueAsync(CancellationToken ct)
    {
        List<string> failures = [];
        foreach (var channel in channels.Configured)
        {
            var pause = TimeSpan.FromMinutes(1.0 / options.Value.MessagesPerMinute);
            if (lastSent.TryGetValue(channel, out var last) && clock.GetUtcNow() - last < pause)
            {
                continue;
            }

            var due = await db.QueryAsync<Message>(DueSql, new { channel, limit = MaxJoined }, ct);
            if (due.Count == 0)
            {
                continue;
            }

            lastSent[channel] = clock.GetUtcNow();
            var (title, body, severity) = Join(due);
            try
            {
                await channels.SendAsync(channel, title, body, severity, ct);
                await db.ExecuteAsync(SentSql, new { ids = due.Select(m => m.Id).ToArray() }, ct);
            }
            catch (AlertSendException e)
            {
                failures.Add(e.Message);
                await db.ExecuteAsync(FailedSql, new { channel, error = e.Message, retryAfter = e.RetryAfter }, ct);
            }
        }

        return failures;
    }

    private static (string Title, string Body, string Severity) Join(IReadOnlyList<Message> messages)
    {
        if (messages.Count == 1)
        {
            return (messages[0].Title, messages[0].Body, messages[0].Severity);
        }

        // Telegram allows about 4,000 characters: each message keeps its title whole and as much of its text as fits.
        var room = Math.Max(40, (3600 / messages.Count) - 90);
        var lines = messages.Select(m => string.Create(CultureInfo.InvariantCulture, $"• {m.Title}: {(m.Body.Length > room ? m.Body[..room] + "…" : m.Body)}"));
        var worst = WorstFirst.First(s => s == "info" || messages.Any(m => m.Severity == s));
        return ($"{messages.Count} alerts", string.Join('\n', lines), worst);
    }

    private sealed record Message
    {
        public Guid Id { get; init; }

        public string Severity { get; init; } = "";

        public string Title { get; init; } = "";

        public string Body { get; init; } = "";
    }
}
