using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker;

namespace YtOptimizer.Tests.Runbook;

/// <summary>Every command and every statement of docs/RUNBOOK.md works.</summary>
public sealed partial class RunbookTests
{
    // A change of the page changes these on purpose: a fence that silently stops being run would show here.
    private const int Commands = 100;
    private const int Statements = 46;
    private const int NotRun = 7;

    private static readonly string[] Tools = ["bash", "curl", "jq", "openssl", "pg_dump"];
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(180);

    /// <summary>What operators of the first implementation look for, under the names they know.</summary>
    private static readonly string[] Sections =
    [
        "Emergency Contacts",
        "Quick Reference",
        "Service URLs",
        "Key Commands",
        "Environment Variables Quick Check",
        "Common Incidents",
        "Incident 1: Application Down / Won't Start",
        "Incident 2: Database Connection Errors",
        "Incident 3: High Response Times / Slow API",
        "Incident 4: OpenAI API Errors",
        "Incident 5: Memory Leak / High Memory Usage",
        "Incident 6: Rate Limit Exceeded",
        "Incident 7: Authentication Failures",
        "Incident 8: Database Migration Failures",
        "Incident 9: Plans and Payments",
        "Monitoring & Alerts",
        "Health Check Monitoring",
        "Alert Triggers",
        "Telegram Alerts",
        "Metrics Dashboard",
        "Log Monitoring",
        "Deployment Procedures",
        "Standard Deployment",
        "Database Migration Deployment",
        "Hotfix Deployment",
        "Rollback Procedures",
        "Application Rollback",
        "Database Rollback",
        "Database Operations",
        "Backup Database",
        "Restore Database",
        "Manual Database Queries",
        "Database Performance",
        "Performance Tuning",
        "Application-Level Optimization",
        "Database Optimization",
        "Security Incidents",
        "Suspected Account Compromise",
        "Suspected Attack/Breach",
        "Maintenance Tasks",
        "Daily Tasks",
        "Weekly Tasks",
        "Monthly Tasks",
        "Quarterly Tasks",
        "Escalation Procedures",
        "Post-Incident Procedures",
        "Useful SQL Queries",
        "Additional Resources",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommandAndStatement_AgainstALiveStack_Works()
    {
        SkipWithoutTools();
        var fences = RunbookDocument.Read();
        await using var stack = await RunbookStack.StartAsync();
        ConcurrentBag<string> failures = [];
        ConcurrentDictionary<string, Lazy<Task<string?>>> done = new(StringComparer.Ordinal);
        var run = fences.Where(fence => fence.NotRun is null).ToList();
        await Parallel.ForEachAsync(
            run.GroupBy(fence => fence.Section),
            new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = Ct },
            async (section, _) =>
            {
                var folder = Directory
                    .CreateDirectory(
                        Path.Combine(stack.Folder, section.First().Line.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    )
                    .FullName;
                CopySupabase(folder);
                foreach (var fence in section)
                {
                    await RunFenceAsync(stack, fence, folder, done, failures);
                }
            }
        );
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
        Assert.Equal(
            (Commands, Statements, NotRun),
            (Count(run, "bash"), Count(run, "sql"), fences.Count(fence => fence.NotRun is not null))
        );
    }

    [Fact]
    public void Page_SectionsLinksAndLength_AreRight()
    {
        var text = File.ReadAllText(RunbookDocument.Path);
        var headings = Heading().Matches(text).Select(match => match.Groups["text"].Value).ToList();
        Assert.Equal(Sections, headings.Where(Sections.Contains));
        var anchors = headings
            .Select(heading => NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-'))
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(Link().Matches(text).Select(match => match.Groups["anchor"].Value), anchor => Assert.Contains(anchor, anchors));
        Assert.InRange(text.Split('\n').Length, 100, 700);
    }

    private static int Count(IEnumerable<RunbookFence> fences, string language) =>
        fences.Where(fence => fence.Language == language).Sum(fence => fence.Steps.Count);

    private static async Task RunFenceAsync(
        RunbookStack stack,
        RunbookFence fence,
        string folder,
        ConcurrentDictionary<string, Lazy<Task<string?>>> done,
        ConcurrentBag<string> failures
    )
    {
        var environment = fence.OnCopy ? await stack.CopyAsync() : stack.Environment;
        foreach (var step in fence.Steps)
        {
            Task<string?> RunAsync() => fence.Language == "sql" ? StatementAsync(stack, step) : CommandAsync(step, environment, folder);
            // The same question in several places is asked once; what writes files or a copy is done wherever it stands.
            var failure =
                fence.OnCopy || WritesFiles().IsMatch(step) ? await RunAsync() : await done.GetOrAdd(step, _ => new(RunAsync)).Value;
            if (failure is not null)
            {
                failures.Add($"docs/RUNBOOK.md, fence of line {fence.Line}: {step}\n{failure}");
            }
        }
    }

    private static async Task<string?> CommandAsync(string command, Dictionary<string, string?> environment, string folder)
    {
        var worker = $"dotnet {typeof(WorkerHost).Assembly.Location}";
        var text = command
            .Replace("dotnet run --project YtOptimizer.Worker --", worker, StringComparison.Ordinal)
            .Replace("dotnet YtOptimizer.Worker.dll", worker, StringComparison.Ordinal);
        await using var shell = RunningProgram.Start("bash", ["-c", "set -o pipefail; " + text], environment, folder);
        return !await shell.EndsWithinAsync(TimeLimit) ? $"no end within {TimeLimit.TotalSeconds:0} s: {shell.Output}"
            : shell.ExitCode != 0 ? $"exit code {shell.ExitCode}: {shell.Output}"
            : null;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The statements are those of the page under test.")]
    private static async Task<string?> StatementAsync(RunbookStack stack, string statement)
    {
        await using var command = stack.DataSource.CreateCommand(
            statement
                .Replace("USER_ID", stack.UserId.ToString(), StringComparison.Ordinal)
                .Replace("'EMAIL'", $"'{RunbookStack.Email}'", StringComparison.Ordinal)
                .Replace("IP_ADDRESS", RunbookStack.Address, StringComparison.Ordinal)
        );
        try
        {
            await command.ExecuteNonQueryAsync(Ct);
            return null;
        }
        catch (Npgsql.NpgsqlException exception)
        {
            return exception.Message;
        }
    }

    private static void CopySupabase(string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "supabase", "migrations")).FullName;
        foreach (var file in Directory.GetFiles(Repository.PathOf("supabase", "migrations")))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }

    private static void SkipWithoutTools()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = Tools.Where(tool => !path.Any(folder => File.Exists(Path.Combine(folder, tool)))).ToArray();
        if (missing.Length > 0)
        {
            var text =
                $"The runbook's commands need {string.Join(", ", missing)}. Install them, for example: apt-get install curl jq openssl "
                + $"postgresql-client";
            Assert.True(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), text);
            Assert.Skip(text);
        }
    }

    [GeneratedRegex(@"\$BACKUP|--output|> ", RegexOptions.None, 200)]
    private static partial Regex WritesFiles();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 -]", RegexOptions.None, 200)]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"\]\(#(?<anchor>[^)]+)\)", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Link();
}
