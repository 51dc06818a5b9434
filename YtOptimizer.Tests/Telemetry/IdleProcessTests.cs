using System.Globalization;
using YtOptimizer.Tests.Database;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Telemetry;

/// <summary>What processes that have nothing to do ask of the database, counted by the server.</summary>
public sealed class IdleProcessTests : IAsyncLifetime
{
    /// <summary>Statements per second of an idle process; it looks once a second, so this is also statements per look.</summary>
    private const double MostPerSecond = 2;
    private const int Looks = 20;
    private const int MostWindows = 4;
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        await database.Db.ExecuteAsync("CREATE EXTENSION IF NOT EXISTS pg_stat_statements", null, Ct);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Api_Idle_AsksAtMostTwiceASecondAndTracesNothing()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Ct);
        var settings = receiver.Settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);
        settings["DatabaseOutageDetector"] = "on";
        await using var api = await ApiProcesses.StartAsync(1, database, settings);
        await AssertQuietAsync("access", receiver, async () =>
        {
            foreach (var path in (string[])["/health", "/health/readiness", "/alive", "/metrics"])
            {
                using var response = await api.Clients[0].GetAsync(new Uri(path, UriKind.Relative), Ct);
            }
        });
        // The receiver works: a request is a trace.
        using var anonymous = await api.Clients[0].GetAsync(new Uri("/api/v1/auth/profile", UriKind.Relative), Ct);
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Of("traces").Count > 0), "a request is traced");
    }

    [Fact]
    public async Task Worker_Idle_AsksAtMostTwiceASecondAndTracesNothing()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Ct);
        using var worker = WorkerProcess.Start(
            database.ApplicationConnectionString,
            new Dictionary<string, string>(receiver.Settings, StringComparer.Ordinal)
            {
                ["JWT_SECRET"] = Tokens.NewSecret(),
                ["FRONTEND_URL"] = "http://localhost:4200",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            }
        );
        worker.OutputDataReceived += (_, _) => { };
        worker.ErrorDataReceived += (_, _) => { };
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
        try
        {
            await AssertQuietAsync("queue", receiver, () => Task.CompletedTask);
            Assert.NotEmpty(receiver.Of("metrics"));
        }
        finally
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Counts windows of <see cref="Looks"/> looks until one is quiet: a start takes its time, longer on a busy machine.</summary>
    private async Task AssertQuietAsync(string part, OtlpReceiver receiver, Func<Task> meanwhile)
    {
        for (var window = 1; ; window++)
        {
            await database.Db.ExecuteAsync(
                "SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)",
                null,
                Ct
            );
            var traces = receiver.Of("traces").Count;
            await meanwhile();
            await LooksAsync(part, Looks);
            var found = await StatementsAsync();
            var total = found.Sum(statement => statement.Calls);
            var list = string.Join(
                '\n',
                found.Select(statement =>
                    string.Create(CultureInfo.InvariantCulture, $"{statement.Calls, 5} {statement.Query.ReplaceLineEndings(" ")}")
                )
            );
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"window {window}: {total}, {receiver.Of("traces").Count - traces} exports of traces\n{list}"
            );
            if (total <= MostPerSecond * Looks && receiver.Of("traces").Count == traces)
            {
                // Only the few connections that keep state in their session (LISTEN, migrations) are reset when they are given back.
                Assert.True(
                    found
                        .Where(statement => statement.Query.StartsWith("DISCARD", StringComparison.Ordinal))
                        .Sum(statement => statement.Calls)
                        <= total / 20,
                    list
                );
                return;
            }

            if (window == MostWindows)
            {
                var exports = receiver.Of("traces").Count - traces;
                Assert.Fail($"{total} statements in {Looks} looks, {exports} exports of traces:\n{list}\n{await NewsAsync()}");
            }
        }
    }

    private Task LooksAsync(string part, int count) =>
        Eventually.TrueAsync(
            async () =>
                (await StatementsAsync())
                    .Where(statement =>
                        statement.Query.Contains($" AS {part},", StringComparison.Ordinal)
                        || statement.Query.EndsWith($" AS {part}", StringComparison.Ordinal)
                    )
                    .Sum(statement => statement.Calls) >= count,
            $"the process has looked {count} times"
        );

    /// <summary>What a process that is not idle was busy with: open incidents and logged errors.</summary>
    private async Task<string?> NewsAsync() =>
        await database.Db.ScalarAsync<string>(
            """
            SELECT string_agg(line, E'\n') FROM (
                SELECT 'incident ' || kind || ': ' || summary AS line FROM alert_incidents
                UNION ALL
                SELECT log_level || ' ' || concat_ws(' ', category, message) FROM system_logs WHERE log_level IN ('error', 'critical')
            ) AS n
            """,
            null,
            Ct
        );

    /// <summary>Of the application's login in this database; the test's own statements come from another.</summary>
    private Task<IReadOnlyList<Statement>> StatementsAsync() =>
        database.Db.QueryAsync<Statement>(
            """
            SELECT calls, query FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND userid = (SELECT oid FROM pg_roles
                WHERE rolname = @role)
            ORDER BY calls DESC
            """,
            new { role = PostgresServerFixture.Application.Name },
            Ct
        );

    private sealed record Statement(long Calls, string Query);
}
