using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace YtOptimizer.AuthBenchmark;

/// <summary>Many logins at once: what the process grows by, how health and other endpoints fare meanwhile, and what the refused are
/// told.</summary>
internal static class Flood
{
    public static async Task RunAsync(Rig rig, int logins)
    {
        var caller = await rig.RegisterAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.RegisterAsync()));
        var process = rig.Apis[0].Process;
        process.Refresh();
        var before = process.WorkingSet64;
        var peak = before;
        using var probes = new HttpClient { BaseAddress = rig.Client.BaseAddress };
        probes.DefaultRequestHeaders.Authorization = new("Bearer", caller.AccessToken);
        var flood = Task.WhenAll(
            Enumerable
                .Range(0, logins)
                .Select(async i =>
                {
                    using var response = await rig.Client.PostAsJsonAsync(
                        "/auth/login",
                        new { email = $"flood-{i}@example.com", password = "wrong-Password-1" }
                    );
                    return (response.StatusCode, RetryAfter: response.Headers.RetryAfter is not null);
                })
        );
        List<double> health = [],
            profile = [];
        while (!flood.IsCompleted)
        {
            health.Add(await TimeAsync(probes, "/health/liveness"));
            profile.Add(await TimeAsync(probes, "/api/v1/auth/profile"));
            process.Refresh();
            peak = Math.Max(peak, process.WorkingSet64);
            await Task.Delay(20);
        }

        health.Sort();
        profile.Sort();
        var answers = await flood;
        Console.WriteLine(
            $"flood of {logins} logins: {answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized)} checked, "
                + $"{answers.Count(a => a is { StatusCode: HttpStatusCode.ServiceUnavailable, RetryAfter: true })} told 503 with "
                + $"Retry-After, "
                + $"{answers.Count(a => a.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.ServiceUnavailable))} others; "
                + $"memory +{(peak - before) / 1048576.0:0} MiB (goal ≤ {(Environment.ProcessorCount * 47) + 50}); "
                + $"liveness p95 {Rates.At(health, 0.95):0.0} ms, profile p95 {Rates.At(profile, 0.95):0.0} ms of {health.Count} probes; "
                + $"load {Rig.Load()}"
        );
    }

    private static async Task<double> TimeAsync(HttpClient client, string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        response.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
