using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Runbook;

/// <param name="Section">The <c>##</c> heading above, or the incident's; sections do not depend on each other.</param>
/// <param name="Line">Line of the fence in docs/RUNBOOK.md.</param>
/// <param name="Language">bash or sql.</param>
/// <param name="NotRun">The reason, when the fence is marked as one that no test can run.</param>
/// <param name="OnCopy">Whether it is destructive and runs on a copy of the database.</param>
/// <param name="Steps">Its commands or statements.</param>
public sealed record RunbookFence(string Section, int Line, string Language, string? NotRun, bool OnCopy, IReadOnlyList<string> Steps);

/// <summary>docs/RUNBOOK.md, taken apart.</summary>
internal static partial class RunbookDocument
{
    public static string Path { get; } = Repository.PathOf("docs", "RUNBOOK.md");

    public static IReadOnlyList<RunbookFence> Read()
    {
        List<RunbookFence> fences = [];
        var lines = File.ReadAllLines(Path);
        var section = "";
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("## ", StringComparison.Ordinal) || lines[i].StartsWith("### Incident ", StringComparison.Ordinal))
            {
                section = lines[i].TrimStart('#', ' ');
            }
            else if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                var end = Array.IndexOf(lines, "```", i + 1);
                Assert.True(end > i, $"The fence in line {i + 1} is not closed.");
                var language = fence.Groups["language"].Value;
                var body = lines[(i + 1)..end];
                var steps = language switch
                {
                    "bash" => Commands(body),
                    "sql" => Statements(body),
                    _ => throw new Xunit.Sdk.XunitException($"The fence in line {i + 1} is neither bash nor sql, so nobody would run it."),
                };
                Assert.True(steps.Count > 0, $"The fence in line {i + 1} is empty.");
                var mark = i > 0 ? Mark().Match(lines[i - 1]) : Match.Empty;
                fences.Add(
                    new RunbookFence(
                        section,
                        i + 1,
                        language,
                        mark.Groups["reason"] is { Success: true } reason ? reason.Value : null,
                        mark.Groups["copy"].Success,
                        steps
                    )
                );
                i = end;
            }
        }

        return fences;
    }

    private static List<string> Commands(string[] body) =>
        [
            .. string.Join('\n', body)
                .Replace("\\\n", " ", StringComparison.Ordinal)
                .Split('\n')
                .Where(line => line.Trim().Length > 0 && !line.StartsWith('#')),
        ];

    private static List<string> Statements(string[] body) =>
        [
            .. string.Join('\n', body.Where(line => !line.StartsWith("--", StringComparison.Ordinal)))
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ];

    [GeneratedRegex("^```(?<language>.+)$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Fence();

    [GeneratedRegex("^<!-- (not run: (?<reason>.+)|(?<copy>copy)) -->$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Mark();
}
