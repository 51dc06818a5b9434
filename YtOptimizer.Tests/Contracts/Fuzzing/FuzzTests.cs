using System.Globalization;
using System.Text;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>
/// A short run in every suite; the long one with YTO_FUZZ_REQUESTS=20000 (and YTO_FUZZ_SEED to vary it). The report goes to artifacts/fuzz-report.txt.
/// </summary>
public sealed class FuzzTests(OpenApiFixture api) : IClassFixture<OpenApiFixture>
{
    private const int ShortRun = 600;

    [Fact]
    public async Task Api_AnyInput_AnswersAsDocumented()
    {
        var requests = Setting("YTO_FUZZ_REQUESTS", ShortRun);
        var seed = Setting("YTO_FUZZ_SEED", 20260101);
        var user = await api.CreateUserAsync();
        var administrator = await api.CreateUserAsync("admin");
        using var nobody = api.Anonymous();
        var fuzzer = new OpenApiFuzzer(api.Document, seed, [("nobody", nobody), ("user", user.Client), ("admin", administrator.Client)]);

        // Streams never end, and signing out everywhere would end the run.
        var operations = api.Operations().Where(o => !o.Path.EndsWith("/events", StringComparison.Ordinal) || o.Path.Contains("/audit/", StringComparison.Ordinal))
            .Where(o => !o.Path.Contains("stream", StringComparison.Ordinal) && !o.Path.EndsWith("/logout-all", StringComparison.Ordinal) && !o.Path.EndsWith("/logout", StringComparison.Ordinal) && !o.Path.Contains("test-alert", StringComparison.Ordinal)).ToList();
        await fuzzer.RunAsync(requests, operations, TestContext.Current.CancellationToken);

        var report = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{requests} requests over {operations.Count} operations, seed {seed}, {fuzzer.Findings.Count} findings\n\n");
        foreach (var (operation, statuses) in fuzzer.Report.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            report.Append(operation).Append(": ").AppendJoin(", ", statuses.Select(s => $"{s.Key}×{s.Value}")).Append('\n');
        }

        foreach (var (kind, example) in fuzzer.Findings)
        {
            report.Append('\n').Append(kind).Append("\n    ").Append(example).Append('\n');
        }

        await File.WriteAllTextAsync(Repository.PathOf("artifacts", "fuzz-report.txt"), report.ToString(), TestContext.Current.CancellationToken);
        Assert.True(fuzzer.Findings.Count == 0, report.ToString());
        Assert.Equal(requests, fuzzer.Report.Values.Sum(s => s.Values.Sum()));
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : fallback;
}
