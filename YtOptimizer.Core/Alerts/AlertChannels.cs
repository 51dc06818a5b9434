using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types.Enums;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Core.Alerts;

/// <summary>A message that was not accepted; <see cref="RetryAfter"/> is the receiver's own wish. Texts never contain a token.</summary>
public sealed class AlertSendException(string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>Where alerts go: Telegram, e-mail, webhook, each only when configured.</summary>
public sealed partial class AlertChannels(
    IOptions<AlertOptions> options,
    IHttpClientFactory http,
    IAlertMailer? mailer = null,
    ILogger<AlertChannels>? logger = null
)
{
    /// <summary>All there are, configured or not.</summary>
    public static readonly IReadOnlyList<string> Names = ["telegram", "email", "webhook"];

    /// <summary>What to do when none is configured.</summary>
    public const string HowToConfigure =
        "Set TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_ID, or ALERT_EMAIL with SMTP_HOST, or ALERT_WEBHOOK_URL.";

    /// <summary>Name of the HTTP client; its timeout bounds each delivery.</summary>
    public const string HttpClientName = "alerts";

    private string? movedTo;

    /// <summary>TELEGRAM_CHAT_ID, or the supergroup that the group has become since this process started.</summary>
    public string? TelegramChatId => Volatile.Read(ref movedTo) ?? options.Value.TelegramChatId;

    public string[] Configured { get; } =
    [
        .. options.Value.HasTelegram ? ["telegram"] : Array.Empty<string>(),
        .. mailer is { IsConfigured: true } && !string.IsNullOrWhiteSpace(options.Value.Email) ? ["email"] : Array.Empty<string>(),
        .. !string.IsNullOrWhiteSpace(options.Value.WebhookUrl) ? ["webhook"] : Array.Empty<string>(),
    ];

    /// <exception cref="AlertSendException">The message was not accepted.</exception>
    public Task SendAsync(string channel, string title, string body, string severity, CancellationToken ct) =>
        channel switch
        {
            "telegram" => SendTelegramAsync(AlertText.ToTelegramHtml(Icon(severity), title, body), ct),
            "email" => mailer!.SendAsync(options.Value.Email!, "[YtOptimizer] " + title, body, ct),
            _ => PostAsync(title, body, severity, ct),
        };

    /// <summary>A bot client without retries of its own: the outbox is the one retry layer.</summary>
    public ITelegramBotClient CreateTelegramClient()
    {
        var baseUrl = string.IsNullOrWhiteSpace(options.Value.TelegramApiBaseUrl) ? null : options.Value.TelegramApiBaseUrl.TrimEnd('/');
        return new TelegramBotClient(
            new TelegramBotClientOptions(options.Value.TelegramBotToken!, baseUrl) { RetryCount = 0 },
            http.CreateClient(HttpClientName)
        );
    }

    private async Task SendTelegramAsync(string html, CancellationToken ct)
    {
        try
        {
            var bot = CreateTelegramClient();
            try
            {
                await bot.SendMessage(TelegramChatId!, html, ParseMode.Html, cancellationToken: ct);
            }
            catch (ApiRequestException e) when (e.Parameters?.MigrateToChatId is { } chatId)
            {
                NoteMoved(chatId);
                await bot.SendMessage(TelegramChatId!, html, ParseMode.Html, cancellationToken: ct);
            }
        }
        catch (ApiRequestException e)
        {
            throw new AlertSendException(
                $"Telegram answered {e.ErrorCode}: {e.Message}",
                e.Parameters?.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null
            );
        }
        catch (Exception e) when (e is RequestException or HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            // The exception's own text may hold the URL, and the URL holds the token.
            throw new AlertSendException(Refusal(e) ?? $"Telegram did not answer ({e.GetType().Name})");
        }
    }

    /// <summary>A group that became a supergroup has another number from then on; Telegram tells it, and messages follow.</summary>
    internal void NoteMoved(long chatId)
    {
        var moved = chatId.ToString(CultureInfo.InvariantCulture);
        if (Interlocked.Exchange(ref movedTo, moved) != moved)
        {
            Log.Moved(logger ?? (ILogger)NullLogger.Instance, moved);
        }
    }

    private async Task PostAsync(string title, string body, string severity, CancellationToken ct)
    {
        try
        {
            using var response = await http.CreateClient(HttpClientName)
                .PostAsJsonAsync(
                    options.Value.WebhookUrl,
                    new
                    {
                        title,
                        body,
                        severity,
                    },
                    ct
                );
            if (!response.IsSuccessStatusCode)
            {
                throw new AlertSendException($"The webhook answered {(int)response.StatusCode}", response.Headers.RetryAfter?.Delta);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new AlertSendException(Refusal(e) ?? $"The webhook did not answer ({e.GetType().Name})");
        }
    }

    /// <summary>Our own refusal names the host alone and says what to do.</summary>
    private static string? Refusal(Exception error) => (error.GetBaseException() as OutboundRefusedException)?.Message;

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The Telegram group became a supergroup. Messages go there; set TELEGRAM_CHAT_ID={ChatId} on workers and API."
        )]
        public static partial void Moved(ILogger logger, string chatId);
    }

    private static string Icon(string severity) =>
        severity switch
        {
            "critical" => "🔴",
            "error" => "🟠",
            "warning" => "🟡",
            _ => "🟢",
        };
}

/// <summary>Sends one mail now.</summary>
public interface IAlertMailer
{
    bool IsConfigured { get; }

    /// <exception cref="AlertSendException">The mail server did not accept it.</exception>
    Task SendAsync(string to, string subject, string text, CancellationToken ct);
}
