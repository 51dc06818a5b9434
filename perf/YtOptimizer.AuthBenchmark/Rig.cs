using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.AuthBenchmark;

/// <summary>A PostgreSQL of its own (fsync on) and Release builds of the API over it, all on loopback; gone with the program.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string Password = "tangerine-Ladder-41";

    private readonly string folder = Directory.CreateTempSubdirectory("yto-auth-").FullName;
    private IRunningServer server = null!;

    public NpgsqlDataSource Source { get; private set; } = null!;

    /// <summary>One client and process per API.</summary>
    public List<(HttpClient Client, Process Process)> Apis { get; } = [];

    public HttpClient Client => Apis[0].Client;

    private Process? worker;

    public static async Task<Rig> StartAsync(int apis, bool withWorker, IReadOnlyDictionary<string, string> settings)
    {
        var rig = new Rig();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(rig.folder, (UnixFileMode)0x1FF);
        }

        var secret = RandomNumberGenerator.GetHexString(32);
        rig.server = await PostgresServer.StartAsync(
            new ServerOptions(rig.folder, null, secret, ["-c", "max_connections=200"]),
            new Progress<string>(),
            _ => { },
            CancellationToken.None
        );
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = rig.server.Host,
            Port = rig.server.Port,
            Username = "postgres",
            Password = secret,
            Database = "postgres",
        }.ConnectionString;
        rig.Source = NpgsqlDataSource.Create(address);
        await Migrator.PushAsync(rig.Source, Path.Combine(Environment.CurrentDirectory, "supabase"), CancellationToken.None);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        for (var i = 0; i < apis; i++)
        {
            rig.Launch(address, key, settings);
        }

        rig.worker = withWorker ? Start("YtOptimizer.Worker", "", address, key, settings) : null;
        await Task.WhenAll(rig.Apis.Select(api => ReadyAsync(api.Client)));
        var build = typeof(Rig)
            .Assembly.GetCustomAttributes(false)
            .OfType<System.Reflection.AssemblyConfigurationAttribute>()
            .FirstOrDefault()
            ?.Configuration;
        Console.WriteLine(
            $"{apis} API process(es), {build} build, {Environment.ProcessorCount} cores for clients, API and database together, "
                + $"{RuntimeInformation.OSDescription}, load {Load()}"
        );
        return rig;
    }

    /// <summary>The machine's load averages: a figure without them means nothing.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    public static async Task<JsonElement> OkAsync(Task<HttpResponseMessage> send)
    {
        using var response = await send;
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{(int)response.StatusCode}: {text}");
    }

    public async Task<Caller> RegisterAsync()
    {
        var email = $"bench-{Guid.CreateVersion7():N}@example.com";
        var body = await OkAsync(Client.PostAsJsonAsync("/auth/register", new { email, password = Password }));
        return new Caller
        {
            Email = email,
            AccessToken = body.GetProperty("accessToken").GetString()!,
            RefreshToken = body.GetProperty("refreshToken").GetString()!,
        };
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (client, process) in Apis)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            client.Dispose();
        }

        if (worker is not null)
        {
            worker.Kill();
            await worker.WaitForExitAsync();
            worker.Dispose();
        }

        await Source.DisposeAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/health/readiness", UriKind.Relative));
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The API does not answer.");
    }

    private void Launch(string database, string key, IReadOnlyDictionary<string, string> settings)
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}";
        listener.Stop();
        var process = Start("YtOptimizer.Api", url, database, key, settings);
        Apis.Add(
            (
                new HttpClient(new SocketsHttpHandler { UseCookies = false })
                {
                    BaseAddress = new Uri(url),
                    Timeout = TimeSpan.FromMinutes(2),
                },
                process
            )
        );
    }

    private static Process Start(string program, string url, string database, string key, IReadOnlyDictionary<string, string> settings)
    {
        var here = Path.GetFileName(Path.GetDirectoryName(typeof(Rig).Assembly.Location))!;
        var dll = Path.Combine(Environment.CurrentDirectory, "artifacts", "bin", program, here, program + ".dll");
        var info = new ProcessStartInfo("dotnet", [dll])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(dll)!,
        };
        Dictionary<string, string> environment = new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = url,
            ["ConnectionStrings__ytoptimizer"] = settings.TryGetValue("connection", out var extra) ? $"{database};{extra}" : database,
            ["JWT_SECRET"] = key,
            ["FRONTEND_URL"] = "http://localhost:4200",
            ["BREACH_CHECK"] = "off",
            ["LOG_LEVEL"] = "error",
            ["RATE_LIMIT_MAX"] = "100000000",
            ["AUTH_RATE_LIMIT_MAX"] = "100000000",
        };
        foreach (var (name, value) in environment.Concat(settings))
        {
            info.Environment[name] = value;
        }

        var process = Process.Start(info)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}

/// <summary>One account of the benchmark.</summary>
internal sealed class Caller
{
    public required string Email { get; init; }

    public required string AccessToken { get; init; }

    public required string RefreshToken { get; set; }
}
