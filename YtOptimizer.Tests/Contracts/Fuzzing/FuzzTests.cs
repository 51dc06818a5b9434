using System.Globalization;
using System.Text;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>
/// All operations of a real API process over HTTP. A short run in every suite; the long one with YTO_FUZZ_REQUESTS=20000 (and YTO_FUZZ_SEED
/// to vary it). The report goes to artifacts/fuzz-report.txt.
/// </summary>
public sealed class FuzzTests
{
    private const int ShortRun = 1000;

    /// <summary>From this length on every operation must have succeeded at least once.</summary>
    private const int LongRun = 10_000;

    // They need an upstream, a letter, a file, or a job or error of before, which a run of the document alone does not have (or only by
    // luck).
    private static readonly string[] NeedMore =
    [
        "/social/",
        "/test-alert",
        "/generate-thumbnail",
        "/thumbnails/{name}",
        "/analyze/upload",
        "/channel/import",
        "/channel/title-tests",
        "/ai/analyze/file",
        "/reset-password",
        "/youtube/video",
        "/logs/errors/{errorId}/resolve",
        "/change-password",
        "/analyze/delete/{id}",
        "/admin/jobs/{jobId}/",
        "/analyze/job/{jobId}/",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Api_AnyInput_AnswersAsDocumented()
    {
        var requests = Setting("YTO_FUZZ_REQUESTS", ShortRun);
        var seed = Setting("YTO_FUZZ_SEED", 20260101);
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var api = await ApiProcesses.StartAsync(
            1,
            database,
            new Dictionary<string, string?> { ["YOUTUBE_OEMBED_URL"] = "", ["LOG_LEVEL"] = "critical" }
        );
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
            }
        )
        {
            BaseAddress = api.Clients[0].BaseAddress,
            Timeout = TimeSpan.FromSeconds(60),
        };
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct));
        var fuzzer = new OpenApiFuzzer(
            document.RootElement,
            seed,
            [
                new FuzzCaller("nobody", client, null),
                new FuzzCaller("user", client, () => api.CreateUserAsync()),
                new FuzzCaller("admin", client, () => api.CreateUserAsync("admin")),
                new FuzzCaller("leaver", client, () => api.CreateUserAsync()),
            ]
        );
        var operations = OpenApiFixture.OperationsOf(document.RootElement).ToList();
        await fuzzer.RunAsync(requests, operations, Ct);

        var judge = fuzzer.Judge;
        var neverDone = judge
            .Report.Where(r => r.Value.Keys.All(s => s >= 300))
            .Select(r => r.Key)
            .Where(o => !NeedMore.Any(n => o.Contains(n, StringComparison.Ordinal)))
            .ToList();
        if (requests >= LongRun)
        {
            neverDone.ForEach(o => judge.Note(o, "never succeeded", "no valid request of the run was accepted"));
        }

        var report = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"{requests} requests over {judge.Report.Count} of {operations.Count} operations, seed {seed}, {judge.Findings.Count} "
                + $"findings\n\n"
        );
        foreach (var (operation, statuses) in judge.Report.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            report.Append(operation).Append(": ").AppendJoin(", ", statuses.Select(s => $"{s.Key}×{s.Value}")).Append('\n');
        }

        foreach (var (kind, example) in judge.Findings)
        {
            report.Append('\n').Append(kind).Append("\n    ").Append(example).Append('\n');
        }

        await File.WriteAllTextAsync(Repository.PathOf("artifacts", "fuzz-report.txt"), report.ToString(), Ct);
        Assert.True(judge.Findings.Count == 0, report.ToString());
        Assert.Equal(operations.Count, judge.Report.Count);
        Assert.Equal(requests, judge.Report.Values.Sum(s => s.Values.Sum()));
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : fallback;
}
