using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Jobs;

/// <summary>
/// What the statements of the busy path read, in pages of the database, however long the queue is. A queue is empty most of the time: so
/// it was when the planner's statistics were taken and when each connection's plans were made, which stay when a burst comes.
/// </summary>
public sealed class QueuePageTests
{
    private const int Waiting = 20_000;
    private const int MostPages = 400;

    /// <summary>After five executions the server keeps one plan for all parameters.</summary>
    private const int Executions = 7;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BusyStatements_BurstIntoAQueueThatStatisticsCallEmpty_ReadFewPages()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        await database.Db.ExecuteAsync("ALTER TABLE job_queue SET (autovacuum_enabled = false); ANALYZE job_queue", null, Ct);
        var (crowd, user) = (await rig.UserAsync(), await rig.UserAsync());
        var job = await rig.EnqueueAsync(user);
        using var pulse = new QueuePulse(Options.Create(new JobOptions()));
        Dictionary<string, string> statements = new(StringComparer.Ordinal)
        {
            ["submit"] = """
                SELECT * FROM job_enqueue(gen_random_uuid(), @user, 'test', '{}', '{}', NULL, sha256(random()::text::bytea), NULL, '', NULL,
                    NULL, 0, NULL, 3, 20, interval '1 hour', interval '1 minute', true)
                """,
            ["wake up"] = JobSignals.Sql.Replace("@ids", "ARRAY[@job]", StringComparison.Ordinal),
            ["pulse"] = "SELECT " + pulse.Sql,
            ["claim"] = "SELECT * FROM job_claim('w', 1, 1, 1, interval '10 seconds')",
        };
        await using var connection = await database.ApplicationSource.OpenConnectionAsync(Ct);

        for (var i = 0; i < Executions; i++)
        {
            foreach (var sql in statements.Values)
            {
                await PagesAsync(connection, sql, user, job);
            }
        }

        await rig.FillAsync(crowd, Waiting);
        var read = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, sql) in statements)
        {
            read[name] = await PagesAsync(connection, sql, user, job);
        }

        Assert.DoesNotContain(read, statement => statement.Value > MostPages);
    }

    [Fact]
    public async Task Claim_ThousandsOfPostponedJobsBeforeOneThatIsDue_ReadsFewPages()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database, ("Jobs:UserDepth", "0"));
        var user = await rig.UserAsync();
        await database.Db.ExecuteAsync(
            "INSERT INTO job_queue (user_id, job_type, scheduled_at) SELECT @user, 'test', now() + interval '1 hour' "
                + "FROM generate_series(1, @Waiting)",
            new { user, Waiting },
            Ct,
            timeoutSeconds: 60
        );
        await using var connection = await database.ApplicationSource.OpenConnectionAsync(Ct);
        const string Claim = "SELECT * FROM job_claim('w', 5, 9, 1, interval '10 seconds')";
        // The first execution of a session reads catalogs.
        var first = await rig.EnqueueAsync(user);
        await PagesAsync(connection, Claim, user, first);
        var due = await rig.EnqueueAsync(user);

        Assert.InRange(await PagesAsync(connection, Claim, user, due), 1, MostPages);
        Assert.Equal("processing", (await rig.RowAsync(due))!.Status);
    }

    private static async Task<long> PagesAsync(NpgsqlConnection connection, string sql, Guid user, Guid job)
    {
        await using var command = new NpgsqlCommand("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql, connection);
        command.Parameters.AddWithValue("user", user);
        command.Parameters.AddWithValue("job", job);
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(Ct))!);
        var root = plan.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
    }
}
