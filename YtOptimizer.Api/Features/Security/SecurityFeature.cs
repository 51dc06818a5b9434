using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Protection;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Api.Features.Security;

internal static class SecurityFeature
{
    public static WebApplicationBuilder AddSecurity(this WebApplicationBuilder builder)
    {
        builder.Services.AddPulsePart<SecurityPulse>();
        builder.Services.AddRecurringJob<SecurityWatch>();
        return builder;
    }
}
