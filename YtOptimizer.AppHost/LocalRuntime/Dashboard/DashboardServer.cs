using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using YtOptimizer.AppHost.LocalRuntime.Servers;

namespace YtOptimizer.AppHost.LocalRuntime.Dashboard;

/// <summary>The dashboard's web server, on 127.0.0.1 only.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    public const int DefaultPort = 15080;
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(2);
    private readonly WebApplication _app;

    private DashboardServer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    /// <summary>Without the token.</summary>
    public Uri Address { get; }

    /// <param name="notifications">States of the resources.</param>
    /// <param name="loggers">Their output.</param>
    /// <param name="commands">Runs their commands.</param>
    /// <param name="preferredPort">Used when it is free.</param>
    /// <param name="announce">Gets a link that signs in once: at the start, and a fresh one each time it has been used.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<DashboardServer> StartAsync(
        ResourceNotificationService notifications,
        ResourceLoggerService loggers,
        ResourceCommandService commands,
        int? preferredPort,
        Action<string> announce,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = preferredPort is { } wanted && attempt == 1 && LoopbackPorts.IsFree(wanted) ? wanted : LoopbackPorts.FindFree();
            var address = new Uri($"http://127.0.0.1:{port}/");
            var gate = new DashboardGate(token => announce($"{address}login?t={token}"));
            var app = Build(port, gate, notifications, loggers, commands);
            try
            {
                await app.StartAsync(cancellationToken);
                gate.AnnounceLink();
                return new DashboardServer(app, address);
            }
            catch (IOException) when (attempt < 5)
            {
                // The port was taken between the look and the use.
                await app.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopTime);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(int port, DashboardGate gate, ResourceNotificationService notifications, ResourceLoggerService loggers, ResourceCommandService commands)
    {
        // Neither the launcher's arguments nor its settings files are meant for this server.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = StopTime);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4096;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        app.Use(gate.ProtectAsync);
        DashboardAssets.Map(app);
        app.MapPost("/api/login", gate.SignInAsync);
        app.MapGet("/api/resources", (HttpContext http) => TypedResults.ServerSentEvents(DashboardStreams.ResourcesAsync(notifications, Until(http, app))));
        app.MapGet("/api/logs", (HttpContext http, string? resource) => TypedResults.ServerSentEvents(DashboardStreams.LogsAsync(notifications, loggers, resource, Until(http, app))));
        app.MapPost("/api/resources/{id}/commands/{name}", async (string id, string name) =>
        {
            // Goes on when the page is closed: a restart must not stop half way.
            var result = await commands.ExecuteCommandAsync(id, name, app.Lifetime.ApplicationStopping);
            return TypedResults.Ok(new CommandReply(result.Success, result.Canceled, result.Message));
        });
        return app;
    }

    // Streams must not hold up the end of the application.
    private static CancellationToken Until(HttpContext http, WebApplication app)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, app.Lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(either);
        return either.Token;
    }

    private sealed record CommandReply(bool Success, bool Canceled, string? Message);
}
