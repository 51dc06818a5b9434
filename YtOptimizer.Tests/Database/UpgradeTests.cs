using YtOptimizer.Core.Data;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Database.RowSecurity;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

/// <summary>A database of the release before, with rows in every table, becomes today's.</summary>
public sealed class UpgradeTests
{
    /// <summary>The last migration of 1.0.0.</summary>
    private const string LastOfPreviousRelease = "20261125120130";

    private const string TablesSql = """
        SELECT c.relname::text AS name,
            (SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'user_id') AS owner
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND c.relname NOT IN ('profiles', 'subscription_limits')
        ORDER BY 1
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_RowsOfThePreviousRelease_AreKept()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        DbSetup.AddDb(new Microsoft.Extensions.DependencyInjection.ServiceCollection());
        var db = new Db(database.Source);
        var files = await MigrationFile.LoadAsync(Repository.PathOf("supabase"), Ct);
        Copy(database, files.Where(file => string.CompareOrdinal(file.Version, LastOfPreviousRelease) <= 0));
        await database.PushAsync(Ct);
        Guid[] accounts = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        foreach (var account in accounts)
        {
            await db.ExecuteAsync("INSERT INTO profiles (id, email) VALUES (@account, @account || '@example.com')", new { account }, Ct);
        }

        // As accounts were that an import or an operator made: one has no row of its plan, one pays for a year.
        await db.ExecuteAsync("DELETE FROM user_subscriptions", null, Ct);
        await db.ExecuteAsync(
            """
            INSERT INTO user_subscriptions (user_id, tier, billing_interval, current_period_start, current_period_end)
            VALUES (@account, 'pro', 'yearly', now() - interval '40 days', now() + interval '325 days')
            """,
            new { account = accounts[0] },
            Ct
        );
        var tables = await db.QueryAsync<(string Name, string? Owner)>(TablesSql, null, Ct);
        foreach (var (name, owner) in tables.Where(table => table.Name != "user_subscriptions"))
        {
            foreach (var account in accounts)
            {
                await TableRows.InsertAsync(db, name, owner, account, Ct);
            }
        }

        var before = await CountAsync(db, tables);
        Assert.All(before, count => Assert.True(count.Value > 0, $"{count.Key} is empty: this test would not see what happens to it."));

        Copy(database, files);
        await database.PushAsync(Ct);

        var after = await CountAsync(db, tables);
        Assert.Equal(2L, after["user_subscriptions"]);
        Assert.Equal(before.Where(table => table.Key != "user_subscriptions"), after.Where(table => table.Key != "user_subscriptions"));
        Assert.Equal(
            ["pro yearly", "free monthly"],
            await db.QueryAsync<string>(
                """
                SELECT s.tier || ' ' || s.billing_interval
                FROM unnest(@accounts::uuid[]) WITH ORDINALITY a (id, n), plan_state(a.id, now()) s ORDER BY a.n
                """,
                new { accounts },
                Ct
            )
        );
    }

    private static void Copy(EmptyDatabase database, IEnumerable<MigrationFile> files)
    {
        foreach (var file in files)
        {
            database.Add(Path.GetFileNameWithoutExtension(file.FileName), file.Sql);
        }
    }

    private static async Task<Dictionary<string, long>> CountAsync(Db db, IEnumerable<(string Name, string? Owner)> tables)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, _) in tables)
        {
            counts[name] = await db.ScalarAsync<long>($"SELECT count(*) FROM {name}", null, Ct);
        }

        return counts;
    }
}
