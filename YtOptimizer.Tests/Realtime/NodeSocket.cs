using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CliWrap;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>A real socket.io-client in a Node.js process (see node/client.mjs).</summary>
internal sealed class NodeSocket : IAsyncDisposable
{
    private static readonly SemaphoreSlim Installing = new(1, 1);
    private static string? problem;
    private static bool installed;
    private readonly Process process;
    private readonly ConcurrentQueue<JsonElement> lines = new();
    private readonly ConcurrentQueue<string> errors = new();

    private NodeSocket(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static string Folder => Repository.PathOf("YtOptimizer.Tests", "Realtime", "node");

    public IReadOnlyList<JsonElement> Lines => [.. lines];

    /// <param name="package">client-current, client-app or client-old.</param>
    /// <param name="api">Base URL.</param>
    /// <param name="options">Options of the Manager.</param>
    public static async Task<NodeSocket> StartAsync(string package, Uri api, object options)
    {
        Assert.SkipWhen(await InstallAsync() is not null, problem ?? "");
        var info = new ProcessStartInfo("node", ["client.mjs", package, api.ToString().TrimEnd('/'), JsonSerializer.Serialize(options)])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var socket = new NodeSocket(Process.Start(info)!);
        await socket.SaidAsync("ready");
        return socket;
    }

    public Task DoAsync(object command) =>
        process
            .StandardInput.WriteLineAsync(JsonSerializer.Serialize(command))
            .ContinueWith(_ => process.StandardInput.FlushAsync(), TaskScheduler.Default)
            .Unwrap();

    public Task JoinAsync(string space, object? auth = null) =>
        DoAsync(
            new
            {
                @do = "join",
                ns = space,
                auth,
            }
        );

    public Task<JsonElement> SaidAsync(string what, string space = "", Func<JsonElement, bool>? where = null) =>
        Eventually
            .ValueAsync(
                () =>
                    Task.FromResult<object?>(
                        lines.Where(l => Is(l, what, space) && (where is null || where(l))).Cast<object>().FirstOrDefault()
                    ),
                $"{what} {space} (so far: "
                    + $"{string.Join(' ', lines.Select(l => l.GetRawText()).Select(l => l.Length > 120 ? l[..120] : l))} "
                    + $"{string.Join(' ', errors)})"
            )
            .ContinueWith(t => (JsonElement)t.GetAwaiter().GetResult(), TaskScheduler.Default);

    public async Task<JsonElement> EventAsync(string space, string name, Func<JsonElement, bool>? where = null) =>
        (
            await SaidAsync("event", space, l =>
                l.GetProperty("event").GetString() == name && (where is null || where(l.GetProperty("args")[0]))
            )
        ).GetProperty("args")[0];

    public IReadOnlyList<JsonElement> Events(string space, string name) =>
        [.. lines.Where(l => Is(l, "event", space) && l.GetProperty("event").GetString() == name).Select(l => l.GetProperty("args")[0])];

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static bool Is(JsonElement line, string what, string space) =>
        line.GetProperty("what").GetString() == what && line.GetProperty("ns").GetString() == space;

    /// <summary>Installs the clients of node/package.json once; why that was not possible, or null.</summary>
    public static async Task<string?> InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            if (installed || problem is not null)
            {
                return problem;
            }

            installed =
                Directory.Exists(Path.Combine(Folder, "node_modules", "client-old"))
                || await RunAsync("npm", "ci", "--no-audit", "--no-fund");
            problem = installed
                ? await RunAsync("node", "--version")
                    ? null
                    : "Node.js is not installed."
                : "npm could not install socket.io-client.";
            return problem;
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            var run = await Cli.Wrap(program)
                .WithArguments(arguments)
                .WithWorkingDirectory(Folder)
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(TestContext.Current.CancellationToken);
            return run.IsSuccess;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is { Length: > 0 })
        {
            lines.Enqueue(JsonDocument.Parse(line).RootElement);
        }
    }
}
