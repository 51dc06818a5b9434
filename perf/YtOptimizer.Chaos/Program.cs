using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Npgsql;
using YtOptimizer.Chaos;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Support.Servers;

// [--jobs 1000] [--kills 50] [--apis 2] [--workers 3] [--users 12] [--seed N] [--slowest-ms 1500] [--configuration debug] (Linux, macOS)
string Option(string name, string fallback) =>
    Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
int Number(string name, int fallback) =>
    int.Parse(Option(name, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
var (jobs, wantedKills, seed) = (Number("jobs", 1000), Number("kills", 50), Number("seed", RandomNumberGenerator.GetInt32(1_000_000)));
var root = Environment.CurrentDirectory;
var configuration = Option("configuration", "debug");
string Dll(string project) => Path.Combine(root, "artifacts", "bin", project, configuration, project + ".dll");

Console.WriteLine(
    $"seed {seed}: {jobs} jobs, {wantedKills} kills, {Number("apis", 2)} API processes, {Number("workers", 3)} workers, "
        + $"{Number("users", 12)} users; {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}"
);
var folder = Directory.CreateTempSubdirectory("yto-chaos-").FullName;
if (!OperatingSystem.IsWindows())
{
    File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
}

var password = RandomNumberGenerator.GetHexString(32);
await using var server = await PostgresServer.StartAsync(
    new ServerOptions(folder, null, password, ["-c", "max_connections=300"]),
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
await using (var witness = source.CreateCommand(Verdict.WitnessSql))
{
    await witness.ExecuteNonQueryAsync();
}

await using var upstream = await Upstream.StartAsync(seed, Number("slowest-ms", 1500));
var log = Path.Combine(folder, "processes.log");
var environment = new Dictionary<string, string>(StringComparer.Ordinal)
{
    ["ASPNETCORE_ENVIRONMENT"] = "Production",
    ["DOTNET_ENVIRONMENT"] = "Production",
    ["ConnectionStrings__ytoptimizer"] = database,
    ["JWT_SECRET"] = RandomNumberGenerator.GetHexString(64),
    ["FRONTEND_URL"] = "http://localhost:4200",
    ["BREACH_CHECK"] = "off",
    ["RATE_LIMIT_MAX"] = "1000000",
    ["AUTH_RATE_LIMIT_MAX"] = "1000000",
    ["YOUTUBE_API_KEY"] = "dummy-youtube-key",
    ["YOUTUBE_API_BASE_URL"] = upstream.Address + "/youtube/v3",
    ["YOUTUBE_OEMBED_URL"] = "",
    ["Jobs__Concurrency"] = Option("concurrency", "4"),
};
var apis = Enumerable
    .Range(1, Number("apis", 2))
    .Select(number =>
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        return (
            Url: url,
            Process: new Victim(
                $"api-{number}",
                Dll("YtOptimizer.Api"),
                new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = url },
                log
            )
        );
    })
    .ToArray();
var workers = Enumerable
    .Range(1, Number("workers", 3))
    .Select(number => new Victim($"worker-{number}", Dll("YtOptimizer.Worker"), environment, log + $".{number}"))
    .ToArray();
Victim[] all = [.. apis.Select(api => api.Process), .. workers];
Array.ForEach(all, victim => victim.Start());

using var clients = new Clients([.. apis.Select(api => api.Url)], source, seed);
var tokens = new List<string>();
for (var number = 0; number < Number("users", 12); number++)
{
    tokens.Add(await clients.RegisterAsync(number));
}

var reclaims = new Reclaims(source);
using var stop = new CancellationTokenSource();
var watching = reclaims.WatchAsync(stop.Token);
var submitting = Task.WhenAll(tokens.Select(token => clients.SubmitAsync(token, jobs, stop.Token)));
var clock = Stopwatch.StartNew();
var dice = new Random(seed);
var healing = new List<Task>();
var (kills, freezes, stops, orphaned) = (0, 0, 0, 0);
while (kills < wantedKills || !submitting.IsCompleted)
{
    await Task.Delay(dice.Next(500, 2000));
    var roll = dice.Next(100);
    Victim[] targets = [.. (roll < 80 ? workers : apis.Select(api => api.Process)).Where(victim => victim.IsRunning)];
    var target = targets.Length == 0 ? null : targets[dice.Next(targets.Length)];
    // Somebody must be left to take over: with no worker alive only the start of one is measured.
    if (target is null || !workers.Any(worker => worker != target && worker.IsAtWork))
    {
        continue;
    }

    var pause = TimeSpan.FromMilliseconds(dice.Next(100, 1500));
    var now = Stopwatch.GetTimestamp();
    var processId = target.ProcessId;
    if (roll is < 55 or >= 80)
    {
        target.Kill();
        kills++;
        orphaned += await reclaims.OrphanAsync(processId, now);
        healing.Add(HealAsync(target, pause));
    }
    else if (roll < 72)
    {
        freezes++;
        target.IsFrozen = true;
        await target.SignalAsync("STOP");
        orphaned += await reclaims.OrphanAsync(processId, now);
        healing.Add(ThawAsync(target, TimeSpan.FromSeconds(dice.Next(12, 25))));
    }
    else
    {
        stops++;
        await target.SignalAsync("TERM");
        healing.Add(HealAsync(target, pause));
    }

    if (submitting.IsFaulted || clock.Elapsed > TimeSpan.FromMinutes(Number("minutes", 9)))
    {
        break;
    }
}

await Task.WhenAll(healing);
await submitting;
var drain = Stopwatch.StartNew();
while (
    drain.Elapsed < TimeSpan.FromMinutes(2)
    && await Verdict.CountAsync(source, "SELECT count(*) FROM job_queue WHERE status IN ('pending', 'processing')") > 0
)
{
    await Task.Delay(200);
}

await stop.CancelAsync();
await watching;
if (File.Exists("/proc/loadavg"))
{
    Console.WriteLine($"load averages at the end: {await File.ReadAllTextAsync("/proc/loadavg")}".TrimEnd());
}

Console.WriteLine(
    $"{clock.Elapsed.TotalSeconds:F0} s: {clients.Promised.Count} jobs promised, {kills} kills, {freezes} freezes, {stops} stops, "
        + $"{clients.Resubmissions} requests sent again"
);
var times = reclaims.Seconds.Order().ToArray();
if (times.Length > 0)
{
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"kill or freeze to claim by another worker ({times.Length} of {orphaned} running jobs; the others had just ended): p50 "
                + $"{times[times.Length / 2]:F1} s, p95 {times[(int)(times.Length * 0.95)]:F1} s, max {times[^1]:F1} s"
        )
    );
}

var isClean = await Verdict.PrintAsync(source, clients);
Console.WriteLine(isClean ? "CLEAN" : $"NOT CLEAN, logs in {folder}");
Array.ForEach(all, victim => victim.Dispose());
NpgsqlConnection.ClearAllPools();
await server.DisposeAsync();
if (isClean)
{
    Directory.Delete(folder, recursive: true);
}

return isClean ? 0 : 1;

async Task HealAsync(Victim victim, TimeSpan pause)
{
    await victim.ExitAsync();
    await Task.Delay(pause);
    victim.Start();
}

async Task ThawAsync(Victim victim, TimeSpan after)
{
    await Task.Delay(after);
    if (!victim.IsFrozen)
    {
        // Killed while it was frozen, and started again.
        return;
    }

    victim.IsFrozen = false;
    await victim.SignalAsync("CONT");
}
