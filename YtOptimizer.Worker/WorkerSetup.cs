using Microsoft.Extensions.Hosting;

namespace YtOptimizer.Worker;

/// <summary>What the worker runs, listed by hand: the pump, then the schedules.</summary>
internal static class WorkerSetup
{
    public static IHostApplicationBuilder AddWorkerServices(this IHostApplicationBuilder builder) => builder;
}
