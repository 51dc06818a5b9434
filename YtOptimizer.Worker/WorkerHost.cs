using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using YtOptimizer.Core;
using YtOptimizer.ServiceDefaults.Hosting;

namespace YtOptimizer.Worker;

/// <summary>
/// The long-running worker. It serves nothing but its health endpoints, and those only where a port was given (HEALTH_PORT or
/// ASPNETCORE_URLS): platforms that probe give one, a local run does not.
/// </summary>
internal static class WorkerHost
{
    public static Task RunAsync(string[] args) => Create(args).RunOrExplainAsync();

    internal static IHost Create(string[] args)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var urls = environment["ASPNETCORE_URLS"] ?? (environment["HEALTH_PORT"] is { Length: > 0 } port ? "http://+:" + port : null);
        if (string.IsNullOrWhiteSpace(urls))
        {
            var builder = Host.CreateApplicationBuilder(args);
            AddWorker(builder);
            return builder.Build();
        }

        var web = WebApplication.CreateSlimBuilder(args);
        web.WebHost.UseUrls(urls);
        AddWorker(web);
        var app = web.Build();
        app.MapDefaultEndpoints();
        return app;
    }

    private static void AddWorker(IHostApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddCore();
        builder.AddWorkerServices();
    }
}
