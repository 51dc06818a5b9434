using System.Diagnostics;
using System.Globalization;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>What <c>postmaster.pid</c> in a data folder says about the server that runs on it.</summary>
/// <param name="ProcessId">The server.</param>
/// <param name="Port">0 while it is not known yet.</param>
/// <param name="IsReady">The server says so itself: asking it earlier would only fill its log with refusals.</param>
internal sealed record PostmasterPid(int ProcessId, int Port, bool IsReady)
{
    private const int PortLine = 3;
    private const int StatusLine = 7;

    public static PostmasterPid? Read(string data)
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(data, "postmaster.pid"));
            return Number(lines, 0) is > 0 and var id
                ? new PostmasterPid(id, Number(lines, PortLine), lines.ElementAtOrDefault(StatusLine)?.Trim() == "ready")
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Number(string[] lines, int index) =>
        int.TryParse(lines.ElementAtOrDefault(index), CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>True when the process lives and is a postgres, on Linux also that it works in this very folder.</summary>
    public bool IsServerOf(string data)
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            if (process.HasExited || !process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }

        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        try
        {
            var folder = File.ResolveLinkTarget($"/proc/{ProcessId}/cwd", returnFinalTarget: false)?.FullName;
            return folder is null || string.Equals(folder, Path.GetFullPath(data), StringComparison.Ordinal)
                || File.Exists(Path.Combine(folder, "postmaster.pid"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
