using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// X-Forwarded-For and -Proto are read right to left and only as far as configured proxies vouch for them. The framework's switch
/// ASPNETCORE_FORWARDEDHEADERS_ENABLED would trust everyone; post-configuration takes that back.
/// </summary>
internal static class ForwardedHeadersSetup
{
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services)
    {
        services
            .AddOptions<ForwardedHeadersOptions>()
            .PostConfigure<IOptions<HostingOptions>>(
                (options, hosting) =>
                {
                    var proxies = hosting.Value.Proxies;
                    options.KnownProxies.Clear();
                    options.KnownIPNetworks.Clear();
                    foreach (var network in proxies)
                    {
                        options.KnownIPNetworks.Add(network);
                    }

                    // With no proxies listed the middleware would believe everybody: switch it off instead.
                    options.ForwardedHeaders =
                        proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    options.ForwardLimit = null;
                }
            );
        return services;
    }
}
