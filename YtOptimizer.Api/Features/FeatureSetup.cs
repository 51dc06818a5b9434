using YtOptimizer.Api.Features.Analysis;
using YtOptimizer.Api.Features.Auth;
using YtOptimizer.Api.Features.Jobs;
using YtOptimizer.Api.Features.Logs;
using YtOptimizer.Api.Features.Metrics;
using YtOptimizer.Api.Features.Platform;
using YtOptimizer.Api.Features.Preferences;
using YtOptimizer.Api.Features.Security;

namespace YtOptimizer.Api.Features;

/// <summary>The features of the API, listed by hand: services first, then routes.</summary>
internal static class FeatureSetup
{
    public static WebApplicationBuilder AddFeatures(this WebApplicationBuilder builder)
    {
        builder.AddAuth();
        builder.AddSecurity();
        builder.Services.AddAnalysis();
        builder.Services.AddLogsFeature();
        builder.Services.AddMetricsFeature();
        return builder;
    }

    public static WebApplication MapFeatures(this WebApplication app)
    {
        app.MapPlatform();
        app.MapSecurity();
        app.MapAuth();
        app.MapAnalysis();
        app.MapJobs();
        app.MapPreferences();
        app.MapLogs();
        app.MapMetrics();
        return app;
    }
}
