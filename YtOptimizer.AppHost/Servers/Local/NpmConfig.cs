using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Where npm packages come from, as npm itself would decide: the scope's registry, environment, npmrc files, default.</summary>
/// <param name="Registry">Ends with a slash.</param>
/// <param name="Authorization">Its token, if there is one.</param>
internal sealed partial record NpmConfig(Uri Registry, AuthenticationHeaderValue? Authorization)
{
    /// <summary>npm's own default, for machines without any npm configuration.</summary>
    private const string DefaultRegistry = "https://registry.npmjs.org/";

    public static NpmConfig Load(string scope) => Load(scope, Environment.GetEnvironmentVariable, NpmrcFiles());

    // The scope may have a registry of its own; the files are in the order of their strength.
    /// <exception cref="ServerStartException">The configured registry is no http(s) address.</exception>
    public static NpmConfig Load(string scope, Func<string, string?> variable, IEnumerable<string> files)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in files.Where(File.Exists).SelectMany(File.ReadLines))
        {
            if (line.TrimStart() is not ['#' or ';', ..] && line.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value])
            {
                settings.TryAdd(name, Placeholder().Replace(value.Trim('"', '\''), m => variable(m.Groups["name"].Value) ?? ""));
            }
        }

        var address = settings.GetValueOrDefault($"{scope}:registry") ?? Set(variable("npm_config_registry"))
            ?? Set(variable("NPM_CONFIG_REGISTRY"))
            ?? settings.GetValueOrDefault("registry") ?? DefaultRegistry;
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var registry) || registry.Scheme is not ("https" or "http"))
        {
            throw new ServerStartException($"The npm registry '{address}' is no http(s) address. Correct npm_config_registry or the " +
                $"npmrc file.");
        }

        var token = settings.GetValueOrDefault($"//{registry.Authority}{registry.AbsolutePath}:_authToken")
            ?? settings.GetValueOrDefault($"//{registry.Authority}/:_authToken");
        return new NpmConfig(registry, token is null ? null : new AuthenticationHeaderValue("Bearer", token));
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();

    private static IEnumerable<string> NpmrcFiles()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, ".npmrc");
        }

        yield return Set(Environment.GetEnvironmentVariable("npm_config_userconfig"))
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".npmrc");
        yield return Set(Environment.GetEnvironmentVariable("npm_config_globalconfig")) ?? "/usr/local/etc/npmrc";
    }

    private static string? Set(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
