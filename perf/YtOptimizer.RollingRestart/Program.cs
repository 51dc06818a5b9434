using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using YtOptimizer.Chaos;
using YtOptimizer.Core.Migrations;
using YtOptimizer.RollingRestart;
using YtOptimizer.Tests.Support.Servers;

// [--rolls 20] [--rate 200] [--submit-every 100] [--seconds 0] [--users 12] [--apis 3] [--workers 3] [--configuration release]
// [--setting NAME=value] … (Linux, macOS)
string Option(string name, string fallback) =>
    Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
int Number(string name, int fallback) =>
    int.Parse(Option(name, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
string Load1() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";

var (rolls, rate, users) = (Number("rolls", 20), Number("rate", 200), Number("users", 12));
var (root, configuration) = (Environment.CurrentDirectory, Option("configuration", "release"));
var folder = Directory.CreateTempSubdirectory("yto-rolling-").FullName;
if (!OperatingSystem.IsWindows())
{
    File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
}

Console.WriteLine(
    $"{rolls} rolling restarts, {rate} requests/s, {Number("apis", 3)} APIs, {Number("workers", 3)} workers, {users} users with "
        + $"a stream and a socket each; {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, load {Load1()}"
);
var password = RandomNumberGenerator.GetHexString(32);
await using var server = await PostgresServer.StartAsync(
    new ServerOptions(folder, null, password, ["-c", "max_connections=400"]),
    new Progress<string>(),
    _ => { },
    CancellationToken.None
);
var database = new NpgsqlConnectionStringBuilder
{
    Host = server.Host,
    Port = server.Port,
    Username = "postgres",
    Password = password,
    Database = "postgres",
}.ConnectionString;
await using var source = NpgsqlDataSource.Create(database);
await Migrator.PushAsync(source, Path.Combine(root, "supabase"), CancellationToken.None);
await using var upstream = await Upstream.StartAsync(1, 400);
using var fleet = new Fleet(
    project => Path.Combine(root, "artifacts", "bin", project, configuration, project + ".dll"),
    database,
    upstream.Address,
    Path.Combine(folder, "log"),
    Number("apis", 3),
    Number("workers", 3),
    args.Select((value, at) => (value, at)).Where(arg => arg.at > 0 && args[arg.at - 1] == "--setting").Select(arg => arg.value)
);
await fleet.StartAsync();
await using var proxy = await Proxy.StartAsync([.. fleet.Apis.Select(api => api.Url)]);
using var http = new HttpClient { BaseAddress = proxy.Address, Timeout = Timeout.InfiniteTimeSpan };
var tokens = new List<string>();
for (var user = 0; user < users; user++)
{
    tokens.Add(await RegisterAsync($"rolling-{user}@example.com"));
}

using var stop = new CancellationTokenSource();
using var hangUp = new CancellationTokenSource();
List<Listener> listeners =
[
    .. tokens.Select((token, user) => new StreamListener(http, token, user)),
    .. tokens.Select((token, user) => new SocketListener(proxy.Address, token, user)),
];
var listening = Task.WhenAll(listeners.Select(listener => listener.RunAsync(hangUp.Token)));
using var load = new Load(proxy.Address, tokens, rate, Number("submit-every", 100));
var sending = load.RunAsync(stop.Token);
await Task.Delay(TimeSpan.FromSeconds(3));

var before = await Writes.ReadAsync(source);
var (jobsBefore, sentBefore) = (load.Promised.Count, load.Sent);
var clock = Stopwatch.StartNew();

// Without restarts: what the load alone costs the database.
await Task.Delay(TimeSpan.FromSeconds(Number("seconds", 0)));
var (apiStops, workerStops) = (new List<double>(), new List<double>());
for (var roll = 1; roll <= rolls; roll++)
{
    // APIs one after the other, workers meanwhile likewise, as two deployments of one release are rolled out.
    await Task.WhenAll(RollApisAsync(), RollWorkersAsync());
    Console.WriteLine(
        $"roll {roll}: {clock.Elapsed.TotalSeconds:F0} s, {load.Sent} requests, {load.Failures.Values.Sum()} failed, "
            + $"{load.Promised.Count} jobs, load {Load1()}"
    );
}

var written = (await Writes.ReadAsync(source)).Since(before);
Console.WriteLine(written.Per(clock.Elapsed, load.Sent - sentBefore, load.Promised.Count - jobsBefore));
await stop.CancelAsync();
await sending;
var measured = clock.Elapsed;
await UntilAsync(TimeSpan.FromMinutes(2), async () => await CountAsync("status IN ('pending', 'processing')") == 0);
await UntilAsync(TimeSpan.FromSeconds(30), () => Task.FromResult(Lost() == 0));
var unfinished = await CountAsync("status <> 'completed'");
await hangUp.CancelAsync();
await listening;

Console.WriteLine(
    $"{measured.TotalSeconds:F0} s, {load.Sent} requests ({load.Sent / measured.TotalSeconds:F0}/s), p50 {load.Percentile(0.5):F1} ms, "
        + $"p99 {load.Percentile(0.99):F0} ms, max {load.Percentile(1):F0} ms"
);
Console.WriteLine(
    $"{apiStops.Count} API restarts (stop took at most {apiStops.DefaultIfEmpty().Max():F1} s), {workerStops.Count} worker restarts (at "
        + $"most {workerStops.DefaultIfEmpty().Max():F1} s)"
);
Console.WriteLine(
    $"{load.Promised.Count} jobs, {unfinished} not completed; {listeners.Sum(l => l.Reconnects)} reconnects of {listeners.Count} "
        + $"listeners ({listeners.Sum(l => l.Refused)} refused), {load.Promised.Count * 2} completions to hear"
);
Console.WriteLine($"failed requests: {load.Failures.Values.Sum()}; lost events: {Lost()}");
foreach (var (failure, count) in load.Failures.OrderByDescending(failure => failure.Value).Take(20))
{
    Console.WriteLine($"  {count} x {failure}");
}

// A refused connection ends an EventSource for good, so it counts.
var isClean = load.Failures.IsEmpty && Lost() == 0 && unfinished == 0 && listeners.All(listener => listener.Refused == 0);
Console.WriteLine(isClean ? "CLEAN" : $"NOT CLEAN, logs in {folder}");
fleet.Dispose();
NpgsqlConnection.ClearAllPools();
await server.DisposeAsync();
if (isClean)
{
    Directory.Delete(folder, recursive: true);
}

return isClean ? 0 : 1;

int Lost() => listeners.Sum(listener => load.Promised.Count(job => job.Value == listener.User && !listener.Knows(job.Key)));

async Task RollApisAsync()
{
    foreach (var api in fleet.Apis)
    {
        apiStops.Add(await fleet.RestartAsync(api));
        await UntilAsync(TimeSpan.FromSeconds(30), () => Task.FromResult(proxy.Sends(api.Url)));
    }
}

async Task RollWorkersAsync()
{
    foreach (var worker in fleet.Workers)
    {
        workerStops.Add(await fleet.RestartAsync(worker));
    }
}

async Task<string> RegisterAsync(string email)
{
    using var answer = await http.PostAsJsonAsync(
        "/api/v1/auth/register",
        new
        {
            email,
            password = "tangerine-Ladder-41",
            name = "Rolling",
        }
    );
    answer.EnsureSuccessStatusCode();
    await using var command = source.CreateCommand(
        "INSERT INTO user_subscriptions (user_id, tier) SELECT id, 'premium' FROM profiles WHERE email = $1 ON CONFLICT (user_id) DO "
            + "UPDATE SET tier = 'premium'"
    );
    command.Parameters.AddWithValue(email);
    await command.ExecuteNonQueryAsync();
    return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
}

async Task<long> CountAsync(string where)
{
    await using var command = source.CreateCommand("SELECT count(*) FROM job_queue WHERE " + where);
    return (long)(await command.ExecuteScalarAsync())!;
}

static async Task UntilAsync(TimeSpan limit, Func<Task<bool>> condition)
{
    var started = TimeProvider.System.GetTimestamp();
    while (TimeProvider.System.GetElapsedTime(started) < limit && !await condition())
    {
        await Task.Delay(100);
    }
}
