using System.Globalization;

namespace YtOptimizer.ServiceDefaults.Configuration;

/// <summary>One environment name as operators know it, and the configuration key it fills.</summary>
/// <param name="Name">Plain name, for example <c>JWT_SECRET</c>; read from the environment, user secrets, appsettings or the command
/// line.</param>
/// <param name="Key">Configuration key, for example <c>Auth:JwtSecret</c>. The key itself, when set, wins over the plain name.</param>
/// <param name="Convert">Translates the notation; null means that the value does not apply to this key.</param>
public sealed record PlainName(string Name, string Key, Func<string, string?>? Convert = null);

/// <summary>
/// The one place where plain environment names become configuration keys. Several names may fill one key: the first that is set wins.
/// </summary>
public static class EnvironmentVariableMap
{
    public static readonly IReadOnlyList<PlainName> All =
    [
        // Servers.
        new("DATABASE_URL", "ConnectionStrings:" + ResourceNames.Database),
        new("SUPABASE_URL", "ConnectionStrings:" + ResourceNames.Database, PostgresUrlOnly),
        new("DATABASE_DIRECT_URL", "ConnectionStrings:" + ResourceNames.DatabaseDirect),
        new("DATABASE_APP_PASSWORD", "Database:AppPassword"),
        new("DIRECT_URL", "ConnectionStrings:" + ResourceNames.DatabaseDirect),
        new("REDIS_URL", "ConnectionStrings:" + ResourceNames.Cache),
        new("REDIS_HOST", "Redis:Host"),
        new("REDIS_PORT", "Redis:Port"),
        new("REDIS_PASSWORD", "Redis:Password"),
        // The process.
        new("NODE_ENV", "Process:Environment"),
        new("PORT", "Process:Port"),
        new("HEALTH_PORT", "Process:HealthPort"),
        new("LOG_LEVEL", "Process:LogLevel"),
        new("LOG_FORMAT", "Process:LogFormat"),
        new("SHUTDOWN_DRAIN_SECONDS", "Process:DrainSeconds"),
        new("LOG_LEVEL", "Logging:LogLevel:Default", LogLevels.ToDotNet),
        .. LogLevels.QuietCategories.Select(category => new PlainName(
            "LOG_LEVEL",
            "Logging:LogLevel:" + category,
            LogLevels.ToDotNetQuiet
        )),
        // Accounts.
        new("JWT_SECRET", "Auth:JwtSecret"),
        new("JWT_SECRET_PREVIOUS", "Auth:JwtSecretPrevious"),
        new("JWT_ISSUER", "Auth:Issuer"),
        new("JWT_AUDIENCE", "Auth:Audience"),
        new("SESSION_ABSOLUTE_TTL", "Auth:SessionAbsoluteLifetime", Duration),
        new("ACCESS_STATE_MAX_AGE", "Auth:AccessStateMaxAge", Duration),
        new("PASSWORD_RESET_TTL", "Auth:PasswordResetLifetime", Duration),
        new("ARGON2_MEMORY_KIB", "Auth:Argon2MemoryKiB"),
        new("ARGON2_PASSES", "Auth:Argon2Passes"),
        new("JWT_ACCESS_TTL", "Auth:AccessTokenLifetime", Duration),
        new("JWT_REFRESH_TTL", "Auth:RefreshTokenLifetime", Duration),
        new("MAX_LOGIN_ATTEMPTS", "Auth:MaxLoginAttempts"),
        new("LOCKOUT_DURATION_MINUTES", "Auth:LockoutDurationMinutes"),
        new("INVITATION_REQUIRED", "Auth:InvitationRequired"),
        new("GOOGLE_CLIENT_ID", "Google:ClientId"),
        new("GOOGLE_CLIENT_SECRET", "Google:ClientSecret"),
        new("GOOGLE_REDIRECT_URI", "Google:RedirectUri"),
        new("GOOGLE_BASE_URL", "Google:BaseUrl"),
        new("GITHUB_CLIENT_ID", "GitHub:ClientId"),
        new("GITHUB_CLIENT_SECRET", "GitHub:ClientSecret"),
        new("GITHUB_REDIRECT_URI", "GitHub:RedirectUri"),
        new("GITHUB_BASE_URL", "GitHub:BaseUrl"),
        new("BREACH_CHECK", "BreachCheck:Mode"),
        new("HIBP_BASE_URL", "BreachCheck:BaseUrl"),
        // Upstreams.
        new("OUTBOUND_ALLOW", "Outbound:Allow"),
        new("OPENAI_API_KEY", "OpenAi:ApiKey"),
        new("OPENAI_BASE_URL", "OpenAi:BaseUrl"),
        new("OPENAI_MODEL", "OpenAi:Model"),
        new("OPENAI_TIMEOUT_SECONDS", "OpenAi:TimeoutSeconds"),
        new("OPENAI_CONTEXT_TOKENS", "OpenAi:ContextTokens"),
        new("AI_ENABLED", "OpenAi:Enabled"),
        new("AI_REQUIRED", "OpenAi:Required"),
        new("AI_RUN_TOKEN_CAP", "Spend:RunTokens"),
        new("AI_USER_MONTH_TOKEN_CAP", "Spend:UserMonthTokens"),
        new("AI_GLOBAL_DAY_TOKEN_CAP", "Spend:GlobalDayTokens"),
        new("OPENAI_TRANSCRIPTION_MODEL", "OpenAi:TranscriptionModel"),
        new("OPENAI_TRANSCRIPTION_BASE_URL", "OpenAi:TranscriptionBaseUrl"),
        new("IMAGES_BASE_URL", "OpenAi:ImagesBaseUrl"),
        new("IMAGES_API_KEY", "OpenAi:ImagesApiKey"),
        new("FIREWORKS_API_KEY", "OpenAi:ImagesApiKey"),
        new("IMAGES_MODEL", "OpenAi:ImagesModel"),
        new("STORAGE_DIRECTORY", "Storage:Directory"),
        new("MAX_UPLOAD_SIZE", "Storage:MaxUploadBytes"),
        new("COMPLIANCE_MODE", "Compliance:Mode"),
        new("ANALYSIS_DEADLINE_SECONDS", "Analysis:DeadlineSeconds"),
        new("YOUTUBE_API_KEY", "YouTube:ApiKey"),
        new("YOUTUBE_API_BASE_URL", "YouTube:BaseUrl"),
        new("YOUTUBE_OEMBED_URL", "YouTube:OEmbedUrl"),
        new("YOUTUBE_PICTURE_URL", "YouTube:PictureUrl"),
        new("TELEGRAM_BOT_TOKEN", "Alerts:TelegramBotToken"),
        new("TELEGRAM_CHAT_ID", "Alerts:TelegramChatId"),
        new("TELEGRAM_API_BASE_URL", "Alerts:TelegramApiBaseUrl"),
        new("SMTP_HOST", "Smtp:Host"),
        new("SMTP_PORT", "Smtp:Port"),
        new("SMTP_SECURE", "Smtp:Secure"),
        new("SMTP_USER", "Smtp:User"),
        new("SMTP_PASS", "Smtp:Password"),
        new("PASSWORD_RESET_ENABLED", "Mail:PasswordReset"),
        new("EMAIL_FROM", "Smtp:From"),
        new("EMAIL_FROM_NAME", "Smtp:FromName"),
        // Web.
        new("FRONTEND_URL", "Web:FrontendUrl"),
        new("BACKEND_URL", "Web:BackendUrl"),
        new("FRONTEND_CALLBACK_URL", "Web:FrontendCallbackUrl"),
        new("CORS_ORIGINS", "Web:CorsOrigins"),
        new("CORS_CREDENTIALS", "Web:CorsCredentials"),
        new("TRUSTED_PROXIES", "Web:TrustedProxies"),
        new("FORCE_HTTPS", "Web:ForceHttps"),
        new("API_DOCS", "Web:ApiDocs"),
        new("MAX_FILE_SIZE", "Web:MaxBodyBytes"),
        new("RATE_LIMIT_MAX", "RateLimits:Max"),
        new("AUTH_RATE_LIMIT_MAX", "RateLimits:AuthMax"),
        // Payments.
        new("STRIPE_SECRET_KEY", "Stripe:SecretKey"),
        new("STRIPE_WEBHOOK_SECRET", "Stripe:WebhookSecret"),
        new("STRIPE_PRICE_PRO_MONTHLY", "Stripe:PriceProMonthly"),
        new("STRIPE_PRICE_PRO_YEARLY", "Stripe:PriceProYearly"),
        new("STRIPE_PRICE_PREMIUM_MONTHLY", "Stripe:PricePremiumMonthly"),
        new("STRIPE_PRICE_PREMIUM_YEARLY", "Stripe:PricePremiumYearly"),
        new("STRIPE_API_BASE_URL", "Stripe:BaseUrl"),
        new("TRIAL_DAYS", "Subscriptions:TrialDays"),
        // Operations.
        new("METRICS_TOKEN", "Metrics:Token"),
        new("METRICS_NETWORKS", "Web:MetricsNetworks"),
        new("ALERT_EMAIL", "Alerts:Email"),
        new("ALERT_WEBHOOK_URL", "Alerts:WebhookUrl"),
        new("LOG_RETENTION_DAYS", "Logs:RetentionDays"),
        new("BACKUP_DIR", "Backups:Directory"),
        new("BACKUP_KEEP", "Backups:Keep"),
    ];

    internal static readonly ILookup<string, PlainName> ByKey = All.ToLookup(name => name.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name an operator sets for <paramref name="key"/>: the plain one where there is one, else the key in environment
    /// notation.</summary>
    public static string For(string key) => ByKey[key].FirstOrDefault()?.Name ?? key.Replace(":", "__", StringComparison.Ordinal);

    private static string? PostgresUrlOnly(string value) => value.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) ? value : null;

    /// <summary>"15m", "7d", "1h", "90s" or a TimeSpan; anything else passes through and is refused where it is bound.</summary>
    private static string Duration(string value)
    {
        if (value.Length < 2 || !double.TryParse(value[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return value;
        }

        TimeSpan? duration = value[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
        return duration?.ToString("c", CultureInfo.InvariantCulture) ?? value;
    }
}
