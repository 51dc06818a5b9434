using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Upstreams.Http;

/// <summary>
/// Outbound HTTP that cannot be turned inwards (SSRF): the address that is dialled is checked, after name resolution and at the moment of
/// dialling, so neither a DNS answer that changes nor a redirect reaches a private service. No redirects, no proxy from the environment,
/// bounded time and size. Every upstream client of the product is registered through here, and a client that is not gets the same handler.
/// </summary>
public static class OutboundHttp
{
    // Names that no public resolver answers: whoever writes one means a private place (RFC 6761, 6762, 8375; .internal by ICANN 2024).
    private static readonly string[] PrivateSuffixes = [".localhost", ".local", ".internal", ".home.arpa"];

    /// <summary>Makes the guarded handler the default of all clients of this host, and reads <c>OUTBOUND_ALLOW</c>.</summary>
    public static IServiceCollection AddOutboundHttp(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<OutboundSettings>().BindConfiguration(OutboundSettings.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboundSettings>, OutboundSettings.Check>());
        return services.ConfigureHttpClientDefaults(http =>
            http.ConfigureHttpClient(client => client.MaxResponseContentBufferSize = new OutboundOptions().MaxResponseBytes)
                .ConfigurePrimaryHttpMessageHandler(provider => CreateHandler(new OutboundOptions { Allow = AllowList(provider) }))
        );
    }

    /// <summary>
    /// Registers a named client: <c>services.AddOutboundHttpClient("openai", (o, sp) => o.BaseAddress = …)</c>, then
    /// <c>IHttpClientFactory.CreateClient("openai")</c> or <c>.AddTypedClient</c>; add resilience on the returned builder.
    /// </summary>
    public static IHttpClientBuilder AddOutboundHttpClient(
        this IServiceCollection services,
        string name,
        Action<OutboundOptions, IServiceProvider>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        OutboundOptions Options(IServiceProvider provider)
        {
            var options = new OutboundOptions { Allow = AllowList(provider) };
            configure?.Invoke(options, provider);
            return options;
        }

        return services
            .AddHttpClient(name)
            .ConfigureHttpClient(
                (provider, client) =>
                {
                    var options = Options(provider);
                    client.BaseAddress = options.BaseAddress;
                    client.Timeout = options.TotalTimeout;
                    client.MaxResponseContentBufferSize = options.MaxResponseBytes;
                    client.DefaultRequestHeaders.UserAgent.ParseAdd("YtOptimizer/1.0");
                }
            )
            .ConfigurePrimaryHttpMessageHandler(provider => CreateHandler(Options(provider)))
            .AddHttpMessageHandler(provider => new BoundedResponseHandler(Options(provider).MaxResponseBytes));
    }

    /// <summary>The guarded handler itself, for clients that are built by hand (such as the OpenAI SDK's transport).</summary>
    public static SocketsHttpHandler CreateHandler(OutboundOptions options) => CreateHandler(options, Dns.GetHostAddressesAsync, DialAsync);

    /// <summary>As above with name resolution and dialling replaceable, so that tests can watch what would be dialled.</summary>
    internal static SocketsHttpHandler CreateHandler(
        OutboundOptions options,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        Func<IPEndPoint, CancellationToken, Task<Stream>> dial
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, options, resolve, dial, ct),
        };
    }

    /// <summary>
    /// True for a host that cannot be mistaken for a public one: an address, a name without a dot (a container, localhost) or one under a
    /// private suffix. A dotted public name that suddenly leads inwards is what rebinding looks like; such a name needs
    /// <c>OUTBOUND_ALLOW</c>.
    /// </summary>
    public static bool SaysPrivate(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return IPAddress.TryParse(host.Trim('[', ']'), out _)
            || !host.TrimEnd('.').Contains('.', StringComparison.Ordinal)
            || Array.Exists(PrivateSuffixes, suffix => host.TrimEnd('.').EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }

    private static OutboundAllowList AllowList(IServiceProvider provider) =>
        OutboundAllowList.Parse(provider.GetService<IOptions<OutboundSettings>>()?.Value.Allow, out _);

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint target,
        OutboundOptions options,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        Func<IPEndPoint, CancellationToken, Task<Stream>> dial,
        CancellationToken ct
    )
    {
        var host = target.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, ct);
        var mayBePrivate =
            SaysPrivate(host)
            && options
                .AlsoChosen.Append(options.BaseAddress)
                .Any(chosen =>
                    chosen is not null
                    && chosen.Port == target.Port
                    && string.Equals(chosen.IdnHost.Trim('[', ']'), host, StringComparison.OrdinalIgnoreCase)
                );
        Exception? failure = null;
        foreach (var address in addresses)
        {
            if (!mayBePrivate && !PrivateAddresses.IsPublic(address) && !options.Allow.Allows(host, address))
            {
                failure = new OutboundRefusedException(target.Host);
                continue;
            }

            try
            {
                return await dial(new IPEndPoint(address, target.Port), ct);
            }
            catch (SocketException exception)
            {
                failure = exception;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<Stream> DialAsync(IPEndPoint endpoint, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
