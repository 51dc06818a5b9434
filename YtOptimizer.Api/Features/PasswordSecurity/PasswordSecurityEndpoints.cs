using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.RateLimits;

namespace YtOptimizer.Api.Features.PasswordSecurity;

internal static class PasswordSecurityEndpoints
{
    public static IEndpointRouteBuilder MapPasswordSecurity(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/password-security").WithTags("Password security").RequireAuthorization(Policies.User);
        group
            .MapPost("/check", CheckPassword.Handle)
            .WithRateBudget(RateBudgets.PasswordSecurityCheck)
            .WithSummary("How safe a password is");
        group
            .MapPost("/check-multiple", CheckPasswords.Handle)
            .WithRateBudget(RateBudgets.PasswordSecurityCheck)
            .WithSummary("How safe up to ten passwords are");
        group.MapPost("/recommendations", GetRecommendations.Handle).WithSummary("Advice on passwords");
        return routes;
    }
}
