using YtOptimizer.Benchmarks.Rig;

namespace YtOptimizer.Benchmarks.Measures;

/// <summary>Idle memory of a connection that waits for events, and the time from a change to its event.</summary>
internal static class SocketBench
{
    public static Task RunAsync(Bench bench)
    {
        bench.Report.Note("sockets: this version serves no event connections; nothing is measured.");
        return Task.CompletedTask;
    }
}
