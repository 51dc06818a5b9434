using System.Text.RegularExpressions;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// The existing single-page app classifies a failure by words in its text: some send the user to the sign-in page, some show raw JSON.
/// Texts that it shows say the same in other words.
/// </summary>
internal static partial class PlainWords
{
    public static string? Of(string? text) =>
        text is null
            ? null
            : Words()
                .Replace(text, match => match.Value.ToLowerInvariant() switch
                    {
                        "unauthorized" => "not signed in",
                        "permission denied" => "no access",
                        "invalid" => "unusable",
                        "required" => "needed",
                        "validation" => "check",
                        "network error" => "connection trouble",
                        "failed to fetch" => "could not load",
                        _ => "could not read",
                    });

    [GeneratedRegex(
        "unauthorized|permission denied|invalid|required|validation|network error|failed to fetch|cannot read properties",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Words();
}
