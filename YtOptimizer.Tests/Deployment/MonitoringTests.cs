using System.Text.Json;
using System.Text.RegularExpressions;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Deployment;

/// <summary>Rules, dashboard and collector of <c>deploy/</c>.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string Folder = Repository.PathOf("deploy", "prometheus");

    private static string[] RuleFiles => [.. Directory.GetFiles(Folder, "*.rules.yml").Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Rules_OfThisRepository_PassPromtool()
    {
        var (exitCode, output) = await Tool.RunAsync("promtool", ["check", "rules", "--lint=all", "--lint-fatal", .. RuleFiles]);
        Assert.True(exitCode == 0, output);
        (exitCode, output) = await Tool.RunAsync("promtool", ["check", "config", "--syntax-only", Path.Combine(Folder, "prometheus.yml")]);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>Each trigger fires on made-up series, and none on a healthy service.</summary>
    [Fact]
    public async Task Rules_UnitTests_Pass()
    {
        var (exitCode, output) = await Tool.RunAsync("promtool", ["test", "rules", Path.Combine(Folder, "alerts.test.yml")]);
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Expressions_OfRulesAndDashboard_NameMetricsThatExist()
    {
        var rules = await Task.WhenAll(RuleFiles.Select(file => Tool.ReadAsync(file)));
        var recorded = rules.SelectMany(text => Recorded().Matches(text)).Select(match => match.Groups["name"].Value).ToHashSet();
        var dashboard = (await PanelsAsync())
            .SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : [])
            .Select(target => target.GetProperty("expr").GetString()!);
        var inRules = rules.SelectMany(text => Yaml.Mappings(Yaml.Read(text))).Where(map => map.ContainsKey("expr"));
        List<string> expressions = [.. dashboard, .. inRules.Select(map => (string)map["expr"]!)];

        Assert.True(expressions.Count > 70, $"Only {expressions.Count} expressions were found.");
        Assert.All(expressions, expression =>
            Assert.All(Metrics(expression), name => Assert.True(recorded.Contains(name) || Exists(name), $"{name}: {expression}"))
        );
    }

    /// <summary>So that the test above can fail, and reads what PromQL reads.</summary>
    [Fact]
    public void Metrics_OfAnExpression_AreTakenFromIt()
    {
        const string Expression =
            "sum by (le) (max without (instance) (rate(a_bucket{x!~\"b|c\",le=\"2\"}[5m]))) / on (task) d_total offset 5m > 1.5e3 "
            + "and e or vector(0)";
        Assert.Equal(["a_bucket", "d_total", "e"], Metrics(Expression));
        Assert.True(Exists("http_request_duration_seconds_bucket"));
        Assert.False(Exists("jobs_depth"));
        Assert.False(Exists("http_requests_total_bucket"));
    }

    [Fact]
    public async Task Dashboard_Panels_LieBesideEachOther()
    {
        var panels = await PanelsAsync();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        var cells = panels
            .Select(panel => panel.GetProperty("gridPos"))
            .SelectMany(at =>
                Enumerable
                    .Range(at.GetProperty("x").GetInt32(), at.GetProperty("w").GetInt32())
                    .SelectMany(x =>
                        Enumerable.Range(at.GetProperty("y").GetInt32(), at.GetProperty("h").GetInt32()).Select(y => (X: x, Y: y))
                    )
            )
            .ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.True(cells.Max(cell => cell.X) < 24);
    }

    [Fact]
    public async Task Annotations_RunbookAnchors_Exist()
    {
        var headings = Heading()
            .Matches(await Tool.ReadAsync("docs", "RUNBOOK.md"))
            .Select(match => Anchor(match.Groups["title"].Value))
            .ToHashSet(StringComparer.Ordinal);
        var anchors = (await Task.WhenAll(RuleFiles.Select(file => Tool.ReadAsync(file))))
            .SelectMany(text => Link().Matches(text))
            .Select(match => match.Groups["anchor"].Value);
        Assert.All(anchors.Distinct(), anchor => Assert.Contains(anchor, headings));
    }

    /// <summary>Every part that a pipeline names is defined, and every defined part is used.</summary>
    [Fact]
    public async Task Collector_Pipelines_NameWhatIsDefined()
    {
        var collector = Yaml.Map(Yaml.Read(await Tool.ReadAsync("deploy", "otel", "collector.yml")));
        var pipelines = Yaml.Map(Yaml.Map(collector["service"])["pipelines"]).Values.Select(Yaml.Map).ToList();
        foreach (var kind in new[] { "receivers", "processors", "exporters" })
        {
            var used = pipelines.SelectMany(pipeline => Yaml.List(pipeline[kind])).Distinct().Order().ToList();
            Assert.Equal(Yaml.Map(collector[kind]).Keys.Order(StringComparer.Ordinal), used.Cast<string>());
        }

        Assert.Equal(["traces", "metrics", "logs"], Yaml.Map(Yaml.Map(collector["service"])["pipelines"]).Keys);
    }

    private static async Task<List<JsonElement>> PanelsAsync() =>
        [
            .. JsonDocument
                .Parse(await Tool.ReadAsync("deploy", "grafana", "ytoptimizer.json"))
                .RootElement.GetProperty("panels")
                .EnumerateArray(),
        ];

    private static bool Exists(string name) =>
        MetricHelp.Families.Contains(name) && !name.EndsWith("_seconds_bucket", StringComparison.Ordinal)
        || Histogram().Match(name) is { Success: true } match && MetricHelp.Families.Contains(match.Groups["family"].Value);

    private static IEnumerable<string> Metrics(string expression)
    {
        var bare = Selectors().Replace(expression, " ");
        return Identifier()
            .Matches(bare)
            .Select(match => match.Groups["name"].Value)
            .Where(name => name is not ("and" or "or" or "unless" or "offset" or "bool" or "by" or "without" or "on" or "ignoring"));
    }

    /// <summary>As GitHub makes them of headings.</summary>
    private static string Anchor(string title) =>
        new([.. title.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c)]);

    [GeneratedRegex(
        "\\{[^}]*\\}|\"[^\"]*\"|\\[[^\\]]*\\]|\\b(?:by|without|on|ignoring)\\s*\\([^)]*\\)|offset\\s+\\w+|\\b[0-9][0-9.e]*\\b",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Selectors();

    [GeneratedRegex("(?<![\\w:$])(?<name>[a-zA-Z_][\\w:]*)(?!\\s*\\(|[\\w:])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex("^(?<family>\\w+_seconds|database_query_duration)_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Histogram();

    [GeneratedRegex("RUNBOOK\\.md#(?<anchor>[a-z0-9-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("- record: (?<name>\\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Recorded();

    [GeneratedRegex("^#{2,4} (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();
}
