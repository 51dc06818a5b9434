using System.Text.RegularExpressions;
using Npgsql;
using YtOptimizer.Tests.Runbook;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

/// <summary>The statements of the runbook, unchanged but for the placeholders, as an operator with a login of their own.</summary>
public sealed partial class RunbookSqlTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private NpgsqlDataSource operators = null!;
    private string login = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        await database.Db.ExecuteAsync(SeedSql, null, Ct);
        await database.Db.ExecuteAsync("CREATE EXTENSION IF NOT EXISTS pg_stat_statements", null, Ct);
        login = $"operator_{Guid.CreateVersion7():N}";
        await database.Db.ExecuteAsync(
            $"CREATE ROLE {login} LOGIN PASSWORD 'obvious-dummy' IN ROLE ytoptimizer_operator; ALTER ROLE {login} SET search_path = ops, "
                + $"public, pg_catalog",
            null,
            Ct
        );
        operators = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = login, Password = "obvious-dummy" }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await operators.DisposeAsync();
        await database.Db.ExecuteAsync($"DROP OWNED BY {login}; DROP ROLE {login}", null, CancellationToken.None);
        await database.DisposeAsync();
    }

    [Fact]
    public async Task RunbookStatements_AsOperator_AllRun()
    {
        var statements = await StatementsAsync();
        Assert.Equal(25, statements.Count);
        foreach (var (number, sql) in statements)
        {
            await using var command = operators.CreateCommand(sql);
            var failure = await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync(Ct));
            Assert.True(failure is null, $"statement {number}: {failure?.Message}");
        }
    }

    [Fact]
    public async Task PageOfTheRunbook_AllItsSelects_RunAsOperator()
    {
        var selects = RunbookDocument
            .Read()
            .Where(fence => fence.Language == "sql" && fence.NotRun is null)
            .SelectMany(fence => fence.Steps)
            .Where(step => step.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.InRange(selects.Count, 20, 60);
        var failures = new List<string>();
        foreach (var select in selects)
        {
            await using var command = operators.CreateCommand(
                select.Replace("USER_ID", UserId, StringComparison.Ordinal).Replace("IP_ADDRESS", "203.0.113.9", StringComparison.Ordinal)
            );
            if (await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync(Ct)) is { } failure)
            {
                failures.Add($"{select}: {failure.Message}");
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public async Task RunbookStatements_DoWhatTheyPromise()
    {
        var statements = (await StatementsAsync()).ToDictionary(statement => statement.Number, statement => statement.Sql);
        Assert.Equal(300m, await SecondColumnAsync(statements[9]));
        Assert.Equal(
            "idx_audits_user_created",
            await database.Db.ScalarAsync<string>(
                "SELECT indexname FROM ops.pg_stat_user_indexes WHERE indexname = 'idx_audits_user_created' AND tablename = 'audits'",
                null,
                Ct
            )
        );
        await RunAsync(statements[16]);
        await RunAsync(statements[17]);
        Assert.Equal(
            "1|true",
            await database.Db.ScalarAsync<string>(
                "SELECT token_version || '|' || account_locked FROM profiles WHERE email = 'compromised@email.com'",
                null,
                Ct
            )
        );
        await RunAsync(statements[18]);
        await RunAsync(statements[18]);
        Assert.Equal(
            2L,
            await database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM ip_rate_limits WHERE ip_address = '203.0.113.9' AND blocked_until > now() AND endpoint = '*'",
                null,
                Ct
            )
        );
        Assert.Equal(11L, await SecondColumnAsync(statements[20]));
        Assert.Equal(300m, await SecondColumnAsync(statements[24]));
    }

    [Fact]
    public async Task Operator_OtherColumnsOfProfiles_AreRefused()
    {
        await using var command = operators.CreateCommand("UPDATE profiles SET role = 'admin'");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private const string UserId = "0199aaaa-0000-7000-8000-000000000001";

    private const string SeedSql = $"""
        INSERT INTO profiles (id, email) VALUES ('{UserId}', 'compromised@email.com');
        INSERT INTO user_subscriptions (user_id, tier) VALUES ('{UserId}', 'pro');
        INSERT INTO audits (user_id, video_url) VALUES ('{UserId}', 'https://youtu.be/dQw4w9WgXcQ');
        INSERT INTO user_token_usage (user_id, feature_type, tokens_consumed) VALUES ('{UserId}', 'analysis', 100), ('{UserId}', 'analysis',
            200);
        INSERT INTO error_logs (error_type, message) VALUES ('test', 'test');
        INSERT INTO security_events (event_type, ip_address) SELECT 'failed_login', '203.0.113.7' FROM generate_series(1, 11);
        INSERT INTO ip_rate_limits (ip_address, endpoint, request_count) VALUES ('203.0.113.8', '/auth', 101);
        """;

    private static async Task<List<(int Number, string Sql)>> StatementsAsync()
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf("YtOptimizer.Tests", "Database", "Data", "runbook.sql"), Ct);
        text = text.Replace("USER_ID", UserId, StringComparison.Ordinal).Replace("MALICIOUS_IP", "203.0.113.9", StringComparison.Ordinal);
        return
        [
            .. Heading()
                .Split(text)
                .Skip(1)
                .Chunk(2)
                .Select(pair => (int.Parse(pair[0], System.Globalization.CultureInfo.InvariantCulture), pair[1].Trim())),
        ];
    }

    private async Task RunAsync(string sql)
    {
        await using var command = operators.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<object?> SecondColumnAsync(string sql)
    {
        await using var command = operators.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        return await reader.ReadAsync(Ct) ? reader.GetValue(1) : null;
    }

    [GeneratedRegex("^-- (?<number>[0-9]+) .*$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
