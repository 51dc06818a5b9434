using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Telegram.Bot;
using Telegram.Bot.Types.Enums;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Alerts;

/// <summary>Answers /status, /incidents, /ack and /mute from the configured chat; every other chat gets no answer at all.</summary>
public sealed partial class TelegramCommands(Db db, Incidents incidents, AlertChannels channels)
{
    private const string StatusSql = """
        SELECT COALESCE(sum(requests), 0)::bigint AS requests, COALESCE(sum(server_errors), 0)::bigint AS errors,
               (SELECT count(*) FROM job_queue WHERE status = 'pending') AS pending,
               (SELECT count(*) FROM job_queue WHERE status = 'processing') AS running,
               (SELECT count(*) FROM metric_instances WHERE seen_at > now() - interval '20 seconds') AS processes
        FROM metric_windows WHERE taken_at > now() - interval '5 minutes'
        """;

    private int offset;

    /// <summary>Waits up to <paramref name="wait"/> for commands and answers them.</summary>
    public async Task PollAsync(TimeSpan wait, CancellationToken ct)
    {
        var bot = channels.CreateTelegramClient();
        var updates = await bot.GetUpdates(
            offset,
            timeout: (int)wait.TotalSeconds,
            allowedUpdates: [UpdateType.Message],
            cancellationToken: ct
        );
        foreach (var update in updates)
        {
            offset = update.Id + 1;
            if (
                update.Message is { MigrateToChatId: { } moved }
                && update.Message.Chat.Id.ToString(CultureInfo.InvariantCulture) == channels.TelegramChatId
            )
            {
                channels.NoteMoved(moved);
            }

            if (
                update.Message is { Text: { } text } message
                && message.Chat.Id.ToString(CultureInfo.InvariantCulture) == channels.TelegramChatId
                && await AnswerAsync(text, message.From?.Username ?? "telegram", ct) is { } answer
            )
            {
                await bot.SendMessage(message.Chat.Id, WebUtility.HtmlEncode(answer), ParseMode.Html, cancellationToken: ct);
            }
        }
    }

    /// <summary>The answer to one command, or null for what is none.</summary>
    public async Task<string?> AnswerAsync(string text, string by, CancellationToken ct)
    {
        var words = text.Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        switch (words.FirstOrDefault()?.Split('@')[0])
        {
            case "/status":
                var s = await db.FirstOrDefaultAsync<Status>(StatusSql, null, ct) ?? new Status();
                var open = (await incidents.ListOpenAsync(ct)).Count;
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{s.Processes} processes, {s.Requests} requests and {s.Errors} server errors in 5 min, {s.Pending} jobs waiting, "
                        + $"{s.Running} running, {open} open incidents."
                );
            case "/incidents":
                var list = await incidents.ListOpenAsync(ct);
                return list.Count == 0
                    ? "No open incidents."
                    : string.Join(
                        '\n',
                        list.Select(i =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{i.Kind} since {i.OpenedAt:HH:mm} "
                                    + $"UTC{(i.AcknowledgedAt is null ? "" : $", acknowledged by {i.AcknowledgedBy}")}: {i.Summary}"
                            )
                        )
                    );
            case "/ack":
                return $"Acknowledged {await incidents.AcknowledgeAllAsync(by, ct)} incidents.";
            case "/mute" when MuteLength(words.ElementAtOrDefault(1)) is { } length:
                await incidents.MuteAsync(length, by, ct);
                return $"Muted for {length.TotalMinutes:0} minutes. Incidents are still recorded.";
            case "/mute":
                return "How long? For example /mute 1h or /mute 30m (at most 24h).";
            case "/help" or "/start":
                return "/status, /incidents, /ack, /mute 1h";
            default:
                return null;
        }
    }

    private static TimeSpan? MuteLength(string? text)
    {
        var match = LengthPattern().Match(text ?? "");
        if (!match.Success)
        {
            return null;
        }

        var number = int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
        var length = match.Groups["unit"].Value == "h" ? TimeSpan.FromHours(number) : TimeSpan.FromMinutes(number);
        return length > TimeSpan.Zero && length <= TimeSpan.FromHours(24) ? length : null;
    }

    [GeneratedRegex("^(?<n>[0-9]{1,4})(?<unit>[hm])$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex LengthPattern();

    private sealed record Status
    {
        public long Requests { get; init; }

        public long Errors { get; init; }

        public long Pending { get; init; }

        public long Running { get; init; }

        public long Processes { get; init; }
    }
}
