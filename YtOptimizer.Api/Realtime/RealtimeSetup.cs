using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.RateLimits;
using YtOptimizer.Api.Realtime.Feed;
using YtOptimizer.Api.Realtime.ServerSent;
using YtOptimizer.Api.Realtime.Sockets;
using YtOptimizer.Core.Notifications;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Api.Realtime;

/// <summary>Live events: one listener per process, and the transports that carry them to clients.</summary>
internal static class RealtimeSetup
{
    public static WebApplicationBuilder AddRealtime(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddValidatedOptions<RealtimeOptions>(RealtimeOptions.Section);
        services.AddSingleton<NotificationStore>();
        services.AddSingleton<FeedReader>();
        services.AddSingleton<EventFeed>();
        services.AddHostedService(s => s.GetRequiredService<EventFeed>());
        services.AddSingleton<EventListener>();
        services.AddHostedService(s => s.GetRequiredService<EventListener>());
        services.AddSingleton<ConnectionLimits>();
        services.AddSingleton<JoinGate>();
        services.AddSingleton<RealtimeDrain>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<EngineSessions>();
        services.AddHostedService(s => s.GetRequiredService<EngineSessions>());
        services.AddSingleton<EngineEndpoint>();
        services.AddSingleton<SocketIdentity>();
        services.AddSingleton<SocketConnections>();
        services.AddSingleton<ISocketNamespace, NotificationsNamespace>();
        services.AddSingleton<ISocketNamespace, QueueNamespace>();
        return builder;
    }

    public static WebApplication MapRealtime(this WebApplication app)
    {
        app.MapGet("/api/v1/events", EventStream.Handle)
            .WithName("StreamEvents")
            .WithTags("Realtime")
            .WithSummary("What happens to your jobs and notifications, as server-sent events; resumes by Last-Event-ID.")
            .Produces(200, contentType: "text/event-stream")
            .ProducesProblem(400)
            .ProducesProblem(429)
            .ProducesProblem(503)
            .WithMetadata(new RateBudgetName(RateBudgets.Realtime))
            .RequireAuthorization(Policies.Live)
            .DisableRequestTimeout()
            .DisableHttpMetrics();

        // Who joins a namespace proves who they are there. CONNECT is how a WebSocket opens over HTTP/2.
        app.MapMethods("/socket.io/", ["GET", "POST", "CONNECT"], EngineEndpoint.Handle)
            .ExcludeFromDescription()
            .WithMetadata(new RateBudgetName(RateBudgets.Realtime))
            .WithBodyLimit(1024 * 1024)
            .AllowAnonymous()
            .DisableRequestTimeout()
            .DisableHttpMetrics();
        return app;
    }
}
