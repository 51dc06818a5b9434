using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.Mail.Dispatch;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Authentication by access token, the policies of the product, and the services of the Auth feature.</summary>
internal static class AuthSetup
{
    public static WebApplicationBuilder AddAuth(this WebApplicationBuilder builder)
    {
        builder.AddAccounts();
        builder.Services.AddValidatedOptions<AccountOptions>(AccountOptions.Section);
        builder.Services.AddPulsePart<AccessPulse>();
        builder.Services.AddHostedService<AccessStateRefresher>();
        builder.Services.AddSingleton<SessionCookies>();
        builder.Services.AddSingleton<PasswordPolicy>();
        builder.Services.AddSingleton<PasswordSignIn>();
        builder.Services.AddSingleton<AccountDeletion>();
        builder.Services.AddValidatedOptions<BreachOptions>(BreachOptions.Section);
        builder.Services.AddBreachCheck();
        builder.Services.AddSingleton<BreachWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BreachWatch>());
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, SessionCookieScheme>(SessionCookieScheme.Name, null);
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<AccessTokens>(ConfigureBearer);
        builder.Services.AddValidatedOptions<SmtpOptions>(SmtpOptions.Section);
        builder.Services.AddMailCheck();
        builder.AddSocialSignIn();
        builder.AddPolicies();
        return builder;
    }

    private static void ConfigureBearer(JwtBearerOptions options, AccessTokens tokens)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = tokens.Validation;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(tokens.Handler);
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = BearerEvents.CheckAccess,
            OnAuthenticationFailed = BearerEvents.Log,
            OnChallenge = BearerEvents.Challenge,
            OnForbidden = BearerEvents.Forbid,
        };
    }
}
