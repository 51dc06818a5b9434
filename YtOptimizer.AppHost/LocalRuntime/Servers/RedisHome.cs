using System.Diagnostics;
using System.Text.Json;

namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>The cache server's folder, locked by this process while it is open. The cache itself is not kept: it can be rebuilt.</summary>
internal sealed class RedisHome : IDisposable
{
    private readonly LockFile _lock;

    private RedisHome(string folder, UnixUser? user, LockFile held)
    {
        Folder = folder;
        User = user;
        _lock = held;
    }

    public string Folder { get; }

    public UnixUser? User { get; }

    /// <summary>The server's working folder.</summary>
    public string Work => Path.Combine(Folder, "work");

    private string RunningFile => Path.Combine(Folder, "running.json");

    /// <exception cref="ServerStartException">Another launcher has it open, or the folder belongs to somebody else.</exception>
    public static async Task<RedisHome> OpenAsync(string dataDirectory, Action<string> log, CancellationToken ct)
    {
        var user = await UnixUser.ForServerAsync("", ct);
        var folder = Path.Combine(await DataFolder.PrepareAsync(dataDirectory, user, log, ct), "redis");
        try
        {
            var held = LockFile.TryAcquire(Path.Combine(folder, "lock"))
                ?? throw new ServerStartException($"Another launcher already runs the cache server of {folder}. Stop it first (Ctrl-C where it runs), or use another data folder.");
            var home = new RedisHome(folder, user, held);
            Directory.CreateDirectory(home.Work);
            if (user is not null)
            {
                UnixNative.ChangeOwner(home.Work, user);
            }

            return home;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ServerStartException($"Cannot write to {folder}: {e.Message} It was probably made by another user (or by root). Start as that user, or delete the folder; it holds nothing but a cache.", e);
        }
    }

    /// <summary>Remembers the process for a later launcher, should this one crash.</summary>
    public void Remember(Running running) => PrivateFile.Write(RunningFile, JsonSerializer.Serialize(running));

    public void Forget() => File.Delete(RunningFile);

    /// <summary>The server that an earlier launcher left running, if its process still lives.</summary>
    public (Running Running, Process Process)? LeftOver()
    {
        try
        {
            var running = JsonSerializer.Deserialize<Running>(File.ReadAllText(RunningFile));
            if (running is null)
            {
                return null;
            }

            var process = Process.GetProcessById(running.ProcessId);
            return process.HasExited ? null : (running, process);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();

    public sealed record Running(int ProcessId, int Port);
}
