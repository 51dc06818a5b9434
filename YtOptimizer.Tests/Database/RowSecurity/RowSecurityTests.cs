using Npgsql;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database.RowSecurity;

/// <summary>
/// Every table × every role × every verb, tried for real with SET ROLE and the claims that PostgREST would set. Tables that are not listed
/// here must be
/// closed to users altogether, so a new table is right by default and wrong only if its migration opened it.
/// </summary>
public sealed class RowSecurityTests : IAsyncLifetime
{
    // table → column that names the owner; null = only administrators read it.
    private static readonly Dictionary<string, string?> Readable = new(StringComparer.Ordinal)
    {
        ["profiles"] = "id",
        ["user_subscriptions"] = "user_id",
        ["billing_history"] = "user_id",
        ["promo_code_usage"] = "user_id",
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
        ["audit_trail"] = null,
        ["error_logs"] = null,
        ["system_logs"] = null,
        ["api_request_logs"] = null,
        ["ip_rate_limits"] = null,
    };

    private static readonly HashSet<string> NotForAdministrators = new(StringComparer.Ordinal) { "payment_methods" };
    private static readonly HashSet<string> Public = new(StringComparer.Ordinal) { "subscription_limits" };
    private static readonly HashSet<string> AppendOnly = new(StringComparer.Ordinal) { "audit_trail", "security_events" };

    // Written by triggers and functions of their own only.
    private static readonly HashSet<string> Internal = new(StringComparer.Ordinal) { "audit_chain_links", "security_events_unsealed" };

    private readonly Guid self = Guid.CreateVersion7();
    private readonly Guid other = Guid.CreateVersion7();
    private readonly Guid admin = Guid.CreateVersion7();
    private TestDatabase database = null!;
    private IReadOnlyList<string> tables = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        tables = await database.Db.QueryAsync<string>(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT "
                + "relispartition ORDER BY relname",
            null,
            Ct
        );
        await database.Db.ExecuteAsync(
            "INSERT INTO profiles (id, email, role) VALUES (@self, 'self@example.com', 'user'), (@other, 'other@example.com', 'user'), "
                + "(@admin, 'admin@example.com', 'admin')",
            new
            {
                self,
                other,
                admin,
            },
            Ct
        );
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Tables_All_HaveRowSecurity()
    {
        var open = await database.Db.QueryAsync<string>(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT "
                + "relrowsecurity",
            null,
            Ct
        );
        Assert.True(tables.Count >= 25, $"only {tables.Count} tables found");
        Assert.True(
            open.Count == 0,
            $"Tables without row security: {string.Join(", ", open)}. End their migration with: SELECT secure_table('<table>', '<owner "
                + $"column or NULL>');"
        );
    }

    [Fact]
    public async Task Policies_ForUsers_NeverOpenAPrivateTableToAll()
    {
        var open = await database.Db.QueryAsync<string>(
            """
            SELECT tablename || '.' || policyname FROM pg_policies
            WHERE schemaname = 'public' AND roles && ARRAY['anon', 'authenticated', 'public']::name[] AND (qual = 'true'
                OR with_check = 'true')
            """,
            null,
            Ct
        );
        Assert.Equal(["subscription_limits.catalogue"], open);
    }

    [Fact]
    public async Task Views_InPublic_RunWithTheCallersRights()
    {
        var definers = await database.Db.QueryAsync<string>(
            """
            SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v'
                AND NOT coalesce(c.reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on']
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
              AND (has_table_privilege('anon', c.oid, 'SELECT') OR has_table_privilege('authenticated', c.oid, 'SELECT'))
            """,
            null,
            Ct
        );
        Assert.Empty(definers);
    }

    [Fact]
    public async Task Matrix_EveryTableRoleAndVerb_AnswersAsStated()
    {
        var wrong = new List<string>();
        var cells = 0;
        foreach (var table in tables)
        {
            await SeedAsync(table);
            foreach (var (role, claims, sub) in Callers())
            {
                foreach (var verb in new[] { "SELECT", "INSERT", "UPDATE", "DELETE" })
                {
                    cells++;
                    var expected = Expected(table, role, sub, verb);
                    var actual = await TryAsync(table, role, claims, verb);
                    if (!string.Equals(expected, actual, StringComparison.Ordinal))
                    {
                        wrong.Add(
                            $"{verb} {table} as {role}{(sub == self ? " (self)" : sub == admin ? " (admin)" : "")}: expected {expected}, "
                                + $"was {actual}"
                        );
                    }
                }
            }
        }

        Assert.True(cells >= 25 * 6 * 4, $"only {cells} cells");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("UPDATE profiles SET role = 'admin' WHERE id = @self")]
    [InlineData("UPDATE profiles SET token_version = 0 WHERE id = @self")]
    [InlineData("UPDATE profiles SET account_locked = false WHERE id = @self")]
    [InlineData("UPDATE user_subscriptions SET tier = 'premium' WHERE user_id = @self")]
    [InlineData("INSERT INTO user_subscriptions (user_id, tier) VALUES (@self, 'premium')")]
    [InlineData("SELECT secure_table('profiles')")]
    [InlineData("SELECT seal_security_events()")]
    [InlineData("SELECT purge_security_events('100 days')")]
    [InlineData("SELECT * FROM ops.audit_chain_heads")]
    public async Task User_ChangingOwnStanding_IsRefused(string sql)
    {
        var error = await Assert.ThrowsAsync<PostgresException>(() =>
            RunAsync("authenticated", Claims(self, "authenticated"), scope => scope.ExecuteAsync(sql, new { self }))
        );
        Assert.Equal("42501", error.SqlState);
    }

    [Fact]
    public async Task Claims_RoleInTheToken_DoesNotMakeAnAdministrator()
    {
        await SeedAsync("error_logs");
        var claims = $$"""{"user_metadata":{"role":"admin"},"app_metadata":{"role":"admin"},"role":"authenticated","sub":"{{self}}" }""";
        var seen = await RunAsync("authenticated", claims, scope => scope.ScalarAsync<long>("SELECT count(*) FROM error_logs"));
        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task Administrator_Locked_ReadsNoMore()
    {
        await SeedAsync("error_logs");
        Assert.True(
            await RunAsync("authenticated", Claims(admin, "authenticated"), scope =>
                scope.ScalarAsync<long>("SELECT count(*) FROM error_logs")
            ) > 0
        );
        await database.Db.ExecuteAsync("UPDATE profiles SET account_locked = true WHERE id = @admin", new { admin }, Ct);
        Assert.Equal(
            0,
            await RunAsync("authenticated", Claims(admin, "authenticated"), scope =>
                scope.ScalarAsync<long>("SELECT count(*) FROM error_logs")
            )
        );
    }

    [Theory]
    [InlineData("ytoptimizer_app", "TRUNCATE audit_trail")]
    [InlineData("ytoptimizer_app", "TRUNCATE security_events")]
    [InlineData("ytoptimizer_app", "DELETE FROM audit_chain_links")]
    [InlineData("ytoptimizer_app", "DELETE FROM security_events_unsealed")]
    [InlineData("ytoptimizer_app", "UPDATE ops.audit_chain_heads SET seq = 0")]
    [InlineData("ytoptimizer_app", "ALTER TABLE audit_trail DISABLE TRIGGER ALL")]
    [InlineData("ytoptimizer_app", "CREATE TABLE mine (id int)")]
    [InlineData("ytoptimizer_app", "SET session_replication_role = replica")]
    [InlineData("service_role", "TRUNCATE audit_trail")]
    [InlineData("postgres", "DELETE FROM audit_trail")]
    [InlineData("postgres", "UPDATE security_events SET status = 'x'")]
    [InlineData("postgres", "TRUNCATE security_events")]
    public async Task AppendOnly_AnyRole_IsRefused(string role, string sql)
    {
        await SeedAsync("audit_trail");
        await SeedAsync("security_events");
        var error = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(role, "", scope => scope.ExecuteAsync(sql)));
        Assert.Equal("42501", error.SqlState);
    }

    private IEnumerable<(string Role, string Claims, Guid? Sub)> Callers() =>
        [
            ("anon", """{"role":"anon"}""", null),
            ("authenticated", Claims(self, "authenticated"), self),
            ("authenticated", Claims(Guid.CreateVersion7(), "authenticated"), Guid.Empty),
            ("authenticated", Claims(admin, "authenticated"), admin),
            ("service_role", """{"role":"service_role"}""", null),
            ("ytoptimizer_app", "", null),
        ];

    private static string Claims(Guid sub, string role) => $$"""{"sub":"{{sub}}","role":"{{role}}"}""";

    /// <summary>"denied", or for a SELECT which of the seeded rows are visible: all, own, none; or "allowed".</summary>
    private string Expected(string table, string role, Guid? sub, string verb)
    {
        if (role is "service_role" or "ytoptimizer_app")
        {
            return Internal.Contains(table)
                    ? (verb == "SELECT" && role == "ytoptimizer_app" && table == "audit_chain_links" ? "all" : "denied")
                : verb != "SELECT" && role == "ytoptimizer_app" && Public.Contains(table) ? "denied"
                : verb is "UPDATE" or "DELETE" && AppendOnly.Contains(table) ? "denied"
                : verb == "SELECT" ? "all"
                : "allowed";
        }

        if (verb != "SELECT")
        {
            return "denied";
        }

        if (Public.Contains(table))
        {
            return "all";
        }

        if (role == "anon" || !Readable.TryGetValue(table, out var owner))
        {
            return "denied";
        }

        return sub == admin && !NotForAdministrators.Contains(table) ? "all"
            : sub == self && owner is not null ? "own"
            : "none";
    }

    private async Task<string> TryAsync(string table, string role, string claims, string verb)
    {
        var column =
            verb == "SELECT"
                ? null
                : await database.Db.ScalarAsync<string>(
                    "SELECT attname::text FROM pg_attribute WHERE attrelid = @table::regclass AND attnum > 0 AND NOT attisdropped AND "
                        + "attgenerated = '' AND attidentity = '' ORDER BY attnum LIMIT 1",
                    new { table },
                    Ct
                );
        try
        {
            return await RunAsync(role, claims, async scope =>
            {
                switch (verb)
                {
                    case "SELECT":
                        var total = await database.Db.ScalarAsync<long>($"SELECT count(*) FROM {table}", null, Ct);
                        var seen = await scope.ScalarAsync<long>($"SELECT count(*) FROM {table}");
                        return seen == total ? "all"
                            : seen == 0 ? "none"
                            : seen == 1 ? "own"
                            : $"{seen} of {total}";
                    case "INSERT":
                        await scope.ExecuteAsync($"INSERT INTO {table} DEFAULT VALUES");
                        return "allowed";
                    case "UPDATE":
                        return await scope.ExecuteAsync($"UPDATE {table} SET {column} = {column}") > 0 ? "allowed" : "no rows";
                    default:
                        return await scope.ExecuteAsync($"DELETE FROM {table} WHERE ctid IN (SELECT ctid FROM {table} LIMIT 1)") > 0
                            ? "allowed"
                            : "no rows";
                }
            });
        }
        catch (PostgresException e) when (e.SqlState == "42501")
        {
            return "denied";
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            return "allowed"; // past every permission, stopped by a constraint
        }
    }

    private async Task SeedAsync(string table)
    {
        Readable.TryGetValue(table, out var owner);
        if (!string.Equals(table, "profiles", StringComparison.Ordinal))
        {
            await TableRows.InsertAsync(database.Db, table, owner, self, Ct);
            await TableRows.InsertAsync(database.Db, table, owner, other, Ct);
        }
    }

    /// <summary>Runs as a role, with claims as PostgREST sets them, and rolls back.</summary>
    private async Task<T> RunAsync<T>(string role, string claims, Func<YtOptimizer.Core.Data.DbScope, Task<T>> work)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var scope = new YtOptimizer.Core.Data.DbScope(connection, transaction, Ct);
        await scope.ExecuteAsync($"SET LOCAL ROLE {role}");
        await scope.ScalarAsync<string>("SELECT set_config('request.jwt.claims', @claims, true)", new { claims });
        return await work(scope);
    }
}
