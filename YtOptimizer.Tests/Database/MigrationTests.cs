using Npgsql;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

/// <summary>The repository's own migrations, and what the migrator promises, each on an empty database.</summary>
public class MigrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_EmptyDatabase_CreatesTheSchemaOnce()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        var supabase = Repository.PathOf("supabase");
        var applied = await Migrator.PushAsync(database.Source, supabase, Ct);
        var files = await MigrationFile.LoadAsync(supabase, Ct);
        Assert.Equal(files.Select(file => file.Version), applied);
        Assert.Equal(
            files.Count,
            (int)(await database.ScalarAsync<long>("SELECT count(*) FROM supabase_migrations.schema_migrations", Ct))
        );
        Assert.NotNull(await database.ScalarAsync<string>("SELECT to_regclass('public.audits')::text", Ct));

        Assert.Empty(await Migrator.PushAsync(database.Source, supabase, Ct));
    }

    [Fact]
    public async Task Push_TablesOfPublic_AreLowerCaseSnakeCase()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        var odd = await database.Db.QueryAsync<string>(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^[a-z][a-z0-9_]*$'",
            null,
            Ct
        );
        Assert.Empty(odd);
    }

    [Fact]
    public async Task Push_TenInstancesAtOnce_EachMigrationHappensOnce()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        for (var i = 1; i <= 8; i++)
        {
            // Not idempotent: a second run would fail.
            database.Add($"2026010100000{i}_step{i}", $"CREATE TABLE step{i} (id int); INSERT INTO step{i} VALUES ({i});");
        }

        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 20 });
        var applied = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Migrator.PushAsync(source, database.Folder, Ct)));
        Assert.Equal(8, applied.Sum(versions => versions.Count));
        Assert.Equal(8L, await database.ScalarAsync<long>("SELECT count(*) FROM supabase_migrations.schema_migrations", Ct));
        Assert.Equal(1L, await database.ScalarAsync<long>("SELECT count(*) FROM step8", Ct));
    }

    [Fact]
    public async Task Push_WritesTheLedgerAsTheSupabaseCliDoes()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_two_statements", "-- first\nCREATE TABLE a (t text DEFAULT 'x;y');\n\nCREATE TABLE b (id int);\n");
        await database.PushAsync(Ct);
        Assert.Equal(
            "20260101000001|two_statements|2|CREATE TABLE a (t text DEFAULT 'x;y')",
            await database.ScalarAsync<string>(
                "SELECT version || '|' || name || '|' || cardinality(statements) || '|' || statements[1] FROM "
                    + "supabase_migrations.schema_migrations",
                Ct
            )
        );
        Assert.Equal(
            "version:text:NO,statements:ARRAY:YES,name:text:YES",
            await database.ScalarAsync<string>(
                "SELECT string_agg(column_name || ':' || data_type || ':' || is_nullable, ',' ORDER BY ordinal_position) FROM "
                    + "information_schema.columns WHERE table_schema = 'supabase_migrations' AND table_name = 'schema_migrations'",
                Ct
            )
        );
    }

    [Fact]
    public async Task Push_LedgerOfTheSupabaseCli_IsAdopted()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int)");
        await database.ExecuteAsync(
            "CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY); "
                + "INSERT INTO supabase_migrations.schema_migrations VALUES ('20260101000001')",
            Ct
        );
        Assert.Empty(await database.PushAsync(Ct));
        database.Add("20260101000001_first", "CREATE TABLE a (id bigint)");
        var refused = await Assert.ThrowsAsync<MigrationException>(() => database.PushAsync(Ct));
        Assert.Contains("20260101000001_first.sql was edited after it was applied", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_EditedFile_IsRefusedUntilRepaired()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int);");
        await database.PushAsync(Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int);\r\n");
        Assert.Empty(await database.PushAsync(Ct));

        database.Add("20260101000001_first", "CREATE TABLE a (id int); -- reworded");
        database.Add("20260101000002_second", "CREATE TABLE b (id int);");
        var refused = await Assert.ThrowsAsync<MigrationException>(() => database.PushAsync(Ct));
        Assert.Contains("was edited after it was applied", refused.Message, StringComparison.Ordinal);
        Assert.Contains("db repair --status applied 20260101000001", refused.Message, StringComparison.Ordinal);
        Assert.Null(await database.ScalarAsync<object>("SELECT to_regclass('b')::text WHERE to_regclass('b') IS NOT NULL", Ct));

        await Migrator.RepairAsync(database.Source, database.Folder, "first", applied: true, Ct);
        Assert.Equal(["20260101000002"], await database.PushAsync(Ct));
    }

    [Fact]
    public async Task Push_FileMissing_IsRefusedButAnAheadDatabaseIsNot()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        var first = database.Add("20260101000001_first", "CREATE TABLE a (id int)");
        var second = database.Add("20260101000002_second", "CREATE TABLE b (id int)");
        await database.PushAsync(Ct);

        File.Delete(second);
        Assert.Empty(await database.PushAsync(Ct));

        File.Delete(first);
        database.Add("20260101000002_second", "CREATE TABLE b (id int)");
        var refused = await Assert.ThrowsAsync<MigrationException>(() => database.PushAsync(Ct));
        Assert.Contains("20260101000001 first is applied, but its file is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_OutOfOrder_NeedsIncludeAll()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000002_second", "CREATE TABLE b (id int)");
        await database.PushAsync(Ct);
        database.Add("20260101000001_late", "CREATE TABLE a (id int)");
        var refused = await Assert.ThrowsAsync<MigrationException>(() => database.PushAsync(Ct));
        Assert.Contains("--include-all", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["20260101000001"], await database.PushAsync(Ct, includeAll: true));
    }

    [Fact]
    public async Task Push_RefusedStatement_NamesFileLineAndStatementAndChangesNothing()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_broken", "CREATE TABLE a (id int);\n\nCREATE TABLE b (\n  id int,\n  other nonsense\n);\n");
        var failed = await Assert.ThrowsAsync<MigrationException>(() => database.PushAsync(Ct));
        Assert.Contains(
            "20260101000001_broken.sql failed in line 5: type \"nonsense\" does not exist",
            failed.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("other nonsense", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", Ct));

        database.Add("20260101000001_broken", "CREATE TABLE a (id int);");
        Assert.Single(await database.PushAsync(Ct));
    }

    [Fact]
    public async Task Push_RelationExists_RepairAppliedGoesOn()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        await database.ExecuteAsync("CREATE TABLE a (id int)", Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int)");
        database.Add("20260101000002_second", "CREATE TABLE b (id int)");
        var failed = await Assert.ThrowsAsync<MigrationException>(() => database.PushAsync(Ct));
        Assert.Contains("relation \"a\" already exists", failed.Message, StringComparison.Ordinal);
        Assert.Contains("db repair --status applied 20260101000001", failed.Message, StringComparison.Ordinal);

        await Migrator.RepairAsync(database.Source, database.Folder, "20260101000001_first", applied: true, Ct);
        Assert.Equal(["20260101000002"], await database.PushAsync(Ct));
    }

    [Fact]
    public async Task Repair_Reverted_MakesTheMigrationRunAgain()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int)");
        await database.PushAsync(Ct);
        await database.ExecuteAsync("DROP TABLE a", Ct);
        await Migrator.RepairAsync(database.Source, database.Folder, "20260101000001", applied: false, Ct);
        Assert.True(Assert.Single((await Migrator.StatusAsync(database.Source, database.Folder, Ct)).States).IsPending);
        Assert.Equal(["20260101000001"], await database.PushAsync(Ct));
        await Assert.ThrowsAsync<MigrationException>(() =>
            Migrator.RepairAsync(database.Source, database.Folder, "20991231000000", applied: false, Ct)
        );
    }

    [Fact]
    public async Task Push_NoTransactionHeader_RunsWhatPostgresRefusesInATransaction()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int)");
        database.Add(
            "20260101000002_index",
            MigrationFile.NoTransactionHeader + "\nCREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id);"
        );
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 10 });
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrator.PushAsync(source, database.Folder, Ct)));
        Assert.Equal(2, applied.Sum(versions => versions.Count));
        Assert.True(await database.ScalarAsync<bool>("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass", Ct));

        database.Add("20260101000003_index", "CREATE INDEX CONCURRENTLY a_id2 ON a (id);");
        var refused = await Assert.ThrowsAsync<MigrationException>(() => database.PushAsync(Ct));
        Assert.Contains(MigrationFile.NoTransactionHeader, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE a (id int); COMMIT;", "must not contain BEGIN, COMMIT")]
    [InlineData("begin; CREATE TABLE a (id int); end;", "must not contain BEGIN, COMMIT")]
    public async Task Push_TransactionControl_IsRefused(string sql, string words)
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", sql);
        var refused = await Assert.ThrowsAsync<MigrationException>(() => database.PushAsync(Ct));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_UntouchedDatabase_ChangesNothing()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int)");
        Assert.Single((await Migrator.StatusAsync(database.Source, database.Folder, Ct)).Pending);
        Assert.Null(await database.ScalarAsync<object>("SELECT 1 FROM pg_namespace WHERE nspname = 'supabase_migrations'", Ct));
    }
}
