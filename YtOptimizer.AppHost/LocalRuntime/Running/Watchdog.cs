using System.Diagnostics;
using System.Text.Json;
using YtOptimizer.AppHost.LocalRuntime.Servers;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>
/// Ends the projects' processes when we die without the chance to do so; servers look after themselves. On Unix a small shell waits at the other end of a pipe, which the
/// system closes whatever kills us; on Windows the children are in a job that ends with us. A file remembers the processes for the
/// next start, should the machine's ways fail.
/// </summary>
internal sealed class Watchdog : IAsyncDisposable
{
    // Each line is the whole list of process ids. At the end of input: ask, wait five seconds, then insist.
    private const string Script = """
        trap '' INT TERM HUP QUIT
        children=''
        while read -r line; do children=$line; done
        for c in $children; do kill -s TERM "$c" 2>/dev/null; done
        n=0
        while [ $n -lt 50 ]; do
          alive=''
          for c in $children; do kill -0 "$c" 2>/dev/null && alive=1; done
          [ -z "$alive" ] && exit 0
          sleep 0.1 2>/dev/null || sleep 1
          n=$((n + 1))
        done
        for c in $children; do kill -s KILL "$c" 2>/dev/null; done
        """;

    private readonly Lock _lock = new();
    private readonly HashSet<int> _children = [];
    private readonly string? _file;
    private readonly Process? _shell;

    private Watchdog(string? file, Process? shell)
    {
        (_file, _shell) = (file, shell);
    }

    public static async Task<Watchdog> StartAsync(string? file)
    {
        if (OperatingSystem.IsWindows())
        {
            WindowsJob.BindThisProcess();
            return new Watchdog(file, shell: null);
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        var shell = new Process { StartInfo = start };
        await ProcessBinding.ForkAsync(shell.Start);
        return new Watchdog(file, shell);
    }

    /// <summary>Kills what an earlier run recorded and left behind. The caller owns the data directory: that run is over.</summary>
    /// <returns>How many processes there were.</returns>
    public static int KillLeftovers(string file)
    {
        var count = 0;
        foreach (var (id, started) in Read(file))
        {
            try
            {
                using var process = Process.GetProcessById(id);
                if (Math.Abs((process.StartTime.ToUniversalTime() - started).TotalSeconds) < 2)
                {
                    process.Kill(entireProcessTree: true);
                    count++;
                }
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It has ended.
            }
        }

        File.Delete(file);
        return count;
    }

    public void Add(int processId)
    {
        lock (_lock)
        {
            _children.Add(processId);
            Tell();
        }
    }

    public void Remove(int processId)
    {
        lock (_lock)
        {
            if (_children.Remove(processId))
            {
                Tell();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shell is not null)
        {
            _shell.StandardInput.Close();
            await _shell.WaitForExitAsync();
            _shell.Dispose();
        }

        if (_file is not null && _children.Count == 0)
        {
            File.Delete(_file);
        }
    }

    // Both ways are for the worst case only: a failure of one must not disturb the application.
    private void Tell()
    {
        try
        {
            _shell?.StandardInput.WriteLine(string.Join(' ', _children));
            _shell?.StandardInput.Flush();
            if (_file is not null)
            {
                File.WriteAllBytes(_file, JsonSerializer.SerializeToUtf8Bytes(_children.Select(id => new Entry(id, StartOf(id)))));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Someone killed the shell, or the disk is full; the kernel's own means remain.
        }
    }

    private static DateTime StartOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return DateTime.UnixEpoch;
        }
    }

    private static Entry[] Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<Entry[]>(File.ReadAllBytes(file)) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private sealed record Entry(int Id, DateTime Started);
}
