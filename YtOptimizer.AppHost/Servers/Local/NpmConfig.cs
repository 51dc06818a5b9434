using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Where npm packages come from on this machine, as npm itself would decide: environment, then the npmrc files, then npm's default.</summary>
/// <param name="Registry">Ends with a slash.</param>
/// <param name="Authorization">For requests to the registry's own host only.</param>
/// <param name="Proxy">From npmrc; the proxy variables of the environment are honoured by HttpClient itself.</param>
internal sealed partial record NpmConfig(Uri Registry, AuthenticationHeaderValue? Authorization, IWebProxy? Proxy)
{
    /// <summary>npm's own default, for machines without any npm configuration.</summary>
    private const string DefaultRegistry = "https://registry.npmjs.org/";

    public static NpmConfig Load(string scope) => Load(scope, Variable, NpmrcFiles());

    /// <param name="scope">Package scope, for example <c>@embedded-postgres</c>: it may have its own registry.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="files">Paths of npmrc files, the strongest first.</param>
    /// <exception cref="ServerStartException">The configured registry is no http(s) address.</exception>
    public static NpmConfig Load(string scope, Func<string, string?> variable, IEnumerable<string> files)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files.Where(File.Exists))
        {
            Read(file, variable, settings);
        }

        var address = settings.GetValueOrDefault($"{scope}:registry")
            ?? variable("npm_config_registry") ?? variable("NPM_CONFIG_REGISTRY")
            ?? settings.GetValueOrDefault("registry")
            ?? DefaultRegistry;
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var registry) || registry.Scheme is not ("https" or "http"))
        {
            throw new ServerStartException($"The npm registry '{address}' is no http(s) address. Correct npm_config_registry or the npmrc file.");
        }

        var proxy = settings.GetValueOrDefault("https-proxy") ?? settings.GetValueOrDefault("proxy");
        return new NpmConfig(
            registry,
            Credentials(registry, settings),
            Uri.TryCreate(proxy, UriKind.Absolute, out var proxyAddress) ? new WebProxy(proxyAddress) : null);
    }

    private static AuthenticationHeaderValue? Credentials(Uri registry, Dictionary<string, string> settings)
    {
        // "//host/path/:_authToken" belongs to every registry address that begins so.
        for (var path = registry.AbsolutePath; ;)
        {
            var key = $"//{registry.Authority}{path}";
            if (settings.TryGetValue(key + ":_authToken", out var token))
            {
                return new AuthenticationHeaderValue("Bearer", token);
            }

            if (settings.TryGetValue(key + ":_auth", out var basic))
            {
                return new AuthenticationHeaderValue("Basic", basic);
            }

            if (path is "/" or "")
            {
                return registry.UserInfo.Length == 0 ? null
                    : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(registry.UserInfo))));
            }

            path = path[..(path.TrimEnd('/').LastIndexOf('/') + 1)];
        }
    }

    private static void Read(string file, Func<string, string?> variable, Dictionary<string, string> settings)
    {
        foreach (var line in File.ReadLines(file))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || line.TrimStart() is ['#' or ';', ..])
            {
                continue;
            }

            var value = line[(equals + 1)..].Trim().Trim('"', '\'');
            if (value.Contains("${", StringComparison.Ordinal))
            {
                value = Placeholder().Replace(value, m => variable(m.Groups["name"].Value) ?? "");
            }

            settings.TryAdd(line[..equals].Trim(), value);
        }
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();

    private static IEnumerable<string> NpmrcFiles()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, ".npmrc");
        }

        yield return Variable("npm_config_userconfig") ?? Variable("NPM_CONFIG_USERCONFIG") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".npmrc");
        yield return Variable("npm_config_globalconfig") ?? Variable("NPM_CONFIG_GLOBALCONFIG") ?? (OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "npm", "etc", "npmrc")
            : "/usr/local/etc/npmrc");
        if (!OperatingSystem.IsWindows())
        {
            yield return "/etc/npmrc";
            yield return "/opt/homebrew/etc/npmrc";
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
