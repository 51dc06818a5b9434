using Microsoft.Extensions.Configuration;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.AppHost.Hosting;

/// <summary>A fixed port that another program has would only show as an application that nobody can reach.</summary>
internal static class PortCheck
{
    /// <summary>Fails the resource, with a sentence, when one of its public ports is taken at the start.</summary>
    public static IResourceBuilder<T> RequireFreePorts<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        var ports = new HashSet<int>();
        builder.ApplicationBuilder.OnBeforeStart((start, _) =>
        {
            // Before the orchestrator listens on them itself.
            if (!builder.ApplicationBuilder.Configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false))
            {
                ports.UnionWith(builder.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Port).OfType<int>()
                    .Where(port => !LoopbackPorts.IsFree(port)));
            }

            return Task.CompletedTask;
        });
        return builder.OnBeforeResourceStarted((resource, started, _) => ports.Count == 0
            ? Task.CompletedTask
            : throw Problem.Report(started.Services, resource, $"Port {ports.First()} is taken by another program. End that program, or " +
                $"set another port (applicationUrl in YtOptimizer.Api/Properties/launchSettings.json), and start again."));
    }
}
