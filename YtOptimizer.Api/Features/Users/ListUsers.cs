using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>Accounts with plan and onboarding, searched, filtered and sorted.</summary>
internal static class ListUsers
{
    public sealed record Subscription(string Tier, string Status, DateTime? CurrentPeriodEnd);

    public sealed record Onboarding(string CurrentStep, int ProgressPercentage, DateTime? CompletedAt);

    public sealed record Item(
        Guid Id,
        string Email,
        string Name,
        string Role,
        string Picture,
        string Provider,
        DateTime CreatedAt,
        DateTime UpdatedAt,
        Subscription Subscription,
        Onboarding Onboarding,
        DateTime? LastActivity,
        int TotalAnalyses,
        string AccountStatus,
        string Status
    );

    public sealed record Response(IReadOnlyList<Item> Users, int Total, int Page, int TotalPages, bool HasNext, bool HasPrev);

    // The page is cut first; what belongs to an account is then looked up for these rows only.
    private const string Sql = $$"""
        SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.created_at, p.updated_at, {{UserStates.StatusSql}} AS status,
               coalesce(s.tier::text, 'free') AS tier, coalesce(s.status::text, 'active') AS subscription_status, s.current_period_end,
               coalesce(o.current_step, 'welcome') AS current_step, coalesce(cardinality(o.completed_steps), 0) AS steps_done,
                   o.completed_at,
               greatest(p.last_login, (SELECT max(x.last_used_at) FROM sessions x WHERE x.user_id = p.id)) AS last_activity,
               (SELECT count(*)::int FROM audits a WHERE a.user_id = p.id) AS total_analyses
        FROM (SELECT * FROM profiles q WHERE {0} ORDER BY {1} LIMIT @limit OFFSET @offset) p
        LEFT JOIN user_subscriptions s ON s.user_id = p.id
        LEFT JOIN user_onboarding o ON o.user_id = p.id
        ORDER BY {2}
        """;

    private const string MatchSql =
        "(@search IS NULL OR q.email ILIKE @search OR q.name ILIKE @search) AND (@role IS NULL OR q.role = @role)";

    private const string CountSql = $"SELECT count(*)::int FROM profiles q WHERE {MatchSql}";

    private const int OnboardingSteps = 6;

    private static readonly Dictionary<string, string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["created_at"] = "created_at",
        ["createdAt"] = "created_at",
        ["updated_at"] = "updated_at",
        ["updatedAt"] = "updated_at",
        ["email"] = "email",
        ["name"] = "name",
        ["role"] = "role",
        ["provider"] = "provider",
        ["last_login"] = "last_login",
        ["lastLogin"] = "last_login",
    };

    public sealed record Query
    {
        /// <summary>From 1; 1 without it.</summary>
        [Range(1, 1_000_000)]
        public int? Page { get; init; }

        /// <summary>Accounts of a page; 10 without it.</summary>
        [Range(1, 100)]
        public int? Limit { get; init; }

        [MaxLength(255)]
        public string? Search { get; init; }

        [RegularExpression(
            "(?i)created_?at|updated_?at|email|name|role|provider|last_?login",
            ErrorMessage = "Sort by created_at, updated_at, email, name, role, provider or last_login."
        )]
        public string? SortBy { get; init; }

        [RegularExpression("(?i)asc|desc", ErrorMessage = "Use asc or desc.")]
        public string? SortOrder { get; init; }

        [RegularExpression("user|premium|moderator|admin", ErrorMessage = "Use user, premium, moderator or admin.")]
        public string? Role { get; init; }
    }

    public static async Task<Ok<Response>> Handle([AsParameters] Query query, Db db, CancellationToken ct)
    {
        var column = Columns.GetValueOrDefault(query.SortBy ?? "created_at", "created_at");
        var direction = string.Equals(query.SortOrder, "asc", StringComparison.OrdinalIgnoreCase) ? "ASC" : "DESC";
        var search = string.IsNullOrWhiteSpace(query.Search) ? null : $"%{Escape(query.Search.Trim())}%";
        var (page, limit) = (query.Page ?? 1, query.Limit ?? 10);
        var parameters = new
        {
            search,
            role = query.Role,
            limit,
            offset = (page - 1) * (long)limit,
        };

        // Only allow-listed column names reach the text of the statement.
        var sql = Sql.Replace("{0}", MatchSql, StringComparison.Ordinal)
            .Replace("{1}", $"q.{column} {direction} NULLS LAST, q.id", StringComparison.Ordinal)
            .Replace("{2}", $"p.{column} {direction} NULLS LAST, p.id", StringComparison.Ordinal);
        var total = await db.ScalarAsync<int>(CountSql, parameters, ct);
        var rows = await db.QueryAsync<Row>(sql, parameters, ct);
        var pages = (total + limit - 1) / limit;
        return TypedResults.Ok(new Response([.. rows.Select(ToItem)], total, page, pages, page < pages, page > 1));
    }

    private static Item ToItem(Row r) =>
        new(
            r.Id,
            r.Email,
            r.Name ?? "",
            r.Role,
            r.Picture ?? "",
            r.Provider,
            r.CreatedAt,
            r.UpdatedAt,
            new Subscription(r.Tier, r.SubscriptionStatus, r.CurrentPeriodEnd),
            new Onboarding(r.CurrentStep, r.CompletedAt is null ? Math.Min(100, r.StepsDone * 100 / OnboardingSteps) : 100, r.CompletedAt),
            r.LastActivity,
            r.TotalAnalyses,
            UserStates.AccountStatus(r.Status),
            r.Status
        );

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    private sealed class Row
    {
        public Guid Id { get; set; }

        public string Email { get; set; } = "";

        public string? Name { get; set; }

        public string Role { get; set; } = "";

        public string? Picture { get; set; }

        public string Provider { get; set; } = "";

        public DateTime CreatedAt { get; set; }

        public DateTime UpdatedAt { get; set; }

        public string Status { get; set; } = "";

        public string Tier { get; set; } = "";

        public string SubscriptionStatus { get; set; } = "";

        public DateTime? CurrentPeriodEnd { get; set; }

        public string CurrentStep { get; set; } = "";

        public int StepsDone { get; set; }

        public DateTime? CompletedAt { get; set; }

        public DateTime? LastActivity { get; set; }

        public int TotalAnalyses { get; set; }
    }
}
