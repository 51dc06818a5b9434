using Npgsql;

namespace YtOptimizer.Tests.Database.RowSecurity;

/// <summary>What no claim or privilege of a role opens, and what every table, policy and view must have.</summary>
public sealed class RowSecurityTests : IAsyncLifetime
{
    private RowSecurityDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await RowSecurityDatabase.CreateAsync();

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
        Assert.True(database.Tables.Count >= 25, $"only {database.Tables.Count} tables found");
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
            database.RunAsync("authenticated", RowSecurityDatabase.Claims(database.Self, "authenticated"), scope =>
                scope.ExecuteAsync(sql, new { self = database.Self })
            )
        );
        Assert.Equal("42501", error.SqlState);
    }

    [Fact]
    public async Task Claims_RoleInTheToken_DoesNotMakeAnAdministrator()
    {
        await database.SeedAsync("error_logs");
        var claims =
            $$"""{"user_metadata":{"role":"admin"},"app_metadata":{"role":"admin"},"role":"authenticated","sub":"{{database.Self}}" }""";
        var seen = await database.RunAsync("authenticated", claims, scope => scope.ScalarAsync<long>("SELECT count(*) FROM error_logs"));
        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task Administrator_Locked_ReadsNoMore()
    {
        await database.SeedAsync("error_logs");
        Assert.True(
            await database.RunAsync("authenticated", RowSecurityDatabase.Claims(database.Admin, "authenticated"), scope =>
                scope.ScalarAsync<long>("SELECT count(*) FROM error_logs")
            ) > 0
        );
        await database.Db.ExecuteAsync("UPDATE profiles SET account_locked = true WHERE id = @admin", new { admin = database.Admin }, Ct);
        Assert.Equal(
            0,
            await database.RunAsync("authenticated", RowSecurityDatabase.Claims(database.Admin, "authenticated"), scope =>
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
        await database.SeedAsync("audit_trail");
        await database.SeedAsync("security_events");
        var error = await Assert.ThrowsAsync<PostgresException>(() => database.RunAsync(role, "", scope => scope.ExecuteAsync(sql)));
        Assert.Equal("42501", error.SqlState);
    }
}
