using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using YtOptimizer.Benchmarks.Http;

namespace YtOptimizer.Benchmarks.Rig;

/// <summary>A program of the product, or the reference, as a process on a loopback port of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
    private readonly Process process;
    private readonly long began = Stopwatch.GetTimestamp();
    private bool isDisposed;

    private ServerProcess(string dll, string[] arguments, Uri url, IEnumerable<(string Name, string Value)> environment)
    {
        Url = url;
        var info = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(dll)!,
        };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        process = Process.Start(info)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrEmpty(line.Data))
            {
                Console.Error.WriteLine(line.Data);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    /// <summary>Resident memory in MB (10⁶ bytes).</summary>
    public double ResidentMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static ServerProcess StartApi(string connectionString, params (string Name, string Value)[] more) =>
        Start(Program("YtOptimizer.Api"), connectionString, more);

    public static ServerProcess StartWorker(string connectionString, params (string Name, string Value)[] more) =>
        Start(Program("YtOptimizer.Worker"), connectionString, more);

    /// <summary>API or worker of any folder.</summary>
    public static ServerProcess Start(string dll, string connectionString, params (string Name, string Value)[] more)
    {
        var url = FreeUrl();
        return new ServerProcess(
            dll,
            [],
            url,
            [.. Environment(connectionString), ("ASPNETCORE_URLS", url.GetLeftPart(UriPartial.Authority)), .. more]
        );
    }

    public static ServerProcess StartReference(string connectionString)
    {
        var url = FreeUrl();
        return new ServerProcess(
            typeof(ServerProcess).Assembly.Location,
            [ReferenceServer.Verb, url.GetLeftPart(UriPartial.Authority)],
            url,
            [("REFERENCE_DATABASE", connectionString)]
        );
    }

    /// <summary>Waits for 200 and returns the time since the start of the process.</summary>
    public async Task<TimeSpan> ReadyAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = Url };
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
        {
            try
            {
                using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return Stopwatch.GetElapsedTime(began);
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(5);
        }

        throw new TimeoutException($"{Url} does not answer.");
    }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static (string Name, string Value)[] Environment(string connectionString) =>
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("DOTNET_ENVIRONMENT", "Production"),
            ("ConnectionStrings__ytoptimizer", connectionString),
            ("JWT_SECRET", Key),
            ("FRONTEND_URL", "http://localhost:4200"),
            ("BREACH_CHECK", "off"),
            ("LOG_LEVEL", "error"),
            ("RATE_LIMIT_MAX", "100000000"),
            ("AUTH_RATE_LIMIT_MAX", "100000000"),
            ("YOUTUBE_OEMBED_URL", ""),
        ];

    /// <summary>Built into the same kind of folder as this program.</summary>
    private static string Program(string name)
    {
        var here = Path.GetFileName(Path.GetDirectoryName(typeof(ServerProcess).Assembly.Location))!;
        return Path.Combine(Bench.Root, "artifacts", "bin", name, here, name + ".dll");
    }

    private static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
