extern alias api;

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ApiProgram = api::Program;

namespace YtOptimizer.Tests.Support;

/// <summary>Several real API processes over one database, each on a port of its own, as they run in production.</summary>
public sealed class ApiProcesses : IAsyncDisposable
{
    private static int lastPort = Environment.ProcessId * 97 % 10000;
    private readonly List<Process> processes = [];
    private readonly List<StringBuilder> logs = [];
    private readonly TestDatabase database;

    private ApiProcesses(TestDatabase database) => this.database = database;

    /// <summary>One anonymous client per process.</summary>
    public List<HttpClient> Clients { get; } = [];

    public string JwtSecret { get; } = Tokens.NewSecret();

    public static async Task<ApiProcesses> StartAsync(
        int count,
        TestDatabase database,
        IReadOnlyDictionary<string, string?>? configuration = null
    )
    {
        var started = new ApiProcesses(database);
        var settings = ApiFixture.BaseSettings(database.ApplicationConnectionString, started.JwtSecret);
        foreach (var (key, value) in configuration ?? new Dictionary<string, string?>())
        {
            settings[key] = value;
        }

        for (var i = 0; i < count; i++)
        {
            started.Launch(settings);
        }

        await Task.WhenAll(started.Clients.Select((client, i) => started.ReadyAsync(client, i)));
        return started;
    }

    /// <summary>Resident memory in bytes.</summary>
    public long MemoryOf(int index)
    {
        processes[index].Refresh();
        return processes[index].WorkingSet64;
    }

    public string LogOf(int index)
    {
        lock (logs[index])
        {
            return logs[index].ToString();
        }
    }

    public HttpClient ClientFor(string accessToken, int index = 0)
    {
        var client = new HttpClient { BaseAddress = Clients[index].BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return client;
    }

    public Task<ApiUser> CreateUserAsync(string role = "user", int index = 0) =>
        Tokens.RegisterAsync(Clients[index], database, role, null, ApiFixture.Password, token => ClientFor(token, index));

    public void Kill(int index) => processes[index].Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            await process.WaitForExitAsync();
            process.Dispose();
        }

        Clients.ForEach(c => c.Dispose());
    }

    /// <summary>
    /// Below the range from which the system takes the ports of outgoing connections: one of those could take the port between this look
    /// and the process's own start.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = 20000 + (Interlocked.Increment(ref lastPort) % 10000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }

    private void Launch(Dictionary<string, string?> settings)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var dll = typeof(ApiProgram).Assembly.Location;
        var info = new ProcessStartInfo("dotnet", [dll])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(dll)!,
        };
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        info.Environment["ASPNETCORE_URLS"] = url;
        info.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (key, value) in settings)
        {
            info.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var log = new StringBuilder();
        var process = Process.Start(info)!;
        DataReceivedEventHandler keep = (_, e) =>
        {
            lock (log)
            {
                log.AppendLine(e.Data);
            }
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        processes.Add(process);
        logs.Add(log);
        Clients.Add(new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) });
    }

    private Task ReadyAsync(HttpClient client, int index) =>
        Eventually.TrueAsync(
            async () =>
            {
                Assert.False(processes[index].HasExited, "The API process ended: " + LogOf(index));
                try
                {
                    using var response = await client.GetAsync(
                        new Uri("/api/v1/auth/profile", UriKind.Relative),
                        TestContext.Current.CancellationToken
                    );
                    return response.StatusCode == HttpStatusCode.Unauthorized;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            $"API process {index} answers",
            TimeSpan.FromSeconds(40)
        );
}
