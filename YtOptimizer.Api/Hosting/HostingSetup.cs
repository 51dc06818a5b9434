namespace YtOptimizer.Api.Hosting;

/// <summary>Everything HTTP that is not a feature: problems, JSON, OpenAPI, CORS, headers, limits.</summary>
internal static class HostingSetup
{
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddAuthorization();
        return builder;
    }
}
