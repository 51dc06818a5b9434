using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Auth;

internal static class AuthEndpoints
{
    /// <summary>The same group under /api/v1/auth and /auth: operators and older clients use the short form.</summary>
    public static IEndpointRouteBuilder MapAuth(this IEndpointRouteBuilder routes)
    {
        Map(routes.MapGroup("/api/v1/auth").WithTags("Auth"));
        Map(routes.MapGroup("/auth").WithTags("Auth").ExcludeFromDescription());
        return routes;
    }

    private static void Map(RouteGroupBuilder auth)
    {
        auth.MapPost("/register", Register.Handle).WithSummary("Create an account").AllowAnonymous();
        auth.MapPost("/login", Login.Handle).WithSummary("Sign in with e-mail and password").AllowAnonymous();
        auth.MapPost("/refresh", RefreshToken.Handle).WithSummary("Exchange a refresh token for new tokens").AllowAnonymous();
        auth.MapPost("/refresh-with-token", RefreshToken.Handle).WithSummary("Exchange a refresh token for new tokens").AllowAnonymous();
        auth.MapGet("/profile", GetProfile.Handle).WithSummary("The signed-in account").RequireAuthorization(Policies.User);
    }
}
