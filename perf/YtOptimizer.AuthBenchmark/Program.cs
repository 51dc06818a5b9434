using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using YtOptimizer.AuthBenchmark;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

// Logins and refreshes against a running API, and the cost of the access check in this process.
//   dotnet run -c Release --project perf/YtOptimizer.AuthBenchmark -- <api address> <database connection string> [seconds]
var api = new Uri(args.ElementAtOrDefault(0) ?? throw new InvalidOperationException("The first argument is the API's address."));
var connectionString = args.ElementAtOrDefault(1) ?? throw new InvalidOperationException("The second argument is the database's connection string.");
var seconds = TimeSpan.FromSeconds(args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 10);
using var client = new HttpClient { BaseAddress = api };
var clients = Math.Max(4, Environment.ProcessorCount * 2);
const string Password = "tangerine-Ladder-41";

var accounts = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => RegisterAsync()));
await RateAsync("logins", async i => await OkAsync(client.PostAsJsonAsync("/auth/login", new { email = accounts[i].Email, password = Password })));
await RateAsync("refreshes", async i => accounts[i].RefreshToken = (await OkAsync(client.PostAsJsonAsync("/auth/refresh", new { refreshToken = accounts[i].RefreshToken }))).GetProperty("refreshToken").GetString()!);
await CheckAsync();

async Task<Load> RegisterAsync()
{
    var email = $"bench-{Guid.CreateVersion7():N}@example.com";
    var body = await OkAsync(client.PostAsJsonAsync("/auth/register", new { email, password = Password }));
    return new Load { Email = email, RefreshToken = body.GetProperty("refreshToken").GetString()! };
}

static async Task<JsonElement> OkAsync(Task<HttpResponseMessage> send)
{
    using var response = await send;
    response.EnsureSuccessStatusCode();
    return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
}

async Task RateAsync(string what, Func<int, Task> work)
{
    await Task.WhenAll(Enumerable.Range(0, clients).Select(work));
    var times = new List<double>();
    var started = Stopwatch.GetTimestamp();
    await Task.WhenAll(Enumerable.Range(0, clients).Select(async i =>
    {
        while (Stopwatch.GetElapsedTime(started) < seconds)
        {
            var one = Stopwatch.GetTimestamp();
            await work(i);
            lock (times)
            {
                times.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
            }
        }
    }));
    var total = Stopwatch.GetElapsedTime(started).TotalSeconds;
    times.Sort();
    Console.WriteLine($"{what}: {times.Count / total:0.0}/s with {clients} clients, p50 {At(times, 0.5):0.0} ms, p95 {At(times, 0.95):0.0} ms, p99 {At(times, 0.99):0.0} ms");
}

async Task CheckAsync()
{
    new ServiceCollection().AddDb();
    await using var source = NpgsqlDataSource.Create(connectionString);
    var options = Options.Create(new AccountOptions { JwtSecret = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(48)), AccessStateMaxAge = TimeSpan.FromMinutes(1) });
    var tokens = new AccessTokens(options, new AccountKeys(options), TimeProvider.System);
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
            times.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds * 1000);
        }
    }

    times.Sort();
    Console.WriteLine($"access check (signature, claims, revocation; no round trip): p50 {At(times, 0.5):0.0} µs, p99 {At(times, 0.99):0.0} µs");
}

static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];
