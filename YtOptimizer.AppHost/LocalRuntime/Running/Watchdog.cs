using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>
/// Ends our children when we die without the chance to do so. On Unix a small shell waits at the other end of a pipe, which the
/// system closes whatever kills us; on Windows the children are in a job that ends with us. A file remembers the processes for the
/// next start, should the machine's ways fail.
/// </summary>
internal sealed class Watchdog : IAsyncDisposable
{
    // Each line is the whole list: "TERM:12 INT:34". At the end of input, ask, wait five seconds, then insist.
    private const string Script = """
        trap '' INT TERM HUP QUIT
        children=''
        while read -r line; do children=$line; done
        for c in $children; do kill -s "${c%%:*}" "${c#*:}" 2>/dev/null; done
        n=0
        while [ $n -lt 50 ]; do
          alive=''
          for c in $children; do kill -0 "${c#*:}" 2>/dev/null && alive=1; done
          [ -z "$alive" ] && exit 0
          sleep 0.1 2>/dev/null || sleep 1
          n=$((n + 1))
        done
        for c in $children; do kill -s KILL "${c#*:}" 2>/dev/null; done
        """;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, (string Signal, bool Own)> _children = [];
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
            WindowsJob.Enter();
            return new Watchdog(file, shell: null);
        }

        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        Guards.WrapSession(start, "/bin/sh", "-c", Script);
        var shell = new Process { StartInfo = start };
        await ProcessStarter.RunAsync(shell.Start);
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

    /// <param name="processId">The child.</param>
    /// <param name="signal">The signal that asks it to end, without "SIG".</param>
    /// <param name="own">Whether the next start should kill it; servers look after their own leftovers.</param>
    public void Add(int processId, string signal, bool own)
    {
        lock (_lock)
        {
            _children[processId] = (signal, own);
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

    private void Tell()
    {
        try
        {
            _shell?.StandardInput.WriteLine(string.Join(' ', _children.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value.Signal}:{c.Key}"))));
            _shell?.StandardInput.Flush();
        }
        catch (IOException)
        {
            // Someone killed the shell; the system's own means remain.
        }

        if (_file is not null)
        {
            File.WriteAllBytes(_file, JsonSerializer.SerializeToUtf8Bytes(_children.Where(c => c.Value.Own).Select(c => new Entry(c.Key, StartOf(c.Key)))));
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

/// <summary>A Windows job that ends its processes when its last handle, ours, is closed.</summary>
internal static class WindowsJob
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnJobClose = 0x2000;

    private static readonly Lock Gate = new();
    private static IntPtr _job;

    /// <summary>Puts this process, and so all its future children, into the job.</summary>
    public static void Enter()
    {
        lock (Gate)
        {
            if (_job != IntPtr.Zero)
            {
                return;
            }

            _job = CreateJobObjectW(IntPtr.Zero, IntPtr.Zero);
            var limits = new ExtendedLimits { Basic = new BasicLimits { LimitFlags = KillOnJobClose } };
            if (!SetInformationJobObject(_job, ExtendedLimitInformation, ref limits, Marshal.SizeOf<ExtendedLimits>()) || !AssignProcessToJobObject(_job, Process.GetCurrentProcess().Handle))
            {
                throw new System.ComponentModel.Win32Exception(Marshal.GetLastPInvokeError());
            }
        }
    }

    [DllImport("kernel32", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr CreateJobObjectW(IntPtr attributes, IntPtr name);

    [DllImport("kernel32", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool SetInformationJobObject(IntPtr job, int kind, ref ExtendedLimits limits, int size);

    [DllImport("kernel32", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool AssignProcessToJobObject(IntPtr job, IntPtr process);

    [StructLayout(LayoutKind.Sequential)]
    private struct BasicLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public UIntPtr MinimumWorkingSetSize;
        public UIntPtr MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public UIntPtr Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public BasicLimits Basic;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WriteBytes;
        public ulong OtherBytes;
        public UIntPtr ProcessMemoryLimit;
        public UIntPtr JobMemoryLimit;
        public UIntPtr PeakProcessMemoryUsed;
        public UIntPtr PeakJobMemoryUsed;
    }
}
