using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Api.Hosting;

/// <summary>What the operator decides about HTTP by environment variables. All wrong values stop the start together, by name.</summary>
internal sealed record HostingOptions
{
    public const long DefaultBodyLimit = 1024 * 1024;

    /// <summary>CORS_ORIGINS: exact origins, comma separated; "*" admits any origin, then without credentials.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary>CORS_CREDENTIALS, default true.</summary>
    public required bool CorsCredentials { get; init; }

    /// <summary>MAX_FILE_SIZE in bytes: largest request body unless an endpoint allows more. Default 1 MiB.</summary>
    public required long MaxBodyBytes { get; init; }

    /// <summary>TRUSTED_PROXIES: addresses and networks whose X-Forwarded-For and -Proto are believed. Default none.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary>METRICS_NETWORKS: addresses and networks that may read metrics without METRICS_TOKEN, besides this machine. Default
    /// none.</summary>
    public IReadOnlyList<IPNetwork> MetricsNetworks { get; init; } = [];

    /// <summary>API_DOCS: whether the documentation and the OpenAPI document are served. Default true.</summary>
    public bool ApiDocs { get; init; } = true;

    /// <summary>FORCE_HTTPS: redirect plain HTTP.</summary>
    public required bool ForceHttps { get; init; }

    /// <summary>Reads the settings; what is wrong with them goes to <paramref name="errors"/>, and defaults take their place until the
    /// start stops for it.</summary>
    public static HostingOptions From(IConfiguration configuration, List<string> errors)
    {
        return new HostingOptions
        {
            CorsOrigins = Origins(configuration, errors),
            CorsCredentials = Flag(configuration, "Cors:Credentials", "CORS_CREDENTIALS", fallback: true, errors),
            MaxBodyBytes = Bytes(configuration, errors),
            TrustedProxies = Networks(
                configuration["Web:TrustedProxies"],
                "TRUSTED_PROXIES",
                "because then anyone could choose an address",
                errors
            ),
            MetricsNetworks = Networks(
                configuration["Metrics:Networks"],
                "METRICS_NETWORKS",
                "because then anyone could read them",
                errors
            ),
            ApiDocs = Flag(configuration, "Web:ApiDocs", "API_DOCS", fallback: true, errors),
            ForceHttps = Flag(configuration, "Web:ForceHttps", "FORCE_HTTPS", fallback: false, errors),
        };
    }

    internal static IEnumerable<string> List(string? value) =>
        (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Reads "10.0.0.0/8", "203.0.113.7" or "::1"; IPv4 written as IPv6 becomes IPv4.</summary>
    internal static bool TryNetwork(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
        {
            return true;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        address = ClientAddress.Normalize(address);
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    private static List<string> Origins(IConfiguration configuration, List<string> errors)
    {
        var origins = List(configuration["Cors:Origins"]).Concat(List(configuration["Web:FrontendUrl"])).ToList();
        for (var i = 0; i < origins.Count; i++)
        {
            if (string.Equals(origins[i], "*", StringComparison.Ordinal))
            {
                continue;
            }

            if (
                !Uri.TryCreate(origins[i], UriKind.Absolute, out var uri)
                || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            )
            {
                errors.Add(
                    "Invalid environment variable CORS_ORIGINS (or FRONTEND_URL): it holds a value that is no origin: write scheme and "
                        + "host, such as https://app.example.com, separated by commas."
                );
                continue;
            }

            origins[i] = uri.GetLeftPart(UriPartial.Authority);
        }

        return [.. origins.Distinct(StringComparer.Ordinal)];
    }

    private static long Bytes(IConfiguration configuration, List<string> errors)
    {
        var text = configuration["Web:MaxBodyBytes"];
        if (string.IsNullOrWhiteSpace(text))
        {
            return DefaultBodyLimit;
        }

        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && bytes is >= 1024 and <= 1024L * 1024 * 1024
        )
        {
            return bytes;
        }

        errors.Add(
            "Invalid environment variable MAX_FILE_SIZE: it must be a number of bytes between 1024 and 1073741824, such as 10485760."
        );
        return DefaultBodyLimit;
    }

    private static List<IPNetwork> Networks(string? list, string name, string why, List<string> errors)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in List(list))
        {
            if (TryNetwork(text, out var network) && network.PrefixLength > 0)
            {
                networks.Add(network);
            }
            else
            {
                errors.Add(
                    $"Invalid environment variable {name}: it must list addresses or networks, such as 10.0.0.5,100.64.0.0/10; a network "
                        + $"of all addresses is refused, {why}."
                );
            }
        }

        return networks;
    }

    private static bool Flag(IConfiguration configuration, string key, string name, bool fallback, List<string> errors)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        if (text is "1" or "0")
        {
            return text is "1";
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        errors.Add($"Invalid environment variable {name}: it must be true or false.");
        return fallback;
    }

    /// <summary>Carries the errors to the validation at start.</summary>
    internal sealed class Errors
    {
        public List<string> Found { get; } = [];
    }

    internal sealed class Check : IValidateOptions<Errors>
    {
        public ValidateOptionsResult Validate(string? name, Errors options) =>
            options.Found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(options.Found);
    }
}
