using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting.RateLimits;

namespace YtOptimizer.Api.Hosting;

/// <summary>Everything HTTP that is not a feature: problems, JSON, OpenAPI, CORS, headers, limits.</summary>
internal static class HostingSetup
{
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        var errors = new List<string>();
        var options = HostingOptions.From(builder.Configuration, errors);
        builder.Services.AddOptions<HostingOptions.Errors>().Configure(e => e.Found.AddRange(errors)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<HostingOptions.Errors>, HostingOptions.Check>();
        builder.Services.AddSingleton(options);
        builder.AddServerLimits(options);
        builder.Services.AddTrustedProxies(options);
        builder.Services.AddStrictJson();
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddValidation();
        builder.Services.AddCrossOrigin(options, builder.Environment);
        builder.Services.AddSingleton<OriginCheck>();
        builder.Services.AddApiDocument();
        builder.AddRateLimits();
        builder.Services.AddAuthorization();
        return builder;
    }
}
