using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using YtOptimizer.Chaos;

namespace YtOptimizer.RollingRestart;

/// <summary>The processes of the product, as they run in production: every setting that is not named here has its default.</summary>
internal sealed class Fleet : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly Func<string, string> dll;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly string log;
    private bool disposed;

    public Fleet(Func<string, string> dll, string database, string upstream, string log, int apis, int workers, IEnumerable<string> more)
    {
        (this.dll, this.log) = (dll, log);
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__ytoptimizer"] = database,
            ["JWT_SECRET"] = RandomNumberGenerator.GetHexString(64),
            ["JWT_ACCESS_TTL"] = "2h",
            ["FRONTEND_URL"] = "http://localhost:4200",
            ["BREACH_CHECK"] = "off",
            // All requests come from one address.
            ["TRUSTED_PROXIES"] = "127.0.0.1",
            ["RATE_LIMIT_MAX"] = "10000000",
            ["AUTH_RATE_LIMIT_MAX"] = "1000000",
            ["RATE_LIMIT_REALTIME"] = "1000000/1m",
            ["YOUTUBE_API_KEY"] = "dummy-youtube-key",
            ["YOUTUBE_API_BASE_URL"] = upstream + "/youtube/v3",
            ["YOUTUBE_OEMBED_URL"] = "",
        };
        foreach (var setting in more.Select(pair => pair.Split('=', 2)))
        {
            all[setting[0]] = setting[1];
        }

        settings = all;
        Apis = [.. Enumerable.Range(1, apis).Select(number => Api($"api-{number}"))];
        Workers = [.. Enumerable.Range(1, workers).Select(number => Worker($"worker-{number}"))];
    }

    public IReadOnlyList<(string Url, Victim Process)> Apis { get; }

    public IReadOnlyList<(string Url, Victim Process)> Workers { get; }

    public async Task StartAsync()
    {
        foreach (var (url, process) in Apis.Concat(Workers))
        {
            process.Start();
            await ReadyAsync(url);
        }
    }

    /// <summary>What an orchestrator does: tells it to stop, waits for the end, starts it again, waits until it is ready.</summary>
    /// <returns>Seconds from the signal to the end.</returns>
    public async Task<double> RestartAsync((string Url, Victim Process) one)
    {
        var started = TimeProvider.System.GetTimestamp();
        await one.Process.SignalAsync("TERM");
        await one.Process.ExitAsync();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        one.Process.Start();
        await ReadyAsync(one.Url);
        return seconds;
    }

    /// <summary>Ends what still runs; a second call does nothing.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            foreach (var (_, process) in Apis.Concat(Workers))
            {
                process.Dispose();
            }

            http.Dispose();
        }
    }

    private async Task ReadyAsync(string url)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(url + "/health/readiness"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"{url} was not ready within a minute; see {log}");
    }

    private (string Url, Victim Process) Api(string name) => New(name, "YtOptimizer.Api");

    private (string Url, Victim Process) Worker(string name) => New(name, "YtOptimizer.Worker");

    private (string Url, Victim Process) New(string name, string project)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var own = new Dictionary<string, string>(settings, StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = url };
        return (url, new Victim(name, dll(project), own, $"{log}.{name}"));
    }
}
