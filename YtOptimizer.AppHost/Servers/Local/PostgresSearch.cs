using System.Globalization;
using System.Text.RegularExpressions;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Finds installed PostgreSQL binaries of version 15 or later. A running system server is never touched.</summary>
internal static partial class PostgresSearch
{
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["postgres", "initdb"];

    private static readonly (string Parent, string Pattern)[] UsualParents = OperatingSystem.IsWindows()
        ? [(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*")]
        :
        [
            ("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"), ("/usr/local", "pgsql*"), ("/opt/homebrew/opt", "postgresql*"),
                ("/usr/local/opt", "postgresql*"),
            ("/home/linuxbrew/.linuxbrew/opt", "postgresql*"), ("/Applications/Postgres.app/Contents/Versions", "*"),
        ];

    /// <summary>Usable installations, best first. What was looked at and why it did not do goes to <paramref name="tried"/>.</summary>
    public static async Task<List<PostgresInstallation>> FindAsync(UnixUser? user, List<string> tried, CancellationToken ct)
    {
        var found = new List<PostgresInstallation>();
        foreach (var folder in (await FoldersAsync(ct)).Distinct(StringComparer.Ordinal))
        {
            if (await InspectAsync(folder, user, tried, ct) is { } installation)
            {
                found.Add(installation);
            }
        }

        if (found.Count == 0 && tried.Count == 0)
        {
            tried.Add("no initdb and postgres in PGBIN, on PATH or in the usual folders");
        }

        return found;
    }

    /// <summary>Checks one folder; null, with the reason in <paramref name="tried"/>, when it does not do.</summary>
    public static async Task<PostgresInstallation?> InspectAsync(string folder, UnixUser? user, List<string> tried, CancellationToken ct)
    {
        var candidate = new PostgresInstallation(folder, 0, "");
        var missing = Needed.Where(name => !File.Exists(candidate.Program(name))).ToList();
        if (missing.Count > 0)
        {
            tried.Add($"{folder}: no {string.Join(" and no ", missing)}");
            return null;
        }

        var result = await Tool.RunAsync(candidate.Program("postgres"), ["--version"], TimeSpan.FromSeconds(15), ct);
        var version = VersionNumber().Match(result?.Output ?? "");
        if (!version.Success)
        {
            tried.Add($"{folder}: postgres --version fails: " +
                $"{(result is null ? "it cannot be started" : (result.Error + result.Output).Trim())}");
            return null;
        }

        var major = int.Parse(version.Groups["major"].ValueSpan, CultureInfo.InvariantCulture);
        if (major < OldestMajor)
        {
            tried.Add($"{folder}: version {version.Value} is older than {OldestMajor}");
            return null;
        }

        if (user is not null && !await user.CanReachAsync(folder, ct))
        {
            tried.Add($"{folder}: user {user.Name} cannot enter it, and PostgreSQL refuses to run as root");
            return null;
        }

        return new PostgresInstallation(folder, major, version.Value);
    }

    private static async Task<IEnumerable<string>> FoldersAsync(CancellationToken ct)
    {
        string[] chosen = Environment.GetEnvironmentVariable("PGBIN") is { Length: > 0 } folder ? [folder] : [];
        var config = Tool.OnPath("pg_config").FirstOrDefault() is { } program
            ? await Tool.RunAsync(program, ["--bindir"], TimeSpan.FromSeconds(10), ct) : null;
        var onPath = Tool.OnPath("postgres").Concat(Tool.OnPath("initdb")).Select(path => Path.GetDirectoryName(path)!);

        // Only a folder with both programs counts: distributions put psql alone on PATH.
        return [.. chosen, .. onPath.Concat(config is { ExitCode: 0 } ? [config.Output.Trim()] : []).Concat(UsualParents.SelectMany(Expand))
            .Where(Both)];
    }

    private static bool Both(string folder) => Needed.All(name => File.Exists(new PostgresInstallation(folder, 0, "").Program(name)));

    // Highest version first.
    private static IEnumerable<string> Expand((string Parent, string Pattern) usual) =>
        Directory.Exists(usual.Parent)
            ? Directory.EnumerateDirectories(usual.Parent, usual.Pattern)
                .OrderByDescending(path => int.TryParse(Digits().Match(Path.GetFileName(path)).ValueSpan, CultureInfo.InvariantCulture,
                    out var n) ? n : 0)
                .Select(path => Path.Combine(path, "bin"))
            : [];

    [GeneratedRegex(@"(?<major>\d+)(\.\d+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionNumber();

    [GeneratedRegex(@"\d+", RegexOptions.None, 1000)]
    private static partial Regex Digits();
}
