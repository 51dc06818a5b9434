using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// What happens around the validation of an access token. The log says what was wrong with it; the answer is one and the same for
/// every reason, so that it teaches a forger nothing.
/// </summary>
internal static partial class BearerEvents
{
    private static readonly object StaleKey = new();
    private static readonly TimeSpan RetryWhenStale = TimeSpan.FromSeconds(5);

    public static async Task CheckAccess(TokenValidatedContext context)
    {
        if (AccessTokens.Identify(context.Principal?.Identity as ClaimsIdentity) is not { } identity)
        {
            Fail(context, "claims");
            return;
        }

        var state = context.HttpContext.RequestServices.GetRequiredService<AccessState>();
        switch (
            await state.CheckAsync(
                identity,
                new DateTimeOffset(context.SecurityToken.ValidFrom, TimeSpan.Zero),
                context.HttpContext.RequestAborted
            )
        )
        {
            case AccessDecision.Revoked:
                Fail(context, "revoked");
                break;
            case AccessDecision.Unknown:
                context.HttpContext.Items[StaleKey] = true;
                context.Fail("Revocations unknown");
                break;
            case AccessDecision.Granted:
            default:
                break;
        }
    }

    public static Task Log(AuthenticationFailedContext context)
    {
        var logger = Logger(context.HttpContext);
        if (context.Exception is SecurityTokenExpiredException)
        {
            Logs.TokenExpired(logger, context.HttpContext.Connection.RemoteIpAddress);
        }
        else
        {
            Logs.InvalidToken(logger, context.Exception.GetType().Name, context.HttpContext.Connection.RemoteIpAddress);
        }

        return Task.CompletedTask;
    }

    public static async Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        if (context.Response.HasStarted)
        {
            return;
        }

        if (context.HttpContext.Items.ContainsKey(StaleKey))
        {
            await Problems
                .Unavailable("access_state_unavailable", "Sign-ins cannot be checked at this moment. Try again shortly.", RetryWhenStale)
                .ExecuteAsync(context.HttpContext);
            return;
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        await Problems
            .Unauthorized("unauthenticated", "Invalid token or Token expired. Refresh the access token, or sign in again.")
            .ExecuteAsync(context.HttpContext);
    }

    public static Task Forbid(ForbiddenContext context) =>
        Problems.Forbidden("forbidden", "Your role does not permit this. Ask an administrator.").ExecuteAsync(context.HttpContext);

    private static void Fail(TokenValidatedContext context, string reason)
    {
        Logs.InvalidToken(Logger(context.HttpContext), reason, context.HttpContext.Connection.RemoteIpAddress);
        context.Fail("Invalid token");
    }

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("YtOptimizer.Auth");

    private static partial class Logs
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "Invalid token: {Reason} ip:{Address}")]
        public static partial void InvalidToken(ILogger logger, string reason, System.Net.IPAddress? address);

        [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "Token expired ip:{Address}")]
        public static partial void TokenExpired(ILogger logger, System.Net.IPAddress? address);
    }
}
