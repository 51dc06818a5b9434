using Npgsql;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.Handlers;

namespace YtOptimizer.Tests.Worker;

/// <summary>The worker outlives what happens to its database, without a restart and without losing a finished job.</summary>
public class OutageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outage_DatabaseRefusesConnections_JobsGoOnAfterwards() =>
        await SurvivesAsync("ALTER DATABASE {0} WITH ALLOW_CONNECTIONS false", "ALTER DATABASE {0} WITH ALLOW_CONNECTIONS true");

    [Fact]
    public async Task Outage_FailoverToReadOnly_JobsGoOnAfterwards() =>
        await SurvivesAsync(
            "ALTER DATABASE {0} SET default_transaction_read_only = on",
            "ALTER DATABASE {0} RESET default_transaction_read_only"
        );

    private static async Task SurvivesAsync(string breakSql, string healSql)
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var rig = new QueueRig(database);
        var (server, _) = await PostgresServerFixture.GetAsync(Ct);
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
        var finish = new TaskCompletionSource();
        var started = 0;
        await using var worker = await TestWorker.StartAsync(
            database,
            async (job, _, ct) =>
            {
                Interlocked.Increment(ref started);
                await (job.Payload.Contains("wait", StringComparison.Ordinal) ? finish.Task.WaitAsync(ct) : Task.CompletedTask);
                return JobResult.Nothing;
            },
            null,
            ("Jobs:LeaseSeconds", "30")
        );
        var user = await rig.UserAsync();
        var running = await rig.EnqueueAsync(user, payload: "{\"a\":\"wait\"}");
        await Eventually.TrueAsync(async () => (await rig.RowAsync(running))!.Status == JobStatus.Processing, "the job runs");

        await PostgresServerFixture.ExecuteAsync(
            server,
            string.Format(System.Globalization.CultureInfo.InvariantCulture, breakSql, name),
            Ct
        );
        await TerminateAsync(server, name);
        // It ends while nothing can be written.
        finish.SetResult();
        using (var some = new PeriodicTimer(TimeSpan.FromSeconds(2)))
        {
            await some.WaitForNextTickAsync(Ct);
        }

        await PostgresServerFixture.ExecuteAsync(
            server,
            string.Format(System.Globalization.CultureInfo.InvariantCulture, healSql, name),
            Ct
        );
        await TerminateAsync(server, name);
        NpgsqlConnection.ClearPool(new NpgsqlConnection(database.ConnectionString));
        await Eventually.TrueAsync(async () => await StatusAsync(rig, running) == JobStatus.Completed, "the finished job is saved");
        var next = await EnqueueAsync(rig, user);
        await Eventually.TrueAsync(async () => await StatusAsync(rig, next) == JobStatus.Completed, "new jobs run");
        Assert.Equal(2, started);
    }

    private static Task TerminateAsync(string server, string name) =>
        PostgresServerFixture.ExecuteAsync(server, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'", Ct);

    // The test's own pool also meets the ended connections.
    private static async Task<string?> StatusAsync(QueueRig rig, Guid job)
    {
        try
        {
            return (await rig.RowAsync(job))?.Status;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static Task<Guid> EnqueueAsync(QueueRig rig, Guid user)
    {
        var job = QueueRig.Job(user);
        return Eventually
            .ValueAsync<object>(
                async () =>
                {
                    try
                    {
                        await rig.Queue.EnqueueAsync(job, Ct);
                        return job;
                    }
                    catch (NpgsqlException)
                    {
                        return null;
                    }
                },
                "a job is queued"
            )
            .ContinueWith(_ => job.Id, Ct, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }
}
