using System.Globalization;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Alerts;

/// <summary>
/// Delivers the outbox. One process of the fleet sends, at most <see cref="AlertOptions.MessagesPerMinute"/> per channel; what waits
/// longer is joined into one message, so a storm costs few messages and loses none. A message that was sent is noted even while the process
/// stops or the database was away for a moment; only a killed process repeats its last message.
/// </summary>
public sealed class AlertSender(Db db, AlertChannels channels, AlertPacing pacing, IOptions<AlertOptions> options)
{
    private const int MaxJoined = 25;

    /// <summary>What a message on its way may still take after the process was asked to stop.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan InFlight = DeliveryLimit + TimeSpan.FromSeconds(5);

    private static readonly string[] WorstFirst = ["critical", "error", "warning", "info"];

    private const string DueSql = """
        SELECT id, severity, title, body FROM alert_outbox
        WHERE channel = @channel AND sent_at IS NULL AND due_at <= now() ORDER BY created_at, id LIMIT @limit
        """;

    private const string SentSql =
        "UPDATE alert_outbox SET sent_at = now(), attempts = attempts + 1, last_error = NULL WHERE id = ANY(@ids) AND sent_at IS NULL";

    private const string FailedSql = "UPDATE alert_outbox SET attempts = attempts + 1, last_error = @error WHERE id = ANY(@ids)";

    private readonly List<Guid> sentNotNoted = [];

    /// <summary>One round over the configured channels; returns the failures as texts for the log.</summary>
    public async Task<IReadOnlyList<string>> SendDueAsync(CancellationToken ct)
    {
        await NoteSentAsync();
        List<string> failures = [];
        foreach (var channel in channels.Configured)
        {
            ct.ThrowIfCancellationRequested();
            if (
                await pacing.TryTakeTurnAsync(channel, InFlight, ct)
                && await db.QueryAsync<Message>(DueSql, new { channel, limit = MaxJoined }, ct) is { Count: > 0 } due
                && await DeliverAsync(channel, due, ct) is { } failure
            )
            {
                failures.Add(failure);
            }
        }

        return failures;
    }

    /// <summary>Null when delivered, else the reason.</summary>
    private async Task<string?> DeliverAsync(string channel, IReadOnlyList<Message> due, CancellationToken ct)
    {
        // From here on a stop waits: cut between sending and noting, the message would be sent again by a successor.
        using var limit = new CancellationTokenSource(DeliveryLimit);
        await using var stop = ct.Register(() => limit.CancelAfter(StopGrace));
        var (title, body, severity) = Join(due);
        var ids = due.Select(m => m.Id).ToArray();
        try
        {
            await channels.SendAsync(channel, title, body, severity, limit.Token);
        }
        catch (Exception e) when (e is AlertSendException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            var reason = e is AlertSendException ? e.Message : $"{channel} did not answer within {DeliveryLimit.TotalSeconds:0} s";
            await db.ExecuteAsync(FailedSql, new { ids, error = reason }, CancellationToken.None);
            await pacing.NoteFailureAsync(channel, (e as AlertSendException)?.RetryAfter, CancellationToken.None);
            return reason;
        }

        sentNotNoted.AddRange(ids);
        await NoteSentAsync();
        await pacing.NoteDeliveredAsync(channel, TimeSpan.FromMinutes(1.0 / options.Value.MessagesPerMinute), CancellationToken.None);
        return null;
    }

    private async Task NoteSentAsync()
    {
        if (sentNotNoted.Count > 0)
        {
            // Bounded by the statement's own timeout. If it fails, the ids stay and are noted before anything else is sent.
            await db.ExecuteAsync(SentSql, new { ids = sentNotNoted.ToArray() }, CancellationToken.None);
            sentNotNoted.Clear();
        }
    }

    private static (string Title, string Body, string Severity) Join(IReadOnlyList<Message> messages)
    {
        if (messages.Count == 1)
        {
            return (messages[0].Title, messages[0].Body, messages[0].Severity);
        }

        // Telegram allows about 4,000 characters: each message keeps its title whole and as much of its text as fits.
        var room = Math.Max(40, (3600 / messages.Count) - 90);
        var lines = messages.Select(m => string.Create(CultureInfo.InvariantCulture, $"• {m.Title}: {AlertText.Cut(m.Body, room)}"));
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
