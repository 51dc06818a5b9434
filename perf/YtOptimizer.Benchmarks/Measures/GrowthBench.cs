using YtOptimizer.Benchmarks.Http;
using YtOptimizer.Benchmarks.Rig;

namespace YtOptimizer.Benchmarks.Measures;

/// <summary>The everyday requests over tables of 10³, 10⁵ and 10⁶ rows: they should not notice.</summary>
internal static class GrowthBench
{
    private static readonly int[] Sizes = [1_000, 100_000, 1_000_000];

    // Thirty audits for each user, finished jobs for each audit.
    private static string FillSql(int size) =>
        FormattableString.Invariant(
            $"""
            ALTER TABLE profiles DISABLE TRIGGER USER; ALTER TABLE audits DISABLE TRIGGER USER; ALTER TABLE job_queue DISABLE TRIGGER USER;
            INSERT INTO profiles (id, email) SELECT gen_random_uuid(), 'filler' || i || '@example.com'
                FROM generate_series(1, {size} / 30) i;
            INSERT INTO audits (user_id, video_url, video_title, created_at)
            SELECT p.id, 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'A title', now() - j * interval '1 minute' FROM profiles p,
                generate_series(1, 30) j WHERE p.email LIKE 'filler%';
            INSERT INTO job_queue (user_id, job_type, status, completed_at, created_at, scheduled_at)
            SELECT p.id, 'noop', 'completed', now() - j * interval '1 minute', now() - j * interval '1 minute',
                now() - j * interval '1 minute' FROM profiles p, generate_series(1, 30) j WHERE p.email LIKE 'filler%';
            ALTER TABLE profiles ENABLE TRIGGER USER; ALTER TABLE audits ENABLE TRIGGER USER; ALTER TABLE job_queue ENABLE TRIGGER USER;
            """
        );

    public static async Task RunAsync(Bench bench)
    {
        var apis = new List<(int Size, ServerProcess Api, Caller[] Callers)>();
        foreach (var size in Sizes)
        {
            var database = await bench.NewDatabaseAsync();
            var api = await bench.StartApiAsync(database);
            Caller[] callers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Bench.RegisterAsync(api.Url)));
            await Bench.ExecuteAsync(database, HttpBench.AuditsSql(30));
            await Bench.ExecuteAsync(database, FillSql(size), 900);
            await Bench.ExecuteAsync(database, "VACUUM ANALYZE", 900);
            apis.Add((size, api, callers));
        }

        foreach (
            var (name, path) in ((string, string)[])
                [
                    ("profile", "/api/v1/auth/profile"),
                    ("history", "/api/v1/analyze/history?page=1&limit=10"),
                    ("jobs", "/api/v1/analyze/jobs"),
                ]
        )
        {
            var outcomes = await Turns.RunAsync(
                bench.Settings with
                {
                    Clients = 4,
                },
                [.. apis.Select(entry => new Contestant($"{name} at {entry.Size:#,0}", async i =>
                    {
                        var client = await RawClient.ConnectAsync(entry.Api.Url);
                        var request = RawClient.Request(entry.Api.Url, "GET", path, entry.Callers[i % 4].Token);
                        return async () => await client.SendAsync(request);
                    }))]
            );
            foreach (var outcome in outcomes)
            {
                var ratio = outcome.RatioTo(outcomes[0]);
                bench.Report.Add(
                    new Figure(
                        "growth",
                        $"{outcome.Name} audits and jobs",
                        outcome.Median,
                        "/s",
                        outcome.Spread,
                        "≥ 0.8 × 1,000",
                        ratio,
                        ratio >= 0.8
                    )
                );
            }
        }

        foreach (var (_, api, _) in apis)
        {
            await api.DisposeAsync();
        }
    }
}
