using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Architecture;

/// <summary>How a file looks: its length, its words.</summary>
public sealed partial class ShapeTests
{
    private const int MostLines = 300;
    private const int MostColumns = 140;

    // Words that only this project used; the field's own terms stand beside them.
    private static readonly Dictionary<string, string> Banned = new(StringComparer.Ordinal)
    {
        ["Patience"] = "Timeout",
        ["innocent"] = "healthy",
        ["Guilty"] = "Exhausted",
        ["Uneasy"] = "Pending",
        ["Mood"] = "CheckStatus",
        ["Suspicion"] = "CrashPolicy",
        ["DurableHits"] = "PostgresRateCounter",
        ["RedisHits"] = "RedisRateCounter",
        ["SharedBudget"] = "FallbackRateCounter",
        ["CacheCircuit"] = "RedisHealthMonitor",
        ["DatabaseWatch"] = "DatabaseOutageDetector",
        ["LookAtVideo"] = "InspectVideo",
        ["PlainNames"] = "EnvironmentVariableMap",
        ["Journal"] = "AuditTrail, SecurityEvents or UserLogs",
        ["TokenLedger"] = "AiUsageLedger",
        ["JobEndings"] = "JobFinalizer",
        ["JobPump"] = "JobDispatcher",
        ["WakeUp"] = "DispatchSignal",
        ["SuspectProcess"] = "IsolatedJobProcess",
        ["SuspectHost"] = "IsolatedJobHost",
        ["Sheet"] = "ThumbnailCanvas",
        ["RestOfText"] = "BodyText",
        ["OtherChecks"] = "MetadataChecks",
        ["Suspicious"] = "PromptInjectionDetector",
        ["Quarantine"] = "PromptInjectionFilter",
        ["HeadedStream"] = "PrefixedStream",
        ["KeepTrying"] = "RetryWindow",
        ["AlertFigures"] = "AlertReadings",
        ["QueueFigures"] = "QueueDepthMetrics",
        ["ChoreFigures"] = "ChoreMetrics",
    };

    [Fact]
    public void Certificates_AreNeverTakenUnchecked() =>
        Assert.DoesNotContain(SourceTree.Product, file =>
            file.Text.Contains("DangerousAcceptAny", StringComparison.Ordinal)
            || file.Text.Contains("CertificateValidationCallback", StringComparison.Ordinal)
            || file.Text.Contains("CertificateCustomValidation", StringComparison.Ordinal)
        );

    [Fact]
    public void Patterns_AreConstantsWithATimeLimit() =>
        // The patterns of speech are data of many languages, read from one embedded file, each with a time limit.
        Assert.DoesNotContain(SourceTree.Product, file =>
            file.Path != "YtOptimizer.Analysis/Speech/SpokenFrames.cs"
            && (file.Text.Contains("new Regex(", StringComparison.Ordinal) || StaticPattern().IsMatch(file.Text))
        );

    [Fact]
    public void Files_AreShort()
    {
        Assert.Empty(LongFiles(SourceTree.All));
        var (most, more) = (Lines(MostLines), Lines(MostLines + 1));
        Assert.Equal(
            ["perf/P/B.cs: 301 lines", "tools/T/C.cs: 301 lines", "YtOptimizer.Tests/D.cs: 301 lines"],
            LongFiles([
                new("YtOptimizer.Core/A.cs", most),
                new("perf/P/B.cs", more),
                new("tools/T/C.cs", more),
                new("YtOptimizer.Tests/D.cs", more),
            ])
        );
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("// a line\n", count));

    private static IEnumerable<string> LongFiles(IEnumerable<SourceFile> files) =>
        files
            .Select(file => (file.Path, Lines: file.Text.Count(c => c == '\n')))
            .Where(file => file.Lines > MostLines)
            .Select(file => $"{file.Path}: {file.Lines} lines");

    [Fact]
    public void Lines_FitTheScreen()
    {
        Assert.Empty(LongLines(SourceTree.All));
        Assert.Equal(
            ["YtOptimizer.Tests/D.cs:2: 141 columns"],
            LongLines([new("YtOptimizer.Tests/D.cs", $"{new string('x', MostColumns)}\n{new string('x', MostColumns + 1)}\n")])
        );
    }

    private static IEnumerable<string> LongLines(IEnumerable<SourceFile> files) =>
        files.SelectMany(file =>
            file.Text.Split('\n')
                .Select((line, index) => (line.Length, Number: index + 1))
                .Where(line => line.Length > MostColumns)
                .Select(line => $"{file.Path}:{line.Number}: {line.Length} columns")
        );

    [Fact]
    public void TestsAndTools_AreAmongTheFiles() =>
        Assert.All(new[] { "YtOptimizer.Tests/", "perf/", "tools/" }, folder =>
            Assert.Contains(SourceTree.All, file => file.Path.StartsWith(folder, StringComparison.Ordinal))
        );

    [Fact]
    public void Words_AreTheFieldsOwn() =>
        Assert.Empty(
            SourceTree.Product.SelectMany(file =>
                Banned
                    .Where(word => Regex.IsMatch(file.Text, $@"\b{word.Key}\b"))
                    .Select(word => $"{file.Path}: {word.Key}, say {word.Value}")
            )
        );

    [Fact]
    public void Sql_StandsWhereRowsAreOwned() =>
        // The analyzer, the service defaults and the API's pipeline touch no table; counters and rows of the pipeline live in Core.
        Assert.Empty(
            SourceTree
                .Product.Where(file =>
                    file.Path.StartsWith("YtOptimizer.Analysis/", StringComparison.Ordinal)
                    || file.Path.StartsWith("YtOptimizer.ServiceDefaults/", StringComparison.Ordinal)
                )
                .Where(file => Statement().IsMatch(file.Text))
                .Select(file => file.Path)
        );

    [Fact]
    public void Tables_AreWrittenWhereTheReviewedListSays()
    {
        var path = Repository.PathOf("YtOptimizer.Tests", "Architecture", "table-writers.txt");
        var actual = string.Concat(
            SourceTree
                .Product.SelectMany(file => Statement().Matches(file.Text).Select(match => (Table: match.Groups[1].Value, file.Path)))
                .Distinct()
                .OrderBy(writer => writer.Table, StringComparer.Ordinal)
                .ThenBy(writer => writer.Path, StringComparer.Ordinal)
                .Select(writer => $"{writer.Table} {writer.Path}\n")
        );
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(
            File.ReadAllText(path).ReplaceLineEndings("\n") == actual,
            "Who writes which table differs from table-writers.txt. Give the table one owner; if a new writer is meant, run the test "
                + "with UPDATE_SNAPSHOTS=1."
        );
    }

    [Fact]
    public void Tables_HaveOneOwner()
    {
        // The completion of many jobs charges their quota in its own statement.
        Assert.Equal(["quota_reservations: YtOptimizer.Core/Jobs, YtOptimizer.Core/Usage"], SharedTables(SourceTree.Product));
        Assert.Single(
            SharedTables([
                new SourceFile("YtOptimizer.Core/Mail/X.cs", "DELETE FROM mails"),
                new SourceFile("YtOptimizer.Api/Features/Auth/Y.cs", "UPDATE mails SET sent = true"),
            ])
        );
    }

    /// <summary>Tables that more than one area writes; an area is a folder of a project, or a feature.</summary>
    private static IEnumerable<string> SharedTables(IEnumerable<SourceFile> files) =>
        files
            .SelectMany(file => Statement().Matches(file.Text).Select(match => (Table: match.Groups[1].Value, Area: AreaOf(file.Path))))
            .GroupBy(writer => writer.Table, writer => writer.Area, StringComparer.Ordinal)
            .Select(table => (Table: table.Key, Areas: table.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()))
            .Where(table => table.Areas.Length > 1)
            .Select(table => $"{table.Table}: {string.Join(", ", table.Areas)}");

    private static string AreaOf(string path)
    {
        var parts = path.Split('/');
        return string.Join('/', parts.Take(Math.Min(parts.Length - 1, parts[1] == "Features" ? 3 : 2)));
    }

    [Fact]
    public void HostedServices_AreThoseOfTheReviewedList()
    {
        var path = Repository.PathOf("YtOptimizer.Tests", "Architecture", "hosted-services.txt");
        var actual = string.Concat(
            SourceTree
                .Product.SelectMany(file => HostedService().Matches(file.Text).Select(match => $"{match.Groups[1].Value} {file.Path}\n"))
                .Order(StringComparer.Ordinal)
        );
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(
            File.ReadAllText(path).ReplaceLineEndings("\n") == actual,
            "What runs in the background differs from hosted-services.txt. If that is meant, run the test with UPDATE_SNAPSHOTS=1."
        );
    }

    // Everything else that is periodic is a recurring job; these say in the file why they are not.
    private static readonly string[] OwnLoops =
    [
        "YtOptimizer.Core/RecurringJobs/RecurringJobHost.cs",
        "YtOptimizer.Api/Realtime/Sockets/EngineSessions.cs",
        "YtOptimizer.ServiceDefaults/Health/HealthMonitor.cs",
        "YtOptimizer.Worker/Queue/LeaseKeeper.cs",
        "YtOptimizer.Worker/RecurringJobs/Chores/ChoreService.cs",
    ];

    [Fact]
    public void PeriodicWork_IsARecurringJob()
    {
        Assert.Equal(OwnLoops.Order(StringComparer.Ordinal), Loops(SourceTree.Product).Order(StringComparer.Ordinal));
        Assert.Single(Loops([new SourceFile("YtOptimizer.Core/X.cs", "using var timer = new PeriodicTimer(Every, time);")]));
    }

    private static IEnumerable<string> Loops(IEnumerable<SourceFile> files) =>
        files.Where(file => file.Text.Contains("new PeriodicTimer(", StringComparison.Ordinal)).Select(file => file.Path);

    [GeneratedRegex(@"\b(?:INSERT INTO|UPDATE|DELETE FROM) +([a-z][a-z_]+)\b(?! *=)")]
    private static partial Regex Statement();

    [GeneratedRegex(@"class (\w+)[^{;]*?:\s*[^{;]*?\b(?:BackgroundService|IHostedService|IHostedLifecycleService|IRecurringJob)\b")]
    private static partial Regex HostedService();

    [GeneratedRegex(@"\bRegex\.(?:IsMatch|Match|Matches|Replace|Split)\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex StaticPattern();
}
