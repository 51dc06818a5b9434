namespace YtOptimizer.Api.Features.Users;

/// <summary>
/// Two vocabularies for one fact: the single-page app says active/suspended/inactive (<c>status</c>), the first implementation
/// active/locked/inactive (<c>accountStatus</c>).
/// </summary>
internal static class UserStates
{
    public const string StatusSql =
        "CASE WHEN p.account_locked THEN 'suspended' WHEN p.status <> 'active' THEN 'inactive' ELSE 'active' END";

    public static string AccountStatus(string status) => status == "suspended" ? "locked" : status;

    /// <summary>The two columns behind a state; null for an unknown word.</summary>
    public static (bool Locked, string Status)? Columns(string state) =>
        state switch
        {
            "active" => (false, "active"),
            "suspended" or "locked" => (true, "active"),
            "inactive" => (false, "inactive"),
            _ => null,
        };
}
