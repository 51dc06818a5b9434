using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

public class MigrationTests
{
    [Fact]
    public async Task Push_EmptyDatabase_CreatesTheSchema()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(ct);
        var tables = await database.Db.QueryAsync<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", null, ct);
        Assert.Contains("profiles", tables);
        Assert.Contains("audits", tables);
    }
}
