using YtOptimizer.Core.Data;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database.RowSecurity;

/// <summary>A database with two users and an administrator, where SQL runs as any role with any claims.</summary>
internal sealed class RowSecurityDatabase : IAsyncDisposable
{
    /// <summary>Table → column that names the owner; null = only administrators read it.</summary>
    public static readonly Dictionary<string, string?> Readable = new(StringComparer.Ordinal)
    {
        ["profiles"] = "id",
        ["user_subscriptions"] = "user_id",
        ["billing_history"] = "user_id",
        ["promo_code_usage"] = "user_id",
        ["quota_bonuses"] = "user_id",
        ["invitations"] = "created_by",
        ["invitation_usage"] = "user_id",
        ["audits"] = "user_id",
        ["video_analysis_logs"] = "user_id",
        ["user_token_usage"] = "user_id",
        ["user_content_preferences"] = "user_id",
        ["notifications"] = "user_id",
        ["user_onboarding"] = "user_id",
        ["user_feedbacks"] = "user_id",
        ["feature_requests"] = "user_id",
        ["feature_votes"] = "user_id",
        ["usage_events"] = "user_id",
        ["user_logs"] = "user_id",
        ["security_events"] = "user_id",
        ["payment_methods"] = "user_id",
        ["admin_notes"] = null,
        ["audit_trail"] = null,
        ["error_logs"] = null,
        ["system_logs"] = null,
        ["api_request_logs"] = null,
        ["ip_rate_limits"] = null,
    };

    private readonly TestDatabase database;
    private readonly Guid other = Guid.CreateVersion7();

    private RowSecurityDatabase(TestDatabase database) => this.database = database;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Guid Self { get; } = Guid.CreateVersion7();

    public Guid Admin { get; } = Guid.CreateVersion7();

    public IReadOnlyList<string> Tables { get; private set; } = [];

    public Db Db => database.Db;

    public static async Task<RowSecurityDatabase> CreateAsync()
    {
        var created = new RowSecurityDatabase(await TestDatabase.CreateAsync(Ct));
        created.Tables = await created.Db.QueryAsync<string>(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT "
                + "relispartition ORDER BY relname",
            null,
            Ct
        );
        await created.Db.ExecuteAsync(
            "INSERT INTO profiles (id, email, role) VALUES (@Self, 'self@example.com', 'user'), (@other, 'other@example.com', 'user'), "
                + "(@Admin, 'admin@example.com', 'admin')",
            new
            {
                created.Self,
                created.other,
                created.Admin,
            },
            Ct
        );
        return created;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    public async Task SeedAsync(string table)
    {
        Readable.TryGetValue(table, out var owner);
        if (!string.Equals(table, "profiles", StringComparison.Ordinal))
        {
            await TableRows.InsertAsync(database.Db, table, owner, Self, Ct);
            await TableRows.InsertAsync(database.Db, table, owner, other, Ct);
        }
    }

    public static string Claims(Guid sub, string role) => $$"""{"sub":"{{sub}}","role":"{{role}}"}""";

    /// <summary>Runs as a role, with claims as PostgREST sets them, and rolls back.</summary>
    public async Task<T> RunAsync<T>(string role, string claims, Func<DbScope, Task<T>> work)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var scope = new DbScope(connection, transaction, Ct);
        await scope.ExecuteAsync($"SET LOCAL ROLE {role}");
        await scope.ScalarAsync<string>("SELECT set_config('request.jwt.claims', @claims, true)", new { claims });
        return await work(scope);
    }
}
