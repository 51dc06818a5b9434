using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Performance;

/// <summary>
/// What each request costs, as exact figures of a reviewed file instead of times: statements sent to the database (exactly), and bytes
/// allocated (within <see cref="Tolerance"/>). A change that makes a request dearer changes <c>request-costs.txt</c>, where a reviewer sees
/// it; UPDATE_SNAPSHOTS=1 rewrites it.
/// </summary>
public sealed class RequestCostTests : IAsyncLifetime
{
    /// <summary>Share of the reviewed bytes. Figures of one build differ by a few per cent from run to run.</summary>
    private const double Tolerance = 0.25;

    /// <summary>Kilobytes by which small figures may differ besides.</summary>
    private const double Slack = 3;
    private const int WarmUp = 10;
    private const int Requests = 40;
    private const int Rounds = 5;
    private const int Tracings = 3;
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(Ct);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Statements_PerRequest_AreThoseOfTheReviewedFile()
    {
        await using var api = new ApiFixture();
        // The global cap is counted in the background now and then, and not by the request.
        api.With(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Jobs:GlobalDepth"] = "0" });
        await api.InitializeAsync();
        var callers = await Callers.CreateAsync(api.Database, role => api.CreateUserAsync(role), Ct);
        using var client = api.Anonymous();
        using var counter = new StatementCounter();
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var cost in RequestCostFile.Read())
        {
            // The first fills what later ones find in memory: shares of budgets, caches.
            await SendAsync(client, callers, cost, null);
            for (var round = 0; round < Tracings; round++)
            {
                var trace = ActivityTraceId.CreateRandom();
                await SendAsync(client, callers, cost, trace);
                // A share of a budget is drawn, and a cache filled anew, now and then: the fewest are the request's own.
                if (!found.TryGetValue(cost.Key, out var fewest) || counter.Of(trace).Count < fewest.Count)
                {
                    found[cost.Key] = counter.Of(trace);
                }
            }
        }

        if (RequestCostFile.IsBeingRewritten)
        {
            RequestCostFile.Write(cost => cost with { Statements = found[cost.Key].Count });
        }

        var different = RequestCostFile
            .Read()
            .Where(cost => cost.Statements != found[cost.Key].Count)
            .Select(cost =>
                $"{cost.Key}: {cost.Statements} reviewed, {found[cost.Key].Count} sent\n  " + string.Join("\n  ", found[cost.Key])
            )
            .ToList();
        Assert.True(different.Count == 0, string.Join("\n", different));
    }

    [Fact]
    public async Task AllocatedBytes_PerRequest_StayNearThoseOfTheReviewedFile()
    {
        // Compiled once and for all: code that is recompiled while it runs allocates differently from one second to the next.
        await using var api = await ApiProcesses.StartAsync(
            1,
            database,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["DOTNET_TieredCompilation"] = "0",
                ["Jobs:UserDepth"] = "0",
                ["Jobs:GlobalDepth"] = "0",
            }
        );
        var callers = await Callers.CreateAsync(database, role => api.CreateUserAsync(role), Ct);
        var probe = new AllocationProbe(api.Clients[0]);
        await probe.CalibrateAsync();
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var cost in RequestCostFile.Read().Where(IsEveryday))
        {
            for (var i = 0; i < WarmUp; i++)
            {
                await SendAsync(api.Clients[0], callers, cost, null);
            }

            found[cost.Key] = double.MaxValue;
            for (var round = 0; round < Rounds; round++)
            {
                var before = await probe.ReadAsync();
                for (var i = 0; i < Requests; i++)
                {
                    await SendAsync(api.Clients[0], callers, cost, null);
                }

                var allocated = probe.Between(before, await probe.ReadAsync()) / Requests / 1000;
                found[cost.Key] = Math.Min(found[cost.Key], allocated);
            }
        }

        if (RequestCostFile.IsBeingRewritten)
        {
            RequestCostFile.Write(cost => cost with { Kilobytes = found.GetValueOrDefault(cost.Key) });
        }

        Assert.Empty(
            RequestCostFile
                .Read()
                .Where(IsEveryday)
                .Where(cost => Math.Abs(found[cost.Key] - cost.Kilobytes) > (cost.Kilobytes * Tolerance) + Slack)
                .Select(cost =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{cost.Key}: {cost.Kilobytes:0.0} kB reviewed, {found[cost.Key]:0.0} kB allocated"
                    )
                )
        );
    }

    /// <summary>Hashing a password costs a thousand times the request around it, in time and not in allocations; what administrators look
    /// at now and then may cost what it costs.</summary>
    private static bool IsEveryday(RequestCost cost) =>
        cost.Caller != "admin"
        && !cost.Path.EndsWith("/login", StringComparison.Ordinal)
        && !cost.Path.EndsWith("/register", StringComparison.Ordinal);

    private static async Task SendAsync(HttpClient client, Callers callers, RequestCost cost, ActivityTraceId? trace)
    {
        using var message = callers.Make(cost);
        if (trace is { } id)
        {
            message.Headers.Add("traceparent", $"00-{id}-{ActivitySpanId.CreateRandom()}-01");
        }

        using var response = await client.SendAsync(message, Ct);
        Assert.True((int)response.StatusCode is < 500 and not (400 or 429), $"{cost.Request} answered {(int)response.StatusCode}");
    }

    /// <summary>Statements by the trace that they belong to, as Npgsql reports them.</summary>
    private sealed class StatementCounter : IDisposable
    {
        private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> statements = new();
        private readonly ActivityListener listener;

        public StatementCounter()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if ((activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
                    {
                        statements.GetOrAdd(activity.TraceId, _ => new ConcurrentQueue<string>()).Enqueue(text.ReplaceLineEndings(" "));
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public IReadOnlyList<string> Of(ActivityTraceId trace) => statements.TryGetValue(trace, out var found) ? [.. found] : [];

        public void Dispose() => listener.Dispose();
    }
}
