using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Alerts;

public static class AlertSetup
{
    /// <summary>Registers rules, channels and sender; the runbook's plain environment names fill the channel settings.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AlertOptions>().Bind(configuration.GetSection(AlertOptions.Section)).ValidateDataAnnotations().ValidateOnStart().PostConfigure(options =>
        {
            options.TelegramBotToken ??= configuration["TELEGRAM_BOT_TOKEN"] ?? configuration["Telegram:BotToken"];
            options.TelegramChatId ??= configuration["TELEGRAM_CHAT_ID"] ?? configuration["Telegram:ChatId"];
            options.TelegramApiBaseUrl ??= configuration["TELEGRAM_API_BASE_URL"] ?? configuration["Telegram:BaseUrl"];
            options.Email ??= configuration["ALERT_EMAIL"];
            options.WebhookUrl ??= configuration["ALERT_WEBHOOK_URL"];
        });
        services.AddHttpClient(AlertChannels.HttpClientName, client => client.Timeout = TimeSpan.FromSeconds(35));
        services.TryAddSingleton<FleetLease>();
        services.TryAddSingleton<Incidents>();
        services.TryAddSingleton<AlertChannels>();
        services.TryAddSingleton<AlertEvaluator>();
        services.TryAddSingleton<AlertSender>();
        services.TryAddSingleton<TelegramCommands>();
        return services;
    }
}
