using YtOptimizer.Core.Backups;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Backups;

public sealed class BackupTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("yto-backup-").FullName;
    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Supabase => Repository.PathOf("supabase");

    private string Archive => Path.Combine(folder, "backup.yto");

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        await database.Db.ExecuteAsync(
            """
            INSERT INTO profiles (email, name) SELECT 'user' || i || '@example.com', E'tab\there \\ back, "quote"\nline ' || i
                FROM generate_series(1, 500) i;
            INSERT INTO account_credentials (user_id, password_hash) SELECT id, '$argon2id$dummy' FROM profiles;
            INSERT INTO audits (user_id, video_url, video_title, ai_titles, analysis) SELECT id,
                'https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'Ünïcode 🎬', ARRAY['a,b', 'c"d', NULL], '{"k": [1, null]}' FROM profiles;
            INSERT INTO user_token_usage (user_id, feature_type, tokens_consumed) SELECT id, 'summary', 7 FROM profiles;
            INSERT INTO ip_rate_limits (ip_address, request_count) VALUES ('2001:db8::1', 3);
            """,
            null,
            Ct
        );
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task BackupDestroyRestore_AllRowsAreEqual()
    {
        var before = await FingerprintAsync(database);
        await BackupWriter.WriteAsync(database.DataSource, Archive, null, Ct);
        await database.Db.ExecuteAsync("TRUNCATE profiles CASCADE; DELETE FROM ip_rate_limits", null, Ct);
        Assert.NotEqual(before, await FingerprintAsync(database));
        await BackupRestore.RunAsync(database.DataSource, Archive, Supabase, mayOverwrite: false, null, Ct);
        Assert.Equal(before, await FingerprintAsync(database));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Archive));
        }
    }

    [Fact]
    public async Task Restore_OverAccounts_NeedsTheConfirmation()
    {
        await BackupWriter.WriteAsync(database.DataSource, Archive, null, Ct);
        await database.Db.ExecuteAsync("UPDATE profiles SET name = 'changed'", null, Ct);
        await Assert.ThrowsAsync<BackupException>(() =>
            BackupRestore.RunAsync(database.DataSource, Archive, Supabase, mayOverwrite: false, null, Ct)
        );
        Assert.Equal(500, await database.Db.ScalarAsync<long>("SELECT count(*) FROM profiles WHERE name = 'changed'", null, Ct));
        await BackupRestore.RunAsync(database.DataSource, Archive, Supabase, mayOverwrite: true, null, Ct);
        Assert.Equal(0, await database.Db.ScalarAsync<long>("SELECT count(*) FROM profiles WHERE name = 'changed'", null, Ct));
    }

    [Fact]
    public async Task Drill_OfAGoodBackup_PassesAndLeavesNothing()
    {
        await BackupWriter.WriteAsync(database.DataSource, Archive, null, Ct);
        var report = await BackupDrill.RunAsync(database.ConnectionString, Archive, Supabase, null, TimeProvider.System, Ct);
        Assert.True(report.Passed, string.Join('\n', report.Checks.Where(c => !c.Passed)));
        Assert.True(report.RecoveryTime > TimeSpan.Zero && report.RecoveryPoint > TimeSpan.Zero);
        Assert.Equal(0, await database.Db.ScalarAsync<long>("SELECT count(*) FROM pg_database WHERE datname LIKE 'drill\\_%'", null, Ct));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public async Task Drill_OfATruncatedBackup_FailsWithASentence(double keep)
    {
        await BackupWriter.WriteAsync(database.DataSource, Archive, null, Ct);
        var bytes = await File.ReadAllBytesAsync(Archive, Ct);
        await File.WriteAllBytesAsync(Archive, bytes[..(int)(bytes.Length * keep)], Ct);
        var failure = await Assert.ThrowsAsync<BackupException>(() =>
            BackupDrill.RunAsync(database.ConnectionString, Archive, Supabase, null, TimeProvider.System, Ct)
        );
        Assert.Contains("Use another", failure.Message);
    }

    [Fact]
    public async Task Verify_AnyChangedByte_IsNoticed()
    {
        await BackupWriter.WriteAsync(database.DataSource, Archive, null, Ct);
        var bytes = await File.ReadAllBytesAsync(Archive, Ct);
        var random = new Random(20261123);
        for (var i = 0; i < 40; i++)
        {
            var copy = (byte[])bytes.Clone();
            // The first half is table data; the directory at the end is what opening checks.
            copy[random.Next(60, bytes.Length / 2)] ^= (byte)(1 << random.Next(8));
            var path = Path.Combine(folder, "changed.yto");
            await File.WriteAllBytesAsync(path, copy, Ct);
            await AssertBrokenOrHarmlessAsync(path);
        }
    }

    // A flipped bit in a local file header that no reader looks at changes no row: then the content must still verify.
    private static async Task AssertBrokenOrHarmlessAsync(string path)
    {
        try
        {
            await BackupReader.VerifyAsync(path, null, Ct);
        }
        catch (BackupException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static async Task<string> FingerprintAsync(TestDatabase of)
    {
        var tables = await of.Db.QueryAsync<string>(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'ops') ORDER BY 1",
            null,
            Ct
        );
        List<string> sums = [];
        foreach (var table in tables)
        {
            sums.Add(
                table
                    + " "
                    + await of.Db.ScalarAsync<string>(
                        $"SELECT count(*) || ' ' || COALESCE(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} t",
                        null,
                        Ct
                    )
            );
        }

        return string.Join('\n', sums);
    }
}
