using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.AuthBenchmark;

/// <summary>Logins and refreshes per second over HTTP, and the cost of the access check in this process.</summary>
internal static class Rates
{
    public static async Task RunAsync(Rig rig, TimeSpan length)
    {
        var clients = Math.Max(4, Environment.ProcessorCount * 4);
        var callers = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => rig.RegisterAsync()));
        await RateAsync(rig, "logins", length, clients, i =>
            Rig.OkAsync(rig.Client.PostAsJsonAsync("/auth/login", new { email = callers[i].Email, password = Rig.Password }))
        );
        await RateAsync(rig, "refreshes", length, clients, async i =>
            callers[i].RefreshToken = (
                await Rig.OkAsync(rig.Client.PostAsJsonAsync("/auth/refresh", new { refreshToken = callers[i].RefreshToken }))
            )
                .GetProperty("refreshToken")
                .GetString()!
        );
        await CheckAsync(rig);
    }

    public static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];

    private static async Task RateAsync(Rig rig, string what, TimeSpan length, int clients, Func<int, Task> work)
    {
        // Long enough for the compiler to be done with the hot paths.
        await LoopAsync(TimeSpan.FromSeconds(3), clients, work);
        var api = rig.Apis[0].Process;
        api.Refresh();
        var cpu = api.TotalProcessorTime;
        var (times, total) = await LoopAsync(length, clients, work);
        api.Refresh();
        var share = (api.TotalProcessorTime - cpu).TotalSeconds / total;
        times.Sort();
        Console.WriteLine(
            $"{what}: {times.Count / total:0.0}/s with {clients} clients, p50 {At(times, 0.5):0.0} ms, p95 {At(times, 0.95):0.0} ms, p99 "
                + $"{At(times, 0.99):0.0} ms; the API used {share:0.00} cores; load {Rig.Load()}"
        );
    }

    private static async Task<(List<double> Times, double Seconds)> LoopAsync(TimeSpan length, int clients, Func<int, Task> work)
    {
        var times = new List<double>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(async i =>
                {
                    while (Stopwatch.GetElapsedTime(started) < length)
                    {
                        var one = Stopwatch.GetTimestamp();
                        await work(i);
                        lock (times)
                        {
                            times.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
                        }
                    }
                })
        );
        return (times, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task CheckAsync(Rig rig)
    {
        new ServiceCollection().AddDb();
        var options = Options.Create(
            new AccountOptions
            {
                JwtSecret = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(48)),
                AccessStateMaxAge = TimeSpan.FromMinutes(1),
            }
        );
        var tokens = new AccessTokens(options, new AccountKeys(options), TimeProvider.System);
        using var state = new AccessState(new Db(rig.Source), options, TimeProvider.System);
        await state.RefreshAsync(CancellationToken.None);
        var (token, _) = tokens.Issue(new AccessIdentity(Guid.CreateVersion7(), "bench@example.com", "user", Guid.CreateVersion7(), 0));
        var times = new List<double>(20_000);
        for (var i = 0; i < 25_000; i++)
        {
            var one = Stopwatch.GetTimestamp();
            var (identity, _) = await tokens.ReadAsync(token);
            if (state.Check(identity!) != AccessDecision.Granted)
            {
                throw new InvalidOperationException("The token is refused.");
            }

            if (i >= 5_000)
            {
                times.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds * 1000);
            }
        }

        times.Sort();
        Console.WriteLine(
            $"access check (signature, claims, revocation; no round trip): p50 {At(times, 0.5):0.0} µs, p99 {At(times, 0.99):0.0} µs; "
                + $"load {Rig.Load()}"
        );
    }
}
