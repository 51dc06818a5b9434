using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// Settings of accounts and tokens, read from the flat environment names of the operations runbook. Durations are written
/// <c>15m</c>, <c>7d</c>, <c>90s</c>, <c>1h</c> or as seconds.
/// </summary>
public sealed class AccountOptions
{
    /// <summary>Signs access tokens and keys everything derived from it. JWT_SECRET, at least 32 bytes.</summary>
    public string JwtSecret { get; set; } = "";

    /// <summary>Still accepted (never used to sign) while a rotation without sign-outs is under way. JWT_SECRET_PREVIOUS, off by default.</summary>
    public string? JwtSecretPrevious { get; set; }

    public string Issuer { get; set; } = "ytoptimizer";

    public string Audience { get; set; } = "ytoptimizer-api";

    /// <summary>JWT_ACCESS_TTL.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>JWT_REFRESH_TTL: a session that is not refreshed for this long ends.</summary>
    public TimeSpan SessionIdleLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>SESSION_ABSOLUTE_TTL: a session ends after this long however busy it is.</summary>
    public TimeSpan SessionAbsoluteLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a spent refresh token still answers with its successor, while that is unused (lost response, second tab).</summary>
    public TimeSpan RefreshGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Tolerated difference between clocks. Never more than 30 s.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>MAX_LOGIN_ATTEMPTS.</summary>
    [Range(1, 100)]
    public int MaxLoginAttempts { get; set; } = 5;

    /// <summary>LOCKOUT_DURATION_MINUTES: doubles with every further lock, up to a day.</summary>
    public TimeSpan LockoutDuration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>ARGON2_MEMORY_KIB. OWASP's minimum at one pass is 47,104 KiB; the setting may only raise it.</summary>
    [Range(PasswordHasher.MinMemoryKiB, 1024 * 1024)]
    public int Argon2MemoryKiB { get; set; } = PasswordHasher.MinMemoryKiB;

    /// <summary>ARGON2_PASSES.</summary>
    [Range(1, 16)]
    public int Argon2Passes { get; set; } = 1;

    /// <summary>INVITATION_REQUIRED.</summary>
    public bool InvitationRequired { get; set; }

    /// <summary>PASSWORD_RESET_TTL.</summary>
    public TimeSpan PasswordResetLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>ACCESS_STATE_MAX_AGE: a process that has not read revocations for this long lets nobody in until it has.</summary>
    public TimeSpan AccessStateMaxAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>FRONTEND_URL: where links in mails and redirects lead.</summary>
    public string FrontendUrl { get; set; } = "http://localhost:4200";

    public static void Bind(AccountOptions options, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        options.JwtSecret = configuration["JWT_SECRET"] ?? "";
        options.JwtSecretPrevious = NullIfEmpty(configuration["JWT_SECRET_PREVIOUS"]);
        options.Issuer = NullIfEmpty(configuration["JWT_ISSUER"]) ?? options.Issuer;
        options.Audience = NullIfEmpty(configuration["JWT_AUDIENCE"]) ?? options.Audience;
        options.AccessTokenLifetime = Duration(configuration, "JWT_ACCESS_TTL", options.AccessTokenLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
        options.SessionIdleLifetime = Duration(configuration, "JWT_REFRESH_TTL", options.SessionIdleLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(30));
        options.SessionAbsoluteLifetime = Duration(configuration, "SESSION_ABSOLUTE_TTL", options.SessionAbsoluteLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(90));
        options.PasswordResetLifetime = Duration(configuration, "PASSWORD_RESET_TTL", options.PasswordResetLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));
        options.AccessStateMaxAge = Duration(configuration, "ACCESS_STATE_MAX_AGE", options.AccessStateMaxAge, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
        options.LockoutDuration = TimeSpan.FromMinutes(Number(configuration, "LOCKOUT_DURATION_MINUTES", (int)options.LockoutDuration.TotalMinutes));
        options.MaxLoginAttempts = Number(configuration, "MAX_LOGIN_ATTEMPTS", options.MaxLoginAttempts);
        options.Argon2MemoryKiB = Number(configuration, "ARGON2_MEMORY_KIB", options.Argon2MemoryKiB);
        options.Argon2Passes = Number(configuration, "ARGON2_PASSES", options.Argon2Passes);
        options.InvitationRequired = string.Equals(configuration["INVITATION_REQUIRED"], "true", StringComparison.OrdinalIgnoreCase);
        options.FrontendUrl = (NullIfEmpty(configuration["FRONTEND_URL"]) ?? options.FrontendUrl).TrimEnd('/');
    }

    /// <summary>Reads <c>15m</c>, <c>7d</c>, <c>90s</c>, <c>1h</c> or plain seconds.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        var unit = text.Length == 0 ? '\0' : char.ToLowerInvariant(text[^1]);
        var seconds = unit switch { 'm' => 60L, 'h' => 3600L, 'd' => 86400L, _ => 1L };
        var digits = char.IsAsciiLetter(unit) ? text[..^1] : text;
        var known = unit is 's' or 'm' or 'h' or 'd' || char.IsAsciiDigit(unit);
        duration = default;
        if (!known || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(amount * seconds);
        return true;
    }

    private static TimeSpan Duration(IConfiguration configuration, string key, TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        if (NullIfEmpty(configuration[key]) is not { } text)
        {
            return fallback;
        }

        return TryParseDuration(text, out var value) && value >= min && value <= max
            ? value
            : throw new InvalidOperationException($"{key} must be a duration between {min} and {max}, written like 15m, 7d or in seconds.");
    }

    private static int Number(IConfiguration configuration, string key, int fallback) =>
        NullIfEmpty(configuration[key]) is not { } text ? fallback
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : throw new InvalidOperationException($"{key} must be a whole number.");

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
