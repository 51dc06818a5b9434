using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace YtOptimizer.AuthBenchmark;

/// <summary>An even load for a long time: whether memory of API and worker grows once they are warm, and what is refused.</summary>
internal static class Soak
{
    private const int PerSecond = 25;

    private const string MemorySql = """
        SELECT DISTINCT ON (service) service, (rss_bytes / 1048576.0)::float8 AS rss, (heap_bytes / 1048576.0)::float8 AS heap
        FROM metric_windows ORDER BY service, taken_at DESC
        """;

    private static readonly string Talk = string.Concat(Enumerable.Repeat("We bake the bread and then we fold the dough. ", 60));

    private static readonly ConcurrentDictionary<string, string> Tokens = new(StringComparer.Ordinal);

    private sealed record Sample(string Service, double Minute, double RssMegabytes, double HeapMegabytes);

    public static async Task RunAsync(Rig rig, TimeSpan length)
    {
        // One after the other: a burst would be told to come back later.
        var callers = new List<Caller>();
        for (var i = 0; i < 20; i++)
        {
            callers.Add(await rig.RegisterAsync());
        }

        // The plan's monthly limit would end the worker's part after a few requests.
        await rig.ExecuteAsync(
            "UPDATE user_subscriptions SET tier = 'premium'; "
                + "UPDATE subscription_limits SET video_analysis_limit = -1 WHERE tier = 'premium'"
        );
        var watch = Stopwatch.StartNew();
        var samples = new List<Sample>();
        var answers = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var sent = 0;
        var under = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1000.0 / PerSecond));
        var next = TimeSpan.FromSeconds(30);
        while (watch.Elapsed < length && await timer.WaitForNextTickAsync())
        {
            under.Add(OneAsync(rig, callers[sent / 20 % callers.Count], sent++, answers));
            under.RemoveAll(task => task.IsCompleted);
            if (watch.Elapsed >= next)
            {
                next += TimeSpan.FromSeconds(30);
                foreach (var sample in await MemoryAsync(rig, watch.Elapsed.TotalMinutes))
                {
                    samples.Add(sample);
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"soak: minute {sample.Minute:0.0} {sample.Service} rss {sample.RssMegabytes:0} MB heap "
                                + $"{sample.HeapMegabytes:0} MB, {sent} sent, {under.Count} under way, load {Rig.Load()}"
                        )
                    );
                }
            }
        }

        await Task.WhenAll(under);
        foreach (var (answer, count) in answers.ToList().OrderByDescending(pair => pair.Value))
        {
            Console.WriteLine($"soak: {count} x {answer}");
        }

        foreach (
            var service in samples
                .Where(sample => sample.Minute >= length.TotalMinutes / 2)
                .GroupBy(sample => sample.Service, StringComparer.Ordinal)
        )
        {
            var warm = service.ToList();
            var (rss, heap) = (Slope(warm, sample => sample.RssMegabytes), Slope(warm, sample => sample.HeapMegabytes));
            Console.WriteLine(
                FormattableString.Invariant($"soak: {service.Key}, second half, slope of rss {rss:0.00} MB/min, of heap {heap:0.00} MB/min")
            );
        }
    }

    // Of twenty requests two sign in, one has a text analysed at once and one by the worker, two ask for what does not exist, the
    // others read.
    private static async Task OneAsync(Rig rig, Caller caller, int i, ConcurrentDictionary<string, int> answers)
    {
        var path = (i % 20) switch
        {
            0 or 10 => "/auth/login",
            1 or 11 => "/no/such/path/" + i.ToString(CultureInfo.InvariantCulture),
            2 or 12 => "/auth/sessions",
            3 or 13 => "/api/v1/analyze/history",
            4 => "/api/v1/ai/analyze/text",
            14 => "/api/v1/analyze/transcript",
            _ => "/auth/profile",
        };
        using var request = new HttpRequestMessage(
            path is "/auth/login"
            || path.Contains("/analyze/t", StringComparison.Ordinal)
            || path.EndsWith("/text", StringComparison.Ordinal)
                ? HttpMethod.Post
                : HttpMethod.Get,
            path
        );
        if (request.Method == HttpMethod.Post)
        {
            request.Content = path is "/auth/login"
                ? JsonContent.Create(new { email = caller.Email, password = Rig.Password })
                : JsonContent.Create(new { transcript = $"Talk {i}. {Talk}" });
        }

        request.Headers.Authorization = path is "/auth/login"
            ? null
            : new("Bearer", Tokens.GetValueOrDefault(caller.Email, caller.AccessToken));
        var kind = path.StartsWith("/no/", StringComparison.Ordinal) ? "/no/such/path" : path;
        try
        {
            using var response = await rig.Client.SendAsync(request);
            if (path is "/auth/login" && response.IsSuccessStatusCode)
            {
                // Access tokens last a quarter of an hour.
                Tokens[caller.Email] = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
            }

            var code = "";
            if ((int)response.StatusCode >= 500)
            {
                var told = await response.Content.ReadAsStringAsync();
                code = $" Retry-After {response.Headers.RetryAfter?.ToString() ?? "none"} {told[..Math.Min(told.Length, 200)]}";
            }

            Add(answers, $"{(int)response.StatusCode} {request.Method} {kind}{code}");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            Add(answers, $"{failure.GetType().Name} {request.Method} {kind}");
        }
    }

    private static void Add(ConcurrentDictionary<string, int> answers, string answer) =>
        answers.AddOrUpdate(answer, 1, (_, count) => count + 1);

    private static async Task<List<Sample>> MemoryAsync(Rig rig, double minute)
    {
        await using var command = rig.Source.CreateCommand(MemorySql);
        await using var reader = await command.ExecuteReaderAsync();
        var samples = new List<Sample>();
        while (await reader.ReadAsync())
        {
            samples.Add(new Sample(reader.GetString(0), minute, reader.GetDouble(1), reader.GetDouble(2)));
        }

        return samples;
    }

    private static double Slope(List<Sample> samples, Func<Sample, double> value)
    {
        var (x, y) = (samples.Average(s => s.Minute), samples.Average(value));
        return samples.Sum(s => (s.Minute - x) * (value(s) - y)) / samples.Sum(s => (s.Minute - x) * (s.Minute - x));
    }
}
