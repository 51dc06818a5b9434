using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using YtOptimizer.Core;
using YtOptimizer.Core.BulkAnalysis;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Tests.Support;

/// <summary>The queue's services over a test database, without anything running, and the rows that its tests begin with.</summary>
internal sealed class QueueRig : IAsyncDisposable
{
    private readonly IHost host;

    public QueueRig(TestDatabase database, params (string Key, string Value)[] settings)
    {
        Database = database;
        host = Builder(database, settings).Build();
    }

    public TestDatabase Database { get; }

    public Db Db => Database.Db;

    public JobQueue Queue => host.Services.GetRequiredService<JobQueue>();

    public JobLeases Leases => host.Services.GetRequiredService<JobLeases>();

    public JobRescue Rescue => host.Services.GetRequiredService<JobRescue>();

    public JobCancellation Cancellation => host.Services.GetRequiredService<JobCancellation>();

    public JobRetention Retention => host.Services.GetRequiredService<JobRetention>();

    public BulkStore Bulk => host.Services.GetRequiredService<BulkStore>();

    public BulkFeeder Feeder => host.Services.GetRequiredService<BulkFeeder>();

    public DeadLetters DeadLetters => host.Services.GetRequiredService<DeadLetters>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A host over the database with everything that API and worker share.</summary>
    public static HostApplicationBuilder Builder(TestDatabase database, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(database.ApplicationSource);
        builder.Services.AddKeyedSingleton<NpgsqlDataSource>(ResourceNames.DatabaseDirect, database.DataSource);
        builder.AddCore();
        return builder;
    }

    public async Task<Guid> UserAsync(string tier = "premium")
    {
        var id = Guid.CreateVersion7();
        await Db.ExecuteAsync("INSERT INTO profiles (id, email) VALUES (@id, @email)", new { id, email = $"{id:N}@example.com" }, Ct);
        await Db.ExecuteAsync(
            "INSERT INTO user_subscriptions (user_id, tier) VALUES (@id, @tier::subscription_tier)",
            new { id, tier },
            Ct
        );
        return id;
    }

    public static NewJob Job(Guid user, string type = "test", int priority = 0, string payload = "{}") =>
        new()
        {
            Id = Guid.CreateVersion7(),
            UserId = user,
            JobType = type,
            Payload = payload,
            Priority = priority,
        };

    public async Task<Guid> EnqueueAsync(Guid user, string type = "test", int priority = 0, string payload = "{}")
    {
        var result = await Queue.EnqueueAsync(Job(user, type, priority, payload), Ct);
        Assert.Equal(EnqueueOutcome.Created, result.Outcome);
        return result.JobId!.Value;
    }

    /// <summary>Many jobs of one user at once, past the caps.</summary>
    public Task FillAsync(Guid user, int count, int priority = 0) =>
        Db.ExecuteAsync(
            """
            INSERT INTO job_queue (user_id, job_type, priority, scheduled_at, created_at) SELECT @user, 'test', @priority,
                now() - interval '1 hour', now() - interval '1 hour' FROM generate_series(1, @count)
            """,
            new
            {
                user,
                count,
                priority,
            },
            Ct
        );

    public async Task<ClaimedJob> ClaimOneAsync(string worker = "w") => Assert.Single(await Leases.ClaimAsync(worker, 1, 1, Ct));

    public Task<JobRow?> RowAsync(Guid job) =>
        Db.FirstOrDefaultAsync<JobRow>(
            """
            SELECT q.status, q.progress, q.attempts, q.crashes, q.deferrals, q.dead_reason, q.error_code, q.event_seq, q.lease_token,
                (SELECT state FROM quota_reservations r WHERE r.job_id = q.id) AS quota
            FROM job_queue q WHERE q.id = @job
            """,
            new { job },
            Ct
        );

    public Task LapseAsync(Guid job) =>
        Db.ExecuteAsync(
            "UPDATE job_queue SET lease_until = now() - interval '1 second' WHERE id = @job AND status = 'processing'",
            new { job },
            Ct
        );

    public ValueTask DisposeAsync()
    {
        host.Dispose();
        return ValueTask.CompletedTask;
    }

    internal sealed record JobRow(
        string Status,
        int Progress,
        int Attempts,
        int Crashes,
        int Deferrals,
        string? DeadReason,
        string? ErrorCode,
        int EventSeq,
        long? LeaseToken,
        string? Quota
    );
}

/// <summary>One database for the tests of a class; each test brings users of its own.</summary>
public sealed class QueueDatabase : IAsyncLifetime
{
    private TestDatabase? database;

    internal TestDatabase Database => database!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(CancellationToken.None);

    public async ValueTask DisposeAsync() => await database!.DisposeAsync();
}
