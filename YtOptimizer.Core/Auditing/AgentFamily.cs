using System.Globalization;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Auditing;

/// <summary>
/// What a caller says it is, as one of a few known words: <c>Chrome 126 on Windows</c>, <c>curl 8</c>, <c>other</c>. The header itself is
/// whatever a stranger writes into it, passwords pasted into the wrong field among them, and is stored nowhere.
/// </summary>
public static partial class AgentFamily
{
    public const string Other = "other";

    private const int MaxLength = 1024;

    // The first that is found wins: most browsers also name those they descend from.
    private static readonly (string Token, string Name)[] Programs =
    [
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Vivaldi", "Vivaldi"),
        ("YaBrowser", "Yandex"),
        ("FxiOS", "Firefox"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("HeadlessChrome", "Chrome"),
        ("Chrome", "Chrome"),
        ("Version", "Safari"),
        ("curl", "curl"),
        ("Wget", "Wget"),
        ("PostmanRuntime", "Postman"),
        ("insomnia", "Insomnia"),
        ("HTTPie", "HTTPie"),
        ("python-requests", "python-requests"),
        ("python-httpx", "python-httpx"),
        ("aiohttp", "aiohttp"),
        ("okhttp", "okhttp"),
        ("axios", "axios"),
        ("node-fetch", "node-fetch"),
        ("undici", "undici"),
        ("node", "node"),
        ("Go-http-client", "Go"),
        ("Java-http-client", "Java"),
        ("Apache-HttpClient", "Apache HttpClient"),
        ("Dart", "Dart"),
        ("k6", "k6"),
        ("vegeta", "vegeta"),
        ("Prometheus", "Prometheus"),
        ("kube-probe", "kube-probe"),
        ("UptimeRobot", "UptimeRobot"),
        ("Googlebot", "Googlebot"),
        ("bingbot", "bingbot"),
    ];

    private static readonly (string Token, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Null when nothing was sent.</summary>
    public static string? Of(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return null;
        }

        var text = userAgent.Length > MaxLength ? userAgent[..MaxLength] : userAgent;
        var versions = Product()
            .Matches(text)
            .GroupBy(match => match.Groups["name"].Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First().Groups["major"].Value, StringComparer.OrdinalIgnoreCase);
        var program = Array.Find(Programs, candidate => versions.ContainsKey(candidate.Token));
        if (program.Name is null)
        {
            return Other;
        }

        var system = Array.Find(Systems, candidate => text.Contains(candidate.Token, StringComparison.Ordinal)).Name;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{program.Name} {versions[program.Token]}{(system is null ? "" : " on " + system)}"
        );
    }

    [GeneratedRegex(
        @"(?<![\w-])(?<name>[A-Za-z][A-Za-z-]{1,24}|k6)/v?(?<major>\d{1,4})(?![\w-])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        250
    )]
    private static partial Regex Product();
}
