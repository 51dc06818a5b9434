namespace YtOptimizer.Api.Features.Security;

internal static class SecurityFeature
{
    public static WebApplicationBuilder AddSecurity(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<SecurityWatch>();
        return builder;
    }
}
