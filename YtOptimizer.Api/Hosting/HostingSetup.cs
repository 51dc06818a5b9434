namespace YtOptimizer.Api.Hosting;

/// <summary>Everything HTTP that is not a feature: problems, JSON, OpenAPI, CORS, headers, limits.</summary>
internal static class HostingSetup
{
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        var options = HostingOptions.From(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.AddServerLimits(options);
        builder.Services.AddTrustedProxies(options);
        builder.Services.AddStrictJson();
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddValidation();
        builder.Services.AddCrossOrigin(options, builder.Environment);
        builder.Services.AddApiDocument();
        builder.Services.AddAuthorization();
        return builder;
    }
}
