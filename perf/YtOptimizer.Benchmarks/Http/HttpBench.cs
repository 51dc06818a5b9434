using YtOptimizer.Benchmarks.Rig;

namespace YtOptimizer.Benchmarks.Http;

/// <summary>The API's everyday requests beside bare Kestrel, one select, and the reference.</summary>
internal static class HttpBench
{
    private const int Callers = 16;

    /// <summary>Audits of the size that analyses leave.</summary>
    internal static string AuditsSql(int perUser) =>
        FormattableString.Invariant(
            $"""
            INSERT INTO audits (user_id, video_url, video_title, ai_titles, ai_description, ai_tags, ai_thumbnail_prompts, score, analysis,
                created_at)
            SELECT p.id, 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'How to sharpen a kitchen knife ' || i, ARRAY['One title',
                'Another title', 'A third title'],
                   repeat('A description of a video about knives. ', 12), ARRAY['knife', 'whetstone', 'kitchen', 'sharpening'],
                       ARRAY['A knife on a stone'], 70,
                   jsonb_build_object('checks', jsonb_build_array('title', 'description'), 'text', repeat('x', 200)),
                       now() - i * interval '1 minute'
            FROM profiles p, generate_series(1, {perUser}) i
            """
        );

    public static async Task RunAsync(Bench bench)
    {
        var (database, api, reference, callers) = await StartAsync(bench);
        await Bench.ExecuteAsync(database, AuditsSql(30));
        var tokens = await TokensAsync(reference, callers);
        var outcomes = (
            await Turns.RunAsync(
                bench.Settings,
                Get("bare Kestrel", reference, _ => "/bare", _ => null),
                Get("one select", reference, i => $"/one/{callers[i % Callers].Id}", _ => null),
                Get("reference profile", reference, _ => "/profile", i => tokens[i % Callers]),
                Get("profile", api, _ => "/api/v1/auth/profile", i => callers[i % Callers].Token),
                Get("preferences", api, _ => "/api/v1/user-preferences", i => callers[i % Callers].Token),
                Get("reference history", reference, _ => "/history?page=1&limit=10", i => tokens[i % Callers]),
                Get("history", api, _ => "/api/v1/analyze/history?page=1&limit=10", i => callers[i % Callers].Token)
            )
        ).ToDictionary(outcome => outcome.Name, StringComparer.Ordinal);
        var one = outcomes["one select"];
        foreach (var outcome in outcomes.Values)
        {
            double? goal = outcome.Name switch
            {
                "profile" or "preferences" => 1.0,
                "history" => 0.7,
                _ => null,
            };
            var ratio = outcome.RatioTo(one);
            bench.Report.Add(
                new Figure(
                    "http",
                    $"{outcome.Name} (p95 {outcome.At(0.95):0.0} ms)",
                    outcome.Median,
                    "/s",
                    outcome.Spread,
                    goal is null ? null : FormattableString.Invariant($"≥ {goal:0.0} × one select"),
                    ratio,
                    goal is null ? null : ratio >= goal
                )
            );
        }

        bench.Report.Add(
            new Figure("http", "profile beside the reference's", outcomes["profile"].RatioTo(outcomes["reference profile"]), "×")
        );
        bench.Report.Add(
            new Figure("http", "history beside the reference's", outcomes["history"].RatioTo(outcomes["reference history"]), "×")
        );
        bench.Report.Add(
            new Figure(
                "http",
                "API resident after load",
                api.ResidentMegabytes,
                "MB",
                Goal: "≤ 200 MB",
                IsMet: api.ResidentMegabytes <= 200
            )
        );
        await MiddlewareAsync(bench, api, reference, callers[0]);
        await SubmitBench.MeasureAsync(bench, api, reference);
    }

    /// <summary>A database with a premium account per caller, the product's API and the reference on it.</summary>
    internal static async Task<(string Database, ServerProcess Api, ServerProcess Reference, Caller[] Callers)> StartAsync(Bench bench)
    {
        var database = await bench.NewDatabaseAsync();
        await Bench.ExecuteAsync(
            database,
            "CREATE TABLE reference_jobs (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid, url text, status text DEFAULT "
                + "'pending', created_at timestamptz DEFAULT now()); CREATE INDEX ON reference_jobs (user_id, status)"
        );
        var api = await bench.StartApiAsync(
            database,
            ("Jobs__UserDepth", "0"),
            ("Jobs__GlobalDepth", "0"),
            ("Jobs__DuplicateWindowSeconds", "0")
        );
        var reference = await bench.StartReferenceAsync(database);
        var callers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Bench.RegisterAsync(api.Url)));
        await Bench.ExecuteAsync(
            database,
            "INSERT INTO user_subscriptions (user_id, tier) SELECT id, 'premium' FROM profiles ON CONFLICT (user_id) DO UPDATE SET tier "
                + "= 'premium'; UPDATE subscription_limits SET video_analysis_limit = -1; ANALYZE"
        );
        return (database, api, reference, callers);
    }

    /// <summary>The reference's tokens of these callers.</summary>
    internal static async Task<string[]> TokensAsync(ServerProcess reference, Caller[] callers)
    {
        using var client = new HttpClient { BaseAddress = reference.Url };
        return await Task.WhenAll(callers.Select(caller => client.GetStringAsync(new Uri($"/token/{caller.Id}", UriKind.Relative))));
    }

    /// <summary>One connection: what the pipeline adds to a request that no endpoint answers.</summary>
    private static async Task MiddlewareAsync(Bench bench, ServerProcess api, ServerProcess reference, Caller caller)
    {
        var outcomes = await Turns.RunAsync(
            bench.Settings with
            {
                Clients = 1,
            },
            Get("bare", reference, _ => "/bare", _ => null),
            new Contestant("pipeline", Open(api, RawClient.Request(api.Url, "GET", "/api/v1/nothing-here", caller.Token), 404))
        );
        var added = outcomes[1].At(0.95) - outcomes[0].At(0.95);
        bench.Report.Add(new Figure("http", "middleware, p95 above bare Kestrel's", added, "ms", Goal: "≤ 1 ms", IsMet: added <= 1));
    }

    private static Contestant Get(string name, ServerProcess server, Func<int, string> path, Func<int, string?> token) =>
        new(name, i => Open(server, RawClient.Request(server.Url, "GET", path(i), token(i)), 200)(i));

    internal static Func<int, Task<Func<ValueTask>>> Open(ServerProcess server, byte[] request, int expected) =>
        async _ =>
        {
            var client = await RawClient.ConnectAsync(server.Url);
            return async () => await client.SendAsync(request, expected);
        };
}
