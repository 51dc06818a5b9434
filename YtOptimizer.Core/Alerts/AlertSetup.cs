using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Core.Alerts;

public static class AlertSetup
{
    /// <summary>Registers rules, channels and sender; the runbook's plain environment names fill the channel settings.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<AlertOptions>()
            .Bind(configuration.GetSection(AlertOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart()
            .PostConfigure(options =>
            {
                options.TelegramBotToken ??= configuration["TELEGRAM_BOT_TOKEN"] ?? configuration["Telegram:BotToken"];
                options.TelegramChatId ??= configuration["TELEGRAM_CHAT_ID"] ?? configuration["Telegram:ChatId"];
                options.TelegramApiBaseUrl ??= configuration["TELEGRAM_API_BASE_URL"] ?? configuration["Telegram:BaseUrl"];
                options.Email ??= configuration["ALERT_EMAIL"];
                options.WebhookUrl ??= configuration["ALERT_WEBHOOK_URL"];
            });
        services.AddOptions<SmtpOptions>().Bind(configuration.GetSection(SmtpOptions.Section));
        services.TryAddSingleton<MailSender>();
        services.TryAddSingleton<IAlertMailer, AlertMailer>();

        // The outbox is the one retry layer; and Telegram takes its token in the path, which a client's own log lines would repeat.
        var client = services
            .AddOutboundHttpClient(AlertChannels.HttpClientName, (outbound, provider) =>
            {
                var options = provider.GetRequiredService<IOptions<AlertOptions>>().Value;
                outbound.AlsoChosen =
                [
                    .. new[] { options.TelegramApiBaseUrl, options.WebhookUrl }
                        .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var chosen) ? chosen : null)
                        .OfType<Uri>(),
                ];
                // Telegram holds a request for commands open for up to 25 s.
                outbound.TotalTimeout = TimeSpan.FromSeconds(35);
                outbound.MaxResponseBytes = 1024 * 1024;
            })
            .RemoveAllLoggers();
#pragma warning disable EXTEXP0001 // The only way to take the default resilience handler out of one client.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        services.TryAddSingleton<FleetLease>();
        services.TryAddSingleton<Incidents>();
        services.TryAddSingleton<AlertChannels>();
        services.TryAddSingleton<AlertEvaluator>();
        services.TryAddSingleton<AlertPacing>();
        services.TryAddSingleton<AlertSender>();
        services.TryAddSingleton<AlertDelivery>();
        services.TryAddSingleton<TelegramCommands>();
        return services;
    }
}
