using System.Text.RegularExpressions;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>An installed Redis-compatible server.</summary>
internal sealed record RedisInstallation(string Program, string Description);

/// <summary>Finds an installed Redis or Valkey, 6.2 or later.</summary>
internal static partial class RedisSearch
{
    private static readonly Version Oldest = new(6, 2);
    private static readonly string[] Names = ["redis-server", "valkey-server"];

    // Package managers do not always put them on PATH.
    private static readonly string[] UsualFolders =
        ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/home/linuxbrew/.linuxbrew/bin", "/opt/local/bin"];

    public static async Task<RedisInstallation?> FindAsync(List<string> tried, CancellationToken ct)
    {
        var usual = OperatingSystem.IsWindows() ? [] : UsualFolders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .Where(File.Exists);
        foreach (var program in Names.SelectMany(Tool.OnPath).Concat(usual).Distinct(StringComparer.Ordinal))
        {
            var result = await Tool.RunAsync(program, ["--version"], TimeSpan.FromSeconds(15), ct);
            var found = ServerVersion().Match(result?.Output ?? "");
            if (found.Success && Version.Parse(found.Groups["version"].ValueSpan) >= Oldest)
            {
                return new RedisInstallation(program, $"{found.Groups["name"].Value} {found.Groups["version"].Value} in {program}");
            }

            tried.Add($"{program}: " + (found.Success ? $"{found.Groups["version"].Value} is older than {Oldest}" : "--version fails"));
        }

        if (tried.Count == 0)
        {
            tried.Add("neither redis-server nor valkey-server is installed");
        }

        return null;
    }

    [GeneratedRegex(@"(?<name>Redis|Valkey) server v=(?<version>\d+\.\d+\.\d+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000)]
    private static partial Regex ServerVersion();
}
