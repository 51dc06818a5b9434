using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using NSec.Cryptography;
using YtOptimizer.Benchmarks.Rig;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Benchmarks.Measures;

/// <summary>Logins beside the bare hash, refreshes, and the cost of the access check.</summary>
internal static class AuthBench
{
    public static async Task RunAsync(Bench bench)
    {
        var database = await bench.NewDatabaseAsync();
        var api = await bench.StartApiAsync(database);
        var callers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Bench.RegisterAsync(api.Url)));
        var outcomes = await Turns.RunAsync(
            bench.Settings with
            {
                Clients = 8,
            },
            new Contestant("bare Argon2id", _ => Task.FromResult<Func<ValueTask>>(() => new ValueTask(Task.Run(Hash)))),
            new Contestant("login", async i =>
            {
                var client = await RawClient.ConnectAsync(api.Url);
                var request = RawClient.Request(
                    api.Url,
                    "POST",
                    "/api/v1/auth/login",
                    null,
                    JsonSerializer.Serialize(new { email = callers[i % 16].Email, password = Bench.Password })
                );
                return async () => await client.SendAsync(request);
            })
        );
        bench.Report.Add(new Figure("auth", "bare Argon2id, 47,104 KiB, 1 pass", outcomes[0].Median, "/s", outcomes[0].Spread));
        bench.Report.Add(
            new Figure(
                "auth",
                "login",
                outcomes[1].Median,
                "/s",
                outcomes[1].Spread,
                "≥ 15/s per core",
                outcomes[1].RatioTo(outcomes[0]),
                outcomes[1].Median >= 15 * Environment.ProcessorCount
            )
        );
        await RefreshAsync(bench, api, callers);
        await CheckAsync(bench, database);
    }

    private static void Hash()
    {
        var argon = new Argon2id(
            new Argon2Parameters
            {
                DegreeOfParallelism = 1,
                MemorySize = 47_104,
                NumberOfPasses = 1,
            }
        );
        argon.DeriveBytes(Encoding.UTF8.GetBytes(Bench.Password), new byte[16], 32);
    }

    private static async Task RefreshAsync(Bench bench, ServerProcess api, Caller[] callers)
    {
        var outcome = (await Turns.RunAsync(bench.Settings with { Clients = 16 }, new Contestant("refresh", async i =>
                {
                    using var http = new HttpClient { BaseAddress = api.Url };
                    var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = api.Url };
                    var token = callers[i].RefreshToken;
                    return async () =>
                    {
                        using var content = new StringContent(
                            JsonSerializer.Serialize(new { refreshToken = token }),
                            Encoding.UTF8,
                            "application/json"
                        );
                        using var response = await client.PostAsync(new Uri("/api/v1/auth/refresh", UriKind.Relative), content);
                        token = JsonSerializer
                            .Deserialize<JsonElement>(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())
                            .GetProperty("refreshToken")
                            .GetString()!;
                    };
                })))[0];
        bench.Report.Add(
            new Figure(
                "auth",
                $"refresh, rotated and committed (p99 {outcome.At(0.99):0.0} ms)",
                outcome.Median,
                "/s",
                outcome.Spread,
                "≥ 500/s per core",
                IsMet: outcome.Median >= 500 * Environment.ProcessorCount
            )
        );
    }

    private static async Task CheckAsync(Bench bench, string database)
    {
        new ServiceCollection().AddDb();
        var options = Options.Create(
            new AccountOptions
            {
                JwtSecret = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(48)),
                AccessStateMaxAge = TimeSpan.FromMinutes(5),
            }
        );
        var tokens = new AccessTokens(options, new AccountKeys(options), TimeProvider.System);
        await using var source = NpgsqlDataSource.Create(database);
        using var state = new AccessState(new Db(source), options, TimeProvider.System);
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
                times.Add(Stopwatch.GetElapsedTime(one).TotalMicroseconds);
            }
        }

        double[] sorted = [.. times.Order()];
        bench.Report.Add(
            new Figure(
                "auth",
                $"access check: signature, claims, revocation (p50 {Outcome.Quantile(sorted, 0.5):0.0} µs), p99",
                Outcome.Quantile(sorted, 0.99),
                "µs",
                Goal: "≤ 200 µs",
                IsMet: Outcome.Quantile(sorted, 0.99) <= 200
            )
        );
    }
}
