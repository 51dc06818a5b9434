extern alias api;

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.Commands;
using YtOptimizer.Worker.Handlers;
using ApiProgram = api::Program;

namespace YtOptimizer.Tests.Deployment;

/// <summary>
/// The programs as the images run them: an unprivileged user without further rights, in a mount namespace whose file systems are all
/// read-only, <c>/tmp</c> too.
/// </summary>
public sealed class ReadOnlyTests
{
    private const string Script = """
        mount --make-rprivate / || exit 97
        for point in $(awk '$2 !~ "^/(proc|sys|dev)" { print $2 }' /proc/mounts); do mount -o remount,bind,ro "$point" 2>/dev/null; done
        ! touch /tmp/yto-probe 2>/dev/null || exit 98
        ! touch "$PWD/yto-probe" 2>/dev/null || exit 99
        exec setpriv --reuid 1654 --regid 1654 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all "$@"
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Programs_UnprivilegedOnReadOnlyFileSystems_StartServeAndRunVerbs()
    {
        await SkipUnlessPossibleAsync();
        await using var database = await TestDatabase.CreateAsync(Ct);
        var port = FreePort();
        var settings = ApiFixture.BaseSettings(database.ApplicationConnectionString, Tokens.NewSecret());
        settings["ASPNETCORE_HTTP_PORTS"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var worker = typeof(IJobHandler).Assembly.Location;
        using var apiProcess = Start(typeof(ApiProgram).Assembly.Location, settings);
        using var workerProcess = Start(worker, WorkerSettings(settings));
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await Eventually.TrueAsync(
                async () =>
                {
                    Assert.False(apiProcess.HasExited, "The API ended.");
                    try
                    {
                        using var answer = await client.GetAsync("/health/readiness", Ct);
                        return answer.IsSuccessStatusCode;
                    }
                    catch (HttpRequestException)
                    {
                        return false;
                    }
                },
                "the API is ready"
            );
            using var registered = await client.PostAsJsonAsync(
                "/auth/register",
                new
                {
                    email = "read-only@example.com",
                    password = ApiFixture.Password,
                    name = "Read",
                },
                Ct
            );
            Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
            await AnalyseAsync(
                client,
                (await registered.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("accessToken").GetString()!
            );

            var (healthy, said) = await RunAsync(worker, settings, "health");
            Assert.True(healthy == 0, said);
            // The migration step has the owner's address.
            var owner = ApiFixture.BaseSettings(database.ConnectionString, Tokens.NewSecret());
            var (status, shown) = await RunAsync(worker, owner, "db", "status", "--check");
            Assert.True(status == 0, shown);
        }
        finally
        {
            foreach (var process in (Process[])[apiProcess, workerProcess])
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(Ct);
            }
        }
    }

    private static async Task AnalyseAsync(HttpClient client, string token)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var accepted = await client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new
            {
                configuration = new { url = "https://youtu.be/aaaaaaaaaa9" },
                metadata = new { title = "How to sharpen a kitchen knife", description = "Soak the stone, then raise a burr." },
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var job = (await accepted.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("jobId").GetGuid();
        await Eventually.TrueAsync(
            async () =>
                (await client.GetFromJsonAsync<JsonElement>($"/api/v1/analyze/job/{job}/status", Ct)).GetProperty("status").GetString()
                == "completed",
            "the worker completes the analysis",
            every: TimeSpan.FromMilliseconds(250)
        );
    }

    [Theory]
    [InlineData("HEALTH_PORT", "http://127.0.0.1:9/health/liveness")]
    [InlineData("PORT", "http://127.0.0.1:9/health/liveness")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "http://127.0.0.1:9/health/liveness")]
    [InlineData("OTHER", "http://127.0.0.1:8080/health/liveness")]
    public void DefaultAddress_Port_IsTheProcessesOwn(string name, string expected) =>
        Assert.Equal(expected, HealthCommand.DefaultAddress(asked => asked == name ? "9" : null));

    [Fact]
    public async Task Health_NobodyListens_Fails() =>
        Assert.Equal(CommandLine.Failed, await CommandLine.RunAsync(["health", $"http://127.0.0.1:{FreePort()}/health/liveness"], Ct));

    private static Process Start(string dll, Dictionary<string, string?> settings)
    {
        var info = new ProcessStartInfo("unshare", ["--mount", "sh", "-c", Script, "sh", "dotnet", dll])
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(dll)!,
        };
        foreach (var (key, value) in Environment(settings))
        {
            info.Environment[key] = value;
        }

        return Process.Start(info)!;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string dll,
        Dictionary<string, string?> settings,
        params string[] verb
    )
    {
        var run = await Cli.Wrap("unshare")
            .WithArguments(["--mount", "sh", "-c", Script, "sh", "dotnet", dll, .. verb])
            .WithWorkingDirectory(Path.GetDirectoryName(dll)!)
            .WithEnvironmentVariables(Environment(settings))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Ct);
        return (run.ExitCode, $"exit code {run.ExitCode}: {run.StandardOutput}{run.StandardError}");
    }

    private static Dictionary<string, string?> WorkerSettings(Dictionary<string, string?> settings)
    {
        var own = new Dictionary<string, string?>(settings);
        own.Remove("ASPNETCORE_HTTP_PORTS");
        return own;
    }

    private static Dictionary<string, string?> Environment(Dictionary<string, string?> settings) =>
        new(settings.Select(pair => KeyValuePair.Create(pair.Key.Replace(":", "__", StringComparison.Ordinal), pair.Value)))
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["DOTNET_EnableDiagnostics"] = "0",
            ["HOME"] = "/nonexistent",
        };

    /// <summary>Needs Linux, root (for the namespace), and a checkout and an SDK that other users may read.</summary>
    private static async Task SkipUnlessPossibleAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Tool.IsInstalled("unshare") && Tool.IsInstalled("setpriv"), "unshare is not here.");
        var dll = typeof(ApiProgram).Assembly.Location;
        var probe = await Cli.Wrap("unshare")
            .WithArguments(["--mount", "sh", "-c", Script, "sh", "sh", "-c", "test -r \"$0\" && dotnet --list-runtimes >/dev/null", dll])
            .WithWorkingDirectory(Path.GetDirectoryName(dll)!)
            .WithEnvironmentVariables(Environment([]))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Ct);
        Assert.SkipUnless(probe.ExitCode == 0, "No mount namespace, or another user may not read the build: " + probe.StandardError);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
