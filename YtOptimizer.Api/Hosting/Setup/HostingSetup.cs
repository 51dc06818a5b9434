using YtOptimizer.Api.Hosting.RateLimits;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Api.Hosting.Setup;

/// <summary>Everything HTTP that is not a feature: problems, JSON, OpenAPI, CORS, headers, limits.</summary>
internal static class HostingSetup
{
    /// <summary>Two looks of an ordinary load balancer at the readiness probe.</summary>
    private const int DrainSeconds = 3;

    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<HostingOptions>(HostingOptions.Section);
        builder.Services.AddSingleton<OwnAddress>();
        builder.Services.PostConfigure<ProcessOptions>(process =>
            process.DrainSeconds ??= builder.Environment.IsDevelopment() ? 0 : DrainSeconds
        );
        builder.AddServerLimits();
        builder.Services.AddTrustedProxies();
        builder.Services.AddStrictJson();
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddValidation();
        builder.Services.AddCrossOrigin();
        builder.Services.AddSingleton<OriginCheck>();
        builder.Services.AddApiDocument();
        builder.AddRateLimits();
        builder.Services.AddAuthorization();
        return builder;
    }
}
