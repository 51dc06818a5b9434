using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace YtOptimizer.ServiceDefaults.Health;

/// <summary>Body of <c>GET /health</c>. Times are milliseconds, memory is bytes, uptime is seconds.</summary>
public sealed record HealthReport(
    string Status,
    double Uptime,
    string Timestamp,
    string Version,
    string Environment,
    HealthReport.MemoryFigures Memory,
    IReadOnlyDictionary<string, HealthReport.ServiceState> Services,
    HealthReport.ProcessMetrics Metrics
)
{
    private static readonly string ApplicationVersion = (
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0"
    ).Split('+')[0];

    public static HealthReport From(IReadOnlyList<ProbeResult> probes, IHostEnvironment environment, TimeProvider clock)
    {
        using var process = Process.GetCurrentProcess();
        var now = clock.GetUtcNow();
        var uptime = Math.Max(0, (now - new DateTimeOffset(process.StartTime)).TotalSeconds);
        var memory = MemoryFigures.Read(process);
        var services = probes
            .Where(probe => !probe.Live)
            .ToDictionary(
                probe => probe.Name,
                probe => new ServiceState(Word(probe), probe.ResponseTimeMs, probe.Message),
                StringComparer.Ordinal
            );
        return new HealthReport(
            Word(Overall(probes)),
            Math.Round(uptime, 3),
            now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ApplicationVersion,
            environment.EnvironmentName.ToLowerInvariant(),
            memory,
            services,
            new ProcessMetrics(
                new MemoryMetrics(
                    GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
                    memory.Rss,
                    GC.GetGCMemoryInfo().MemoryLoadBytes,
                    GC.GetTotalAllocatedBytes(precise: false)
                ),
                new CpuMetrics(
                    System.Environment.ProcessorCount,
                    Math.Round(
                        100 * process.TotalProcessorTime.TotalSeconds / Math.Max(0.001, uptime) / System.Environment.ProcessorCount,
                        1
                    )
                ),
                new ProcessFigures(
                    Math.Round(uptime, 3),
                    System.Environment.ProcessId,
                    System.Environment.Version.ToString(),
                    ThreadPool.ThreadCount
                )
            )
        );
    }

    /// <summary>Unhealthy when a critical service fails; degraded when anything else is not as it should be.</summary>
    public static HealthStatus Overall(IReadOnlyList<ProbeResult> probes) =>
        probes.Any(probe => probe.Critical && probe.Status == HealthStatus.Unhealthy) ? HealthStatus.Unhealthy
        : probes.Any(probe => probe.Status != HealthStatus.Healthy) ? HealthStatus.Degraded
        : HealthStatus.Healthy;

    private static string Word(ProbeResult probe) =>
        Word(!probe.Critical && probe.Status == HealthStatus.Unhealthy ? HealthStatus.Degraded : probe.Status);

    private static string Word(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "healthy",
            HealthStatus.Degraded => "degraded",
            _ => "unhealthy",
        };

    public sealed record ServiceState(string Status, double ResponseTime, string Message);

    /// <summary>HeapUsed: GC heap in use; HeapTotal: GC committed; Rss: working set; External: the part of it outside the GC
    /// heap.</summary>
    public sealed record MemoryFigures(long HeapUsed, long HeapTotal, long Rss, long External)
    {
        internal static MemoryFigures Read(Process process)
        {
            var used = GC.GetTotalMemory(forceFullCollection: false);
            // Before the first collection the runtime knows no committed size.
            var committed = Math.Max(GC.GetGCMemoryInfo().TotalCommittedBytes, used);
            return new MemoryFigures(used, committed, process.WorkingSet64, Math.Max(0, process.WorkingSet64 - committed));
        }
    }

    public sealed record ProcessMetrics(MemoryMetrics Memory, CpuMetrics Cpu, ProcessFigures Process);

    /// <summary>AllocatedBytes: of the managed heap since the start, freed or not.</summary>
    public sealed record MemoryMetrics(long LimitBytes, long UsedBytes, long SystemLoadBytes, long AllocatedBytes);

    /// <summary>UsagePercent: mean since the start, of all cores.</summary>
    public sealed record CpuMetrics(int Cores, double UsagePercent);

    public sealed record ProcessFigures(double UptimeSeconds, int Pid, string RuntimeVersion, int Threads);
}
