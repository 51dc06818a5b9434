using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// Settings of accounts and tokens: section <c>Auth</c>, filled from the plain environment names of the operations runbook.
/// Durations are written <c>15m</c>, <c>7d</c>, <c>90s</c> or <c>1h</c>.
/// </summary>
public sealed class AccountOptions : IValidatableObject
{
    public const string Section = "Auth";

    /// <summary>JWT_SECRET, at least 32 bytes.</summary>
    [Required]
    [Description("signs access tokens and keys everything derived from it; make one with: openssl rand -base64 64")]
    public string JwtSecret { get; set; } = "";

    /// <summary>Still accepted (never used to sign) while a rotation without sign-outs is under way. JWT_SECRET_PREVIOUS, off by
    /// default.</summary>
    public string? JwtSecretPrevious { get; set; }

    public string Issuer { get; set; } = "ytoptimizer";

    public string Audience { get; set; } = "ytoptimizer-api";

    /// <summary>JWT_ACCESS_TTL.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>JWT_REFRESH_TTL: a session that is not refreshed for this long ends.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>SESSION_ABSOLUTE_TTL: a session ends after this long however busy it is.</summary>
    public TimeSpan SessionAbsoluteLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a spent refresh token still answers with its successor, while that is unused (lost response, second
    /// tab).</summary>
    public TimeSpan RefreshGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Tolerated difference between clocks. Never more than 30 s.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>MAX_LOGIN_ATTEMPTS.</summary>
    [Range(1, 100)]
    public int MaxLoginAttempts { get; set; } = 5;

    /// <summary>LOCKOUT_DURATION_MINUTES: doubles with every further lock, up to a day.</summary>
    [Range(1, 1440)]
    public int LockoutDurationMinutes { get; set; } = 15;

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

    /// <summary>FRONTEND_URL (section Web): where links in mails and redirects lead.</summary>
    public string FrontendUrl { get; set; } = "http://localhost:4200";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, TimeSpan Value, TimeSpan Min, TimeSpan Max)[] durations =
        [
            (nameof(AccessTokenLifetime), AccessTokenLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)),
            (nameof(RefreshTokenLifetime), RefreshTokenLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(30)),
            (nameof(SessionAbsoluteLifetime), SessionAbsoluteLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(90)),
            (nameof(RefreshGrace), RefreshGrace, TimeSpan.Zero, TimeSpan.FromSeconds(30)),
            (nameof(ClockSkew), ClockSkew, TimeSpan.Zero, TimeSpan.FromSeconds(30)),
            (nameof(AccessStateMaxAge), AccessStateMaxAge, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)),
            (nameof(PasswordResetLifetime), PasswordResetLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(1)),
        ];
        return durations
            .Where(d => d.Value < d.Min || d.Value > d.Max)
            .Select(d => new ValidationResult($"must lie between {d.Min} and {d.Max}", [d.Name]));
    }
}
