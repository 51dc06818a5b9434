using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Accounts;

/// <summary>Accounts for Api and Worker: keys, tokens, sessions, hashing, the access check. The host binds
/// <see cref="AccountOptions"/>.</summary>
public static class AccountSetup
{
    public static IHostApplicationBuilder AddAccounts(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .Services.AddOptions<AccountOptions>()
            .Configure<IConfiguration>(
                (options, configuration) =>
                {
                    options.FrontendUrl = (configuration["Web:FrontendUrl"] is { Length: > 0 } url ? url : options.FrontendUrl).TrimEnd(
                        '/'
                    );
                }
            );
        builder.Services.AddSingleton<IPostConfigureOptions<AccountOptions>, DevelopmentSecret>();
        builder.Services.AddSingleton<IValidateOptions<AccountOptions>, SecretCheck>();
        builder.Services.TryAddSingleton<AccountKeys>();
        builder.Services.TryAddSingleton<AccessTokens>();
        builder.Services.TryAddSingleton<AccessState>();
        builder.Services.TryAddSingleton<Sessions>();
        builder.Services.TryAddSingleton<RefreshTokens>();
        builder.Services.TryAddSingleton<SessionCookieCheck>();
        builder.Services.TryAddSingleton<LoginAttempts>();
        builder.Services.TryAddSingleton<PasswordHasher>();
        builder.Services.TryAddSingleton<CommonPasswords>();
        builder.Services.TryAddSingleton<PasswordResetRequests>();
        builder.Services.TryAddSingleton<TokenPurge>();
        builder.Services.TryAddSingleton<EmailKeys>();
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

    /// <summary>Short keys are refused everywhere, well-known ones only where real accounts are. Values never appear in the
    /// message.</summary>
    private sealed class SecretCheck(IHostEnvironment environment) : IValidateOptions<AccountOptions>
    {
        public ValidateOptionsResult Validate(string? name, AccountOptions options)
        {
            var failures = new List<string>();
            if (options.JwtSecret.Length > 0 && Weakness(options.JwtSecret) is { } weakness)
            {
                failures.Add($"Invalid environment variable JWT_SECRET: {weakness}. Set it to the output of: openssl rand -base64 64");
            }

            if (options.JwtSecretPrevious is { Length: > 0 } previous && Weakness(previous) is { } previousWeakness)
            {
                failures.Add($"Invalid environment variable JWT_SECRET_PREVIOUS: {previousWeakness}. Remove it; everybody signs in again.");
            }

            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }

        private string? Weakness(string secret) =>
            SecretStrength.Weakness(secret) is { } weakness
            && (!environment.IsDevelopment() || System.Text.Encoding.UTF8.GetByteCount(secret) < SecretStrength.MinBytes)
                ? weakness
                : null;
    }
}
