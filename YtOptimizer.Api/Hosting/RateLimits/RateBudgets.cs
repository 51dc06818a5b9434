using System.Globalization;
using Microsoft.Extensions.Primitives;
using YtOptimizer.Core.Protection;

namespace YtOptimizer.Api.Hosting.RateLimits;

/// <summary>
/// Which budget a route spends. RATE_LIMIT_MAX (1000) and AUTH_RATE_LIMIT_MAX (10) scale all of them, because all are stated as parts of
/// those;
/// RATE_LIMIT_AUTH_LOGIN="5/15m;block=30m" sets one. Re-read whenever the configuration changes.
/// </summary>
internal sealed class RateBudgets
{
    public const string Default = "default";

    /// <summary>Handshakes and polls of live clients: an office behind one address, but no flood.</summary>
    public const string Realtime = "realtime";
    public const int DefaultMax = 1000;
    public const int DefaultAuthMax = 10;

    private readonly IConfiguration configuration;
    private volatile Dictionary<string, RateBudget> budgets;

    public RateBudgets(IConfiguration configuration)
    {
        this.configuration = configuration;
        budgets = Read(configuration, []);
        ChangeToken.OnChange(configuration.GetReloadToken, () => budgets = Read(configuration, []));
    }

    public RateBudget this[string name] => budgets.TryGetValue(name, out var budget) ? budget : budgets[Default];

    /// <summary>The budget of a request by the pattern of its route; null when it is exempt.</summary>
    public RateBudget? For(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<RateBudgetName>() is { } named)
        {
            return this[named.Name];
        }

        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "";
        return IsExempt(route, context.Request.Path) ? null : this[NameOf(route, context.Request.Method)];
    }

    internal static Dictionary<string, RateBudget> Read(IConfiguration configuration, List<string> errors)
    {
        var max = Number(configuration, "RateLimits:Max", "RATE_LIMIT_MAX", DefaultMax, errors);
        var auth = Number(configuration, "RateLimits:AuthMax", "AUTH_RATE_LIMIT_MAX", DefaultAuthMax, errors);
        int Part(double of1000) => (int)Math.Clamp(max * of1000 / 1000, 1, int.MaxValue);
        int AuthPart(double of10) => (int)Math.Clamp(auth * of10 / 10, 1, int.MaxValue);
        RateBudget[] all =
        [
            new(Default, max, TimeSpan.FromMinutes(15)),
            new("auth/login", AuthPart(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), Durable: true, FailuresOnly: true),
            new("auth/register", AuthPart(10), TimeSpan.FromHours(1), Durable: true),
            new("auth/forgot-password", AuthPart(5), TimeSpan.FromMinutes(15), Durable: true),
            new("auth/reset-password", AuthPart(10), TimeSpan.FromHours(1), TimeSpan.FromHours(1), Durable: true, FailuresOnly: true),
            new("auth/change-password", AuthPart(10), TimeSpan.FromMinutes(5), Durable: true, FailuresOnly: true),
            new("auth/refresh", AuthPart(60), TimeSpan.FromMinutes(1), Durable: true, FailuresOnly: true, Afterwards: true),
            new("analyze/video", Part(50), TimeSpan.FromHours(1)),
            new("analyze/transcript", Part(50), TimeSpan.FromHours(1)),
            new("analyze/upload", Part(20), TimeSpan.FromHours(1)),
            new("password-security/check", Part(20), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)),
            new("admin/role", Part(30), TimeSpan.FromMinutes(5)),
            new("admin/delete-user", Part(10), TimeSpan.FromMinutes(10)),
            new("reports", Part(600), TimeSpan.FromMinutes(1)),
            new(Realtime, Part(3000), TimeSpan.FromMinutes(1)),
        ];
        return all.Select(budget => Override(configuration, budget, errors)).ToDictionary(b => b.Name, StringComparer.Ordinal);
    }

    internal static string NameOf(string route, string method)
    {
        var path = route.TrimStart('/');
        path = path.StartsWith("api/v1/", StringComparison.OrdinalIgnoreCase) ? path["api/v1/".Length..] : path;
        return path.TrimEnd('/').ToLowerInvariant() switch
        {
            "auth/login" => "auth/login",
            "auth/register" => "auth/register",
            "auth/forgot-password" => "auth/forgot-password",
            "auth/reset-password" => "auth/reset-password",
            "auth/change-password" => "auth/change-password",
            "auth/refresh" or "auth/refresh-with-token" => "auth/refresh",
            "analyze/video" => "analyze/video",
            "analyze/transcript" => "analyze/transcript",
            "analyze/upload" => "analyze/upload",
            "password-security/check" or "password-security/check-multiple" => "password-security/check",
            "errors/report" or "security/csp-report" => "reports",
            var admin
                when admin.StartsWith("admin/users/", StringComparison.Ordinal) && admin.EndsWith("/role", StringComparison.Ordinal) =>
                "admin/role",
            var admin when admin.StartsWith("admin/users/", StringComparison.Ordinal) && HttpMethods.IsDelete(method) =>
                "admin/delete-user",
            _ => Default,
        };
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

    private static RateBudget Override(IConfiguration configuration, RateBudget budget, List<string> errors)
    {
        var name = "RATE_LIMIT_" + budget.Name.ToUpperInvariant().Replace('/', '_').Replace('-', '_');
        if (configuration[name] is not { Length: > 0 } text)
        {
            return budget;
        }

        if (TryParse(text, out var limit, out var window, out var block))
        {
            return budget with { Limit = limit, Window = window, Block = block ?? budget.Block };
        }

        errors.Add(
            $"Invalid environment variable {name}: write requests/duration and optionally a block, such as 50/1h or 5/15m;block=30m."
        );
        return budget;
    }

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

    private static int Number(IConfiguration configuration, string key, string name, int fallback, List<string> errors)
    {
        if ((configuration[key] ?? configuration[name]) is not { Length: > 0 } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        errors.Add($"Invalid environment variable {name}: it must be a whole number above 0.");
        return fallback;
    }
}

/// <summary>Metadata of an endpoint whose budget does not follow from its route.</summary>
internal sealed record RateBudgetName(string Name);
