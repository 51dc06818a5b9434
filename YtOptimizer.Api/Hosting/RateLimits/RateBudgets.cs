using System.Globalization;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Protection;

namespace YtOptimizer.Api.Hosting.RateLimits;

/// <summary>
/// The budgets that endpoints name (<see cref="RateBudgetExtensions.WithRateBudget"/>); every other route
/// spends the default one. RATE_LIMIT_MAX (1000) and AUTH_RATE_LIMIT_MAX (10) scale all of them, because all are stated as parts of those;
/// RATE_LIMIT_AUTH_LOGIN="5/15m;block=30m" sets one. Re-read whenever the configuration changes.
/// </summary>
internal sealed class RateBudgets
{
    public const string Default = "default";
    public const string AuthLogin = "auth/login";
    public const string AuthRegister = "auth/register";
    public const string AuthForgotPassword = "auth/forgot-password";
    public const string AuthResetPassword = "auth/reset-password";
    public const string AccountExport = "account/export";
    public const string AuthChangePassword = "auth/change-password";
    public const string AuthRefresh = "auth/refresh";
    public const string AnalyzeVideo = "analyze/video";
    public const string AnalyzeTranscript = "analyze/transcript";
    public const string AnalyzeUpload = "analyze/upload";
    public const string AnalyzeBulk = "analyze/bulk";
    public const string PasswordSecurityCheck = "password-security/check";
    public const string AdminRole = "admin/role";
    public const string AdminDeleteUser = "admin/delete-user";
    public const string Reports = "reports";

    /// <summary>Guessing promo codes.</summary>
    public const string PromoCode = "subscriptions/promo-codes";

    /// <summary>Stripe sends many events from few addresses.</summary>
    public const string Webhooks = "webhooks";

    /// <summary>Handshakes and polls of live clients: an office behind one address, but no flood.</summary>
    public const string Realtime = "realtime";

    private volatile Dictionary<string, RateBudget> budgets;

    public RateBudgets(IConfiguration configuration, IOptionsMonitor<RateLimitOptions> options)
    {
        budgets = Read(configuration, options.CurrentValue);
        options.OnChange(changed => budgets = Read(configuration, changed));
    }

    public RateBudget this[string name] => budgets.TryGetValue(name, out var budget) ? budget : budgets[Default];

    /// <summary>The budget of a request's endpoint; null when it is exempt.</summary>
    public RateBudget? For(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<RateBudgetName>() is { } named)
        {
            return this[named.Name];
        }

        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "";
        return IsExempt(route, context.Request.Path) ? null : this[Default];
    }

    /// <summary>Variables that set one budget and cannot be read.</summary>
    internal static IEnumerable<string> UnreadableOverrides(IConfiguration configuration) =>
        All(new RateLimitOptions())
            .Select(budget => VariableOf(budget.Name))
            .Where(name => configuration[name] is { Length: > 0 } text && !TryParse(text, out _, out _, out _));

    private static Dictionary<string, RateBudget> Read(IConfiguration configuration, RateLimitOptions options) =>
        All(options).Select(budget => Override(configuration, budget)).ToDictionary(b => b.Name, StringComparer.Ordinal);

    private static RateBudget[] All(RateLimitOptions options)
    {
        int Part(double of1000) => (int)Math.Clamp(options.Max * of1000 / 1000, 1, int.MaxValue);
        int AuthPart(double of10) => (int)Math.Clamp(options.AuthMax * of10 / 10, 1, int.MaxValue);
        return
        [
            new(Default, options.Max, TimeSpan.FromMinutes(15)),
            new(AuthLogin, AuthPart(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), Durable: true, FailuresOnly: true),
            new(AuthRegister, AuthPart(10), TimeSpan.FromHours(1), Durable: true),
            new(AuthForgotPassword, AuthPart(5), TimeSpan.FromMinutes(15), Durable: true),
            new(AuthResetPassword, AuthPart(10), TimeSpan.FromHours(1), TimeSpan.FromHours(1), Durable: true, FailuresOnly: true),
            new(AuthChangePassword, AuthPart(10), TimeSpan.FromMinutes(5), Durable: true, FailuresOnly: true),
            new(AccountExport, Part(10), TimeSpan.FromHours(1)),
            new(AuthRefresh, AuthPart(60), TimeSpan.FromMinutes(1), Durable: true, FailuresOnly: true, Afterwards: true),
            new(AnalyzeVideo, Part(50), TimeSpan.FromHours(1)),
            new(AnalyzeTranscript, Part(50), TimeSpan.FromHours(1)),
            new(AnalyzeUpload, Part(20), TimeSpan.FromHours(1)),
            new(AnalyzeBulk, Part(20), TimeSpan.FromHours(1)),
            new(PasswordSecurityCheck, Part(20), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)),
            new(AdminRole, Part(30), TimeSpan.FromMinutes(5)),
            new(AdminDeleteUser, Part(10), TimeSpan.FromMinutes(10)),
            new(PromoCode, Part(30), TimeSpan.FromMinutes(15)),
            new(Webhooks, Part(3000), TimeSpan.FromMinutes(1)),
            new(Reports, Part(600), TimeSpan.FromMinutes(1)),
            new(Realtime, Part(3000), TimeSpan.FromMinutes(1)),
        ];
    }

    /// <summary>What platforms and monitoring poll, and preflights, which browsers send on their own.</summary>
    private static bool IsExempt(string route, PathString path)
    {
        var at = route.Length > 0 ? "/" + route.TrimStart('/') : path.Value ?? "/";
        return at.StartsWith("/health", StringComparison.OrdinalIgnoreCase)
            || at.StartsWith("/alive", StringComparison.OrdinalIgnoreCase)
            || at.StartsWith("/metrics", StringComparison.OrdinalIgnoreCase)
            || at.StartsWith("/api/v1/metrics", StringComparison.OrdinalIgnoreCase)
            || at.StartsWith("/socket.io", StringComparison.OrdinalIgnoreCase);
    }

    private static string VariableOf(string budget) => "RATE_LIMIT_" + budget.ToUpperInvariant().Replace('/', '_').Replace('-', '_');

    private static RateBudget Override(IConfiguration configuration, RateBudget budget) =>
        configuration[VariableOf(budget.Name)] is { Length: > 0 } text && TryParse(text, out var limit, out var window, out var block)
            ? budget with
            {
                Limit = limit,
                Window = window,
                Block = block ?? budget.Block,
            }
            : budget;

    /// <summary>"5/15m", "5/15m;block=30m"; units s, m, h, d.</summary>
    internal static bool TryParse(string text, out int limit, out TimeSpan window, out TimeSpan? block)
    {
        (limit, window, block) = (0, default, null);
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var budget = parts[0].Split('/');
        if (
            budget.Length != 2
            || !int.TryParse(budget[0], NumberStyles.None, CultureInfo.InvariantCulture, out limit)
            || limit < 1
            || !TryDuration(budget[1], out window)
            || window <= TimeSpan.Zero
        )
        {
            return false;
        }

        if (parts.Length == 1)
        {
            return true;
        }

        var ok =
            parts.Length == 2
            && parts[1].StartsWith("block=", StringComparison.OrdinalIgnoreCase)
            && TryDuration(parts[1]["block=".Length..], out var duration)
            && (block = duration) is not null;
        return ok;
    }

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(
            number
                * text[^1] switch
                {
                    's' => 1L,
                    'm' => 60,
                    'h' => 3600,
                    'd' => 86400,
                    _ => 0,
                }
        );
        return number == 0 || duration > TimeSpan.Zero;
    }
}

/// <summary>Metadata: the budget that an endpoint spends.</summary>
internal sealed record RateBudgetName(string Name);

internal static class RateBudgetExtensions
{
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="name">One of the names of <see cref="RateBudgets"/>; operators set it by the variable of that name.</param>
    public static TBuilder WithRateBudget<TBuilder>(this TBuilder endpoint, string name)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RateBudgetName(name));
}
