using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.AppHost.Hosting;

/// <summary>What keeps a resource from starting, told where a developer looks: in the resource's log and on the console.</summary>
internal static partial class Problem
{
    /// <returns>To be thrown; the orchestrator marks the resource as failed.</returns>
    public static DistributedApplicationException Report(IServiceProvider services, IResource resource, string sentence)
    {
        Log(services.GetRequiredService<ResourceLoggerService>().GetLogger(resource), resource.Name, sentence);
        Log(services.GetRequiredService<ILoggerFactory>().CreateLogger("YtOptimizer.AppHost"), resource.Name, sentence);
        return new DistributedApplicationException(sentence);
    }

    [LoggerMessage(LogLevel.Error, "{Resource}: {Sentence}")]
    private static partial void Log(ILogger logger, string resource, string sentence);
}
