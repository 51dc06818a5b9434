using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.RateLimits;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Auth;

internal static class AuthEndpoints
{
    private static readonly TimeSpan RetryWhenBusy = TimeSpan.FromSeconds(3);

    /// <summary>The same group under /api/v1/auth and /auth: operators and older clients use the short form.</summary>
    public static IEndpointRouteBuilder MapAuth(this IEndpointRouteBuilder routes)
    {
        Map(routes.MapGroup("/api/v1/auth").WithTags("Auth"));
        Map(routes.MapGroup("/auth").WithTags("Auth").ExcludeFromDescription());
        var account = routes.MapGroup("/api/v1/account").WithTags("Auth").RequireAuthorization(Policies.User);
        account.AddEndpointFilter(BusyFilter);
        account
            .MapGet("/export", ExportAccount.Handle)
            .WithName("ExportAccount")
            .WithSummary("Everything that is stored about the account, as a JSON file")
            .WithRateBudget(RateBudgets.AccountExport)
            .Produces<IReadOnlyDictionary<string, object>>();
        account
            .MapPost("/delete", DeleteAccount.Handle)
            .WithName("DeleteAccount")
            .WithSummary("Delete the account and everything in it, at once and for good")
            .WithRateBudget(RateBudgets.AuthChangePassword);
        return routes;
    }

    private static void Map(RouteGroupBuilder auth)
    {
        auth.AddEndpointFilter(BusyFilter);
        auth.MapPost("/register", Register.Handle)
            .WithRateBudget(RateBudgets.AuthRegister)
            .WithSummary("Create an account")
            .AllowAnonymous();
        auth.MapPost("/login", Login.Handle)
            .WithRateBudget(RateBudgets.AuthLogin)
            .WithSummary("Sign in with e-mail and password")
            .AllowAnonymous();
        auth.MapPost("/refresh", RefreshToken.Handle)
            .WithRateBudget(RateBudgets.AuthRefresh)
            .WithSummary("Exchange a refresh token for new tokens")
            .AllowAnonymous();
        auth.MapPost("/refresh-with-token", RefreshToken.Handle)
            .WithRateBudget(RateBudgets.AuthRefresh)
            .WithSummary("Exchange a refresh token for new tokens")
            .AllowAnonymous();
        auth.MapPost("/forgot-password", ForgotPassword.Handle)
            .WithRateBudget(RateBudgets.AuthForgotPassword)
            .WithSummary("Ask for a link to set a new password")
            .AllowAnonymous();
        auth.MapPost("/reset-password", ResetPassword.Handle)
            .WithRateBudget(RateBudgets.AuthResetPassword)
            .WithSummary("Set a new password with the link's token")
            .AllowAnonymous();
        auth.MapPut("/change-password", ChangePassword.Handle)
            .WithRateBudget(RateBudgets.AuthChangePassword)
            .WithSummary("Change the password; signs out the other devices")
            .RequireAuthorization(Policies.User);
        auth.MapGet("/social/{provider:regex(^(google|github)$)}/url", StartSocialSignIn.Handle)
            .WithSummary("Where to send the browser to sign in with Google or GitHub")
            .AllowAnonymous();
        auth.MapGet("/social/{provider:regex(^(google|github)$)}", FinishSocialSignIn.Handle)
            .WithSummary("Where Google or GitHub send the browser back to")
            .Produces(StatusCodes.Status302Found)
            .AllowAnonymous();
        auth.MapPost("/logout", Logout.Handle).WithSummary("End this session").RequireAuthorization(Policies.User);
        auth.MapPost("/logout-all", LogoutAll.Handle).WithSummary("End all sessions").RequireAuthorization(Policies.User);
        auth.MapGet("/sessions", ListSessions.Handle).WithSummary("Open sessions").RequireAuthorization(Policies.User);
        auth.MapDelete("/sessions/{sessionId:guid}", RevokeSession.Handle)
            .WithSummary("End one session")
            .RequireAuthorization(Policies.User);
        auth.MapPut("/profile", UpdateProfile.Handle).WithSummary("Change the display name").RequireAuthorization(Policies.User);
        auth.MapGet("/profile/subscription", GetProfileSubscription.Handle)
            .WithSummary("The signed-in account with subscription, usage and features")
            .RequireAuthorization(Policies.User);
        auth.MapGet("/profile", GetProfile.Handle)
            .WithSummary("The signed-in account")
            .Produces<UserView>()
            .RequireAuthorization(Policies.User);
    }

    private static async ValueTask<object?> BusyFilter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (HashingBusyException busy)
        {
            return Problems.Unavailable("sign_in_busy", busy.Message + " Try again after the seconds in Retry-After.", RetryWhenBusy);
        }
    }
}
