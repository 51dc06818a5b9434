using YtOptimizer.Api.Features.Auth;
using YtOptimizer.Api.Features.Platform;
using YtOptimizer.Api.Features.Security;

namespace YtOptimizer.Api.Features;

/// <summary>The features of the API, listed by hand: services first, then routes.</summary>
internal static class FeatureSetup
{
    public static WebApplicationBuilder AddFeatures(this WebApplicationBuilder builder)
    {
        builder.AddAuth();
        builder.AddSecurity();
        return builder;
    }

    public static WebApplication MapFeatures(this WebApplication app)
    {
        app.MapPlatform();
        app.MapSecurity();
        app.MapAuth();
        return app;
    }
}
