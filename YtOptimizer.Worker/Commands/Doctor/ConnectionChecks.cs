using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.Upstreams.OpenAi;

namespace YtOptimizer.Worker.Commands.Doctor;

/// <summary>Whether what is configured also answers, and accepts its secret. Asks only what costs nothing.</summary>
internal static class ConnectionChecks
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public const string CacheAway =
        "Redis does not answer. The application goes on without it, slower. Check REDIS_URL and that the server runs.";
    public const string TelegramAway =
        "Telegram does not answer from here. Check the way out of this network (api.telegram.org:443) and TELEGRAM_API_BASE_URL.";
    public const string OpenAiAway =
        "OpenAI does not answer from here; until it does, suggestions come from the cache and the analyzer. Check the way out of this "
        + "network and OPENAI_BASE_URL. Runbook, incident 4.";

    public static string MailAway(Exception failure) =>
        $"The mail server does not take us ({failure.GetBaseException().GetType().Name}). Check SMTP_HOST, SMTP_PORT, SMTP_SECURE (true "
        + $"for port 465, false for 587), SMTP_USER and SMTP_PASS.";

    public static async Task<Finding> CacheAsync(VerbHost host)
    {
        if (host.Services.GetService<IConnectionMultiplexer>() is not { } redis)
        {
            return Finding.Advice(
                "cache",
                "No Redis is configured; limits and caches work from PostgreSQL and memory. Set REDIS_URL when several APIs run."
            );
        }

        var time = await redis.GetDatabase().PingAsync();
        return Finding.Good("cache", FormattableString.Invariant($"Redis answers in {time.TotalMilliseconds:0.0} ms"));
    }

    public static async Task<Finding> MailAsync(VerbHost host, CancellationToken ct)
    {
        if (!host.Services.GetRequiredService<IOptions<SmtpOptions>>().Value.IsConfigured)
        {
            return Finding.Advice(
                "mail",
                "No mail server: addresses cannot be confirmed, passwords cannot be reset by mail, ALERT_EMAIL has no effect. Set "
                    + "SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASS, EMAIL_FROM."
            );
        }

        await host.Services.GetRequiredService<MailSender>().CheckAsync(ct);
        return Finding.Good("mail", "the mail server takes us");
    }

    public static async Task<Finding> TelegramAsync(VerbHost host, CancellationToken ct)
    {
        var options = host.Services.GetRequiredService<IOptions<AlertOptions>>().Value;
        if (!options.HasTelegram)
        {
            return Finding.Advice(
                "telegram",
                "Not configured. Set TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_ID on the workers to be told about incidents there."
            );
        }

        var bot = host.Services.GetRequiredService<AlertChannels>().CreateTelegramClient();
        try
        {
            await bot.GetMe(ct);
        }
        catch (ApiRequestException e) when (e.ErrorCode is 401 or 404)
        {
            return Finding.Bad(
                "telegram",
                "Telegram does not know this TELEGRAM_BOT_TOKEN. Get the bot's token from @BotFather and set it on workers and API."
            );
        }

        try
        {
            await bot.GetChat(options.TelegramChatId!, ct);
        }
        catch (ApiRequestException e) when (e.ErrorCode is 400 or 403)
        {
            return Finding.Bad(
                "telegram",
                "The bot may not write to TELEGRAM_CHAT_ID. Add the bot to the chat (or write to it once), and check the number: groups "
                    + "have a minus sign."
            );
        }

        return Finding.Good("telegram", "the bot and its chat answer. Try a message: alerts test");
    }

    public static async Task<Finding> OpenAiAsync(VerbHost host, CancellationToken ct)
    {
        var options = host.Services.GetRequiredService<IOptions<OpenAiOptions>>().Value;
        if (string.IsNullOrWhiteSpace(options.ApiKey) && string.IsNullOrWhiteSpace(options.BaseUrl))
        {
            return Finding.Advice("OpenAI", "Not configured: suggestions come from the deterministic analyzer alone. Set OPENAI_API_KEY.");
        }

        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            (options.BaseUrl ?? OpenAiOptions.PublicBaseUrl).TrimEnd('/') + "/models"
        );
        request.Headers.Authorization = string.IsNullOrWhiteSpace(options.ApiKey)
            ? null
            : new AuthenticationHeaderValue("Bearer", options.ApiKey);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using var answer = await host
            .Services.GetRequiredService<IHttpClientFactory>()
            .CreateClient(OpenAiClients.ChatHttp)
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? Finding.Bad(
                    "OpenAI",
                    "OPENAI_API_KEY is refused. Set a valid key; running processes take it at their next start. Runbook, incident 4."
                )
            : answer.IsSuccessStatusCode
                ? Finding.Good(
                    "OpenAI",
                    $"answers, {await ModelAsync(host, options, limit.Token)}"
                        + (options.Enabled ? "" : ", switched off by AI_ENABLED=false")
                )
            : Finding.Advice("OpenAI", $"answers {(int)answer.StatusCode}. See https://status.openai.com; runbook, incident 4.");
    }

    // The doctor also looks at machines whose database is away or not migrated yet.
    private static async Task<string> ModelAsync(VerbHost host, OpenAiOptions options, CancellationToken ct)
    {
        try
        {
            var seen = await host.Services.GetRequiredService<ModelStatus>().ReadAsync(ct);
            return seen is null ? $"model {options.Model}" : seen.Describe(options.Model);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            return $"model {options.Model}";
        }
    }
}
