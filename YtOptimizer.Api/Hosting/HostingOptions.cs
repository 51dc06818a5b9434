using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;

namespace YtOptimizer.Api.Hosting;

/// <summary>What the operator decides about HTTP: section <c>Web</c>, filled from the plain environment names.</summary>
internal sealed class HostingOptions : IValidatableObject
{
    public const string Section = "Web";
    public const long DefaultBodyLimit = 1024 * 1024;

    /// <summary>CORS_ORIGINS: exact origins, comma separated; "*" admits any origin, then without credentials.</summary>
    [Description("pages of these origins may call the API")]
    public string? CorsOrigins { get; set; }

    /// <summary>CORS_CREDENTIALS.</summary>
    public bool CorsCredentials { get; set; } = true;

    /// <summary>FRONTEND_URL: its origin is allowed like those of <see cref="CorsOrigins"/>.</summary>
    [Description("the page that links in mails and redirects lead to")]
    public string? FrontendUrl { get; set; }

    /// <summary>MAX_FILE_SIZE in bytes: largest request body unless an endpoint allows more.</summary>
    [Range(1024, 1024L * 1024 * 1024, ErrorMessage = "must be a number of bytes between 1024 and 1073741824, such as 10485760")]
    public long MaxBodyBytes { get; set; } = DefaultBodyLimit;

    /// <summary>TRUSTED_PROXIES: addresses and networks whose X-Forwarded-For and -Proto are believed, comma separated.</summary>
    [Description("X-Forwarded-For is believed from these proxies")]
    public string? TrustedProxies { get; set; }

    /// <summary>METRICS_NETWORKS: addresses and networks that may read metrics without METRICS_TOKEN, besides this machine.</summary>
    [Description("metrics are read from these networks without a token")]
    public string? MetricsNetworks { get; set; }

    /// <summary>API_DOCS: whether the documentation and the OpenAPI document are served.</summary>
    public bool ApiDocs { get; set; } = true;

    /// <summary>FORCE_HTTPS: redirect plain HTTP.</summary>
    public bool ForceHttps { get; set; }

    /// <summary>Scheme and host of every allowed origin, and "*".</summary>
    public IReadOnlyList<string> Origins =>
        [.. List(CorsOrigins).Concat(List(FrontendUrl)).Select(Origin).OfType<string>().Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<IPNetwork> Proxies => Networks(TrustedProxies);

    public IReadOnlyList<IPNetwork> MetricsReaders => Networks(MetricsNetworks);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, list) in new[] { (nameof(CorsOrigins), CorsOrigins), (nameof(FrontendUrl), FrontendUrl) })
        {
            if (List(list).Any(text => Origin(text) is null))
            {
                yield return new ValidationResult(
                    "holds a value that is no origin: write scheme and host, such as https://app.example.com, separated by commas",
                    [name]
                );
            }
        }

        foreach (
            var (name, list, danger) in new[]
            {
                (nameof(TrustedProxies), TrustedProxies, "anyone could choose an address"),
                (nameof(MetricsNetworks), MetricsNetworks, "anyone could read them"),
            }
        )
        {
            if (List(list).Any(text => !TryNetwork(text, out var network) || network.PrefixLength == 0))
            {
                yield return new ValidationResult(
                    "must list addresses or networks, such as 10.0.0.5,100.64.0.0/10; a network of all addresses is refused, because then "
                        + danger,
                    [name]
                );
            }
        }
    }

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

    private static string[] List(string? value) =>
        (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Origin(string text) =>
        text == "*" ? text
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri.GetLeftPart(UriPartial.Authority)
        : null;

    private static List<IPNetwork> Networks(string? list)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in List(list))
        {
            if (TryNetwork(text, out var network))
            {
                networks.Add(network);
            }
        }

        return networks;
    }
}
