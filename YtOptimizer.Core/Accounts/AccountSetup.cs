using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Accounts;

/// <summary>Accounts for Api and Worker: keys, tokens, sessions, hashing, the access check.</summary>
public static class AccountSetup
{
    public static IHostApplicationBuilder AddAccounts(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<AccountOptions>().Configure<IConfiguration>(AccountOptions.Bind);
        builder.Services.AddSingleton<IPostConfigureOptions<AccountOptions>, DevelopmentSecret>();
        builder.Services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>();
        builder.Services.TryAddSingleton<AccountKeys>();
        builder.Services.TryAddSingleton<AccessTokens>();
        builder.Services.TryAddSingleton<AccessState>();
        builder.Services.TryAddSingleton<Sessions>();
        builder.Services.TryAddSingleton<RefreshTokens>();
        builder.Services.TryAddSingleton<SessionCookieCheck>();
        builder.Services.TryAddSingleton<LoginAttempts>();
        builder.Services.TryAddSingleton<PasswordHasher>();
        builder.Services.TryAddSingleton<CommonPasswords>();
        return builder;
    }

    /// <summary>A fresh secret per start, so that a first run in development needs no configuration.</summary>
    private sealed class DevelopmentSecret(IHostEnvironment environment) : IPostConfigureOptions<AccountOptions>
    {
        private static readonly string Generated = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(48));

        public void PostConfigure(string? name, AccountOptions options)
        {
            if (options.JwtSecret.Length == 0 && environment.IsDevelopment())
            {
                options.JwtSecret = Generated;
            }
        }
    }

    private sealed class AccountOptionsValidator(IHostEnvironment environment) : IValidateOptions<AccountOptions>
    {
        private const string HowToSet = "Set it in the environment to the output of: openssl rand -base64 64";

        public ValidateOptionsResult Validate(string? name, AccountOptions options)
        {
            var annotated = new List<ValidationResult>();
            Validator.TryValidateObject(options, new ValidationContext(options), annotated, validateAllProperties: true);
            var failures = annotated.Select(r => r.ErrorMessage ?? "invalid").ToList();
            if (options.JwtSecret.Length == 0)
            {
                failures.Add("Missing required environment variable JWT_SECRET: it signs access tokens. " + HowToSet);
            }
            else if (Weakness(options.JwtSecret) is { } weakness)
            {
                failures.Add($"JWT_SECRET {weakness}. {HowToSet}");
            }

            if (options.JwtSecretPrevious is { } previous && Weakness(previous) is { } previousWeakness)
            {
                failures.Add($"JWT_SECRET_PREVIOUS {previousWeakness}: a weak key must not be accepted any longer. Remove it; everybody signs in again.");
            }

            if (!Uri.TryCreate(options.FrontendUrl, UriKind.Absolute, out var frontend) || frontend.Scheme is not ("http" or "https"))
            {
                failures.Add("FRONTEND_URL must be an absolute http(s) address.");
            }

            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }

        // Short keys are refused everywhere; well-known ones only where real accounts are.
        private string? Weakness(string secret) =>
            SecretStrength.Weakness(secret) is { } weakness && (!environment.IsDevelopment() || System.Text.Encoding.UTF8.GetByteCount(secret) < SecretStrength.MinBytes)
                ? weakness
                : null;
    }
}
