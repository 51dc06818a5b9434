using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Npgsql;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.Tests.Support.Servers;
using YtOptimizer.QueueBench;

// [--jobs 10000] [--seconds 15] [--concurrency 64] [--hangfire-workers 20] [--only ours|hangfire|backlog] [--supabase supabase]
string Option(string name, string fallback) => Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
int Number(string name, int fallback) => int.Parse(Option(name, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
var (jobs, seconds) = (Number("jobs", 10_000), Number("seconds", 15));
var only = Option("only", "both");

// Hangfire's calls block threads; neither side is to wait for the pool to grow.
ThreadPool.SetMinThreads(100, 100);
var folder = Directory.CreateTempSubdirectory("yto-queue-bench-").FullName;
if (!OperatingSystem.IsWindows())
{
    File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
}

var password = RandomNumberGenerator.GetHexString(32);
string[] settings = ["-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "shared_buffers=256MB", "-c", "max_wal_size=2GB", "-c", "max_connections=200"];
await using var server = await PostgresServer.StartAsync(new ServerOptions(folder, null, password, settings), new Progress<string>(), _ => { }, CancellationToken.None);
Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, PostgreSQL {server.Source}");
Console.WriteLine($"PostgreSQL: {string.Join(' ', settings.Where(setting => setting != "-c"))}");
Console.WriteLine($"32 producers in the process of the consumers; burn-down of {jobs} jobs; steady {seconds} s after 5 s of warm-up, at most 2,000 waiting; pickup {seconds} s at 100 jobs/s, from the call of enqueue to the first line of the job");

if (only == "backlog")
{
    var address = await NewDatabaseAsync("backlog");
    await using var queue = await OurQueue.CreateAsync(address, Option("supabase", "supabase"), Number("concurrency", 64));
    Console.WriteLine($"{queue.Name}: {queue.Settings}");
    await Backlog.RunAsync(queue, address, seconds);
    await queue.StopConsumersAsync();
}

var all = new List<(IQueue Queue, Figures Figures)>();
foreach (var name in (string[])["ours", "hangfire"])
{
    if (only is not "both" && only != name)
    {
        continue;
    }

    var connectionString = await NewDatabaseAsync(name);
    await using IQueue queue = name == "ours"
        ? await OurQueue.CreateAsync(connectionString, Option("supabase", "supabase"), Number("concurrency", 64))
        : new HangfireQueue(connectionString, Number("hangfire-workers", 20));
    Console.WriteLine($"{queue.Name}: {queue.Settings}");
    all.Add((queue, await Measure.RunAsync(queue, jobs, seconds, seconds)));
    Console.WriteLine($"{queue.Name}: {all[^1].Figures}");
}

if (all.Count > 0)
{
    Console.WriteLine();
    Console.WriteLine("| queue | produced/s | burn-down/s | steady/s | pickup p50 ms | p95 ms | p99 ms |");
    Console.WriteLine("|---|---|---|---|---|---|---|");
}

foreach (var (queue, figures) in all)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {queue.Name} | {figures.Produced:F0} | {figures.BurnDown:F0} | {figures.Steady:F0} | {figures.P50:F1} | {figures.P95:F1} | {figures.P99:F1} |"));
}

if (all.Count == 2)
{
    var (ours, theirs) = (all[0].Figures, all[1].Figures);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| ratio | {ours.Produced / theirs.Produced:F1} | {ours.BurnDown / theirs.BurnDown:F1} | {ours.Steady / theirs.Steady:F1} | {ours.P50 / theirs.P50:F2} | {ours.P95 / theirs.P95:F2} | {ours.P99 / theirs.P99:F2} |"));
}

NpgsqlConnection.ClearAllPools();
await server.DisposeAsync();
Directory.Delete(folder, recursive: true);

async Task<string> NewDatabaseAsync(string name)
{
    var administration = new NpgsqlConnectionStringBuilder { Host = server.Host, Port = server.Port, Username = "postgres", Password = password, Database = "postgres" };
    await using var connection = new NpgsqlConnection(administration.ConnectionString);
    await connection.OpenAsync();
    await using var command = new NpgsqlCommand($"CREATE DATABASE bench_{name}", connection);
    await command.ExecuteNonQueryAsync();
    administration.Database = "bench_" + name;
    return administration.ConnectionString;
}
