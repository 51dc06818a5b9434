using YtOptimizer.Api.Features.Auth;
using YtOptimizer.Api.Features.Logs;
using YtOptimizer.Api.Features.Metrics;
using YtOptimizer.Api.Features.Platform;

namespace YtOptimizer.Api.Features;

/// <summary>The features of the API, listed by hand: services first, then routes.</summary>
internal static class FeatureSetup
{
    public static WebApplicationBuilder AddFeatures(this WebApplicationBuilder builder)
    {
        builder.AddAuth();
        builder.Services.AddLogsFeature();
        builder.Services.AddMetricsFeature();
        return builder;
    }

    public static WebApplication MapFeatures(this WebApplication app)
    {
        app.MapPlatform();
        app.MapAuth();
        app.MapLogs();
        app.MapMetrics();
        return app;
    }
}
