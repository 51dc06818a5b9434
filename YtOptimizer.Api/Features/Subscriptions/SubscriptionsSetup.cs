using Microsoft.Extensions.Options;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.Core.Upstreams.Http;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Api.Features.Subscriptions;

internal static class SubscriptionsSetup
{
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.AddValidatedOptions<SubscriptionOptions>(SubscriptionOptions.Section);
        services.AddValidatedOptions<StripeOptions>(StripeOptions.Section);
        var client = services.AddOutboundHttpClient(StripeGateway.ClientName, (outbound, provider) =>
        {
            outbound.BaseAddress = provider.GetRequiredService<IOptions<StripeOptions>>().Value.BaseUrl;
            outbound.TotalTimeout = TimeSpan.FromSeconds(15);
            outbound.MaxResponseBytes = 1024 * 1024;
        });
        // Stripe's library repeats by itself, with a key by which Stripe knows a repetition.
#pragma warning disable EXTEXP0001 // The only way to take the default resilience handler out of one client.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        services.AddSingleton<StripeGateway>();
        services.AddRecurringJob<CancelDeletedAtStripe>();
        services.AddSingleton<PaymentCalls>();
        services.AddSingleton<StripeEvents>();
        services.AddSingleton<StripeChange>();
        services.AddSingleton<SubscriptionRenewal>();
        return services;
    }
}
