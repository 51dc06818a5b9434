namespace YtOptimizer.Api.Hosting;

/// <summary>Authorization policies, one per permission of the product contract. Every endpoint names one, or says AllowAnonymous.</summary>
internal static class Policies
{
    /// <summary>Any signed-in account.</summary>
    public const string User = "user";

    /// <summary>Any signed-in account, by access token or by the session cookie (what a browser's EventSource can send).</summary>
    public const string Live = "live";

    /// <summary>canAccessAdminPanel: moderator, admin.</summary>
    public const string AdminPanel = "admin-panel";

    /// <summary>canManageUsers: admin.</summary>
    public const string ManageUsers = "manage-users";

    /// <summary>canDeleteAnyContent: moderator, admin.</summary>
    public const string DeleteAnyContent = "delete-any-content";

    /// <summary>canViewAllJobs: moderator, admin.</summary>
    public const string ViewAllJobs = "view-all-jobs";

    /// <summary>Administrators only: logs, exports, alerts, invitations.</summary>
    public const string Admin = "admin";

    /// <summary>Operators' metrics: METRICS_TOKEN, admin, or the private network.</summary>
    public const string Metrics = "metrics";
}
