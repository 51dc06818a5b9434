using System.Text.Json;
using System.Text.RegularExpressions;

namespace YtOptimizer.Tests.Support;

/// <summary>
/// The statements that API and worker send during a run of the tests, written to the file that <c>RECORD_STATEMENTS</c> names. A release
/// keeps them, so that the next one can show that its schema still answers them (<c>PreviousReleaseTests</c>). Off unless the
/// variable is set.
/// </summary>
internal static partial class StatementLog
{
    /// <summary>Between two statements of the file.</summary>
    public const string Separator = "\n-- next\n";

    private const string LogFolder = "statements";

    private static string? File => Environment.GetEnvironmentVariable("RECORD_STATEMENTS") is { Length: > 0 } file ? file : null;

    /// <summary>Options for the server's command line.</summary>
    public static IEnumerable<string> ServerOptions =>
        File is null
            ? []
            :
            [
                "-c",
                "logging_collector=on",
                "-c",
                "log_destination=jsonlog",
                "-c",
                "log_rotation_size=0",
                "-c",
                $"log_directory={LogFolder}",
            ];

    /// <summary>Makes the server log what this login sends.</summary>
    public static string? RoleSql(string login) => File is null ? null : $"ALTER ROLE {login} SET log_statement = 'all'";

    /// <summary>Called once the server has stopped.</summary>
    public static void Write(string serverFolder, string login)
    {
        if (File is null)
        {
            return;
        }

        var statements = Directory
            .EnumerateFiles(serverFolder, "*.json", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == LogFolder)
            .SelectMany(System.IO.File.ReadLines)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(entry => entry.TryGetProperty("user", out var user) && user.GetString() == login)
            .Select(entry => Sent().Match(entry.GetProperty("message").GetString()!))
            .Where(match => match.Success)
            .Select(match => match.Groups["sql"].Value.ReplaceLineEndings("\n").Trim())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        System.IO.File.WriteAllText(File, string.Join(Separator, statements) + "\n");
    }

    /// <summary>What can be prepared; not BEGIN, LISTEN, SET and the like.</summary>
    [GeneratedRegex(
        @"^(statement|execute [^:]+): (?<sql>\s*(SELECT|INSERT|UPDATE|DELETE|WITH|VALUES)\b.*)$",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Sent();
}
