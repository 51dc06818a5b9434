using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.Upstreams.Http;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Core.Alerts;

public static class AlertSetup
{
    /// <summary>Registers rules, channels and sender.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddValidatedOptions<AlertOptions>(AlertOptions.Section);
        services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section);
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
