using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting.RateLimits;

namespace YtOptimizer.Api.Hosting.Setup;

internal static class Pipeline
{
    /// <summary>Middleware in the order in which a request meets it.</summary>
    public static WebApplication UsePipeline(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<HostingOptions>>().Value;
        app.UseForwardedHeaders();
        app.UseSecurityHeaders(hsts: options.ForceHttps || app.Environment.IsProduction());
        app.UseMiddleware<RequestLogMiddleware>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseCors();
        app.UseRequestGuards(options.ForceHttps);
        // Live clients have a heartbeat of their own.
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseAuthorization();
        app.MapApiDocs();
        return app;
    }
}
