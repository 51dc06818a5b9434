using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using YtOptimizer.Core;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Migrations;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.Worker;
using YtOptimizer.Worker.Handlers;

namespace YtOptimizer.Benchmarks.Queue;

/// <summary>The product's queue as it ships: caps, plan ledger, fencing, heartbeats and signals are on.</summary>
internal sealed class OurQueue : IQueue
{
    private const int Users = 200;
    private readonly NpgsqlDataSource source;
    private readonly int concurrency;
    private readonly IHost producer;
    private readonly Guid[] users;
    private IHost? worker;

    private OurQueue(NpgsqlDataSource source, int concurrency, IHost producer, Guid[] users)
    {
        this.source = source;
        this.concurrency = concurrency;
        this.producer = producer;
        this.users = users;
    }

    public string Name => "YtOptimizer";

    public string Settings =>
        $"one worker process, Jobs:Concurrency={concurrency}, lease 9 s, heartbeat 3 s, {Users} users, plan ledger on, per-user caps off";

    public static async Task<OurQueue> CreateAsync(string connectionString, string supabase, int concurrency)
    {
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 40 }.ConnectionString);
        await Migrator.PushAsync(source, supabase, CancellationToken.None);
        await using var command = source.CreateCommand(
            $"""
            INSERT INTO profiles (id, email) SELECT gen_random_uuid(), 'user' || i || '@example.com' FROM generate_series(1, {Users}) i;
            INSERT INTO user_subscriptions (user_id, tier) SELECT id, 'premium' FROM profiles;
            """
        );
        await command.ExecuteNonQueryAsync();
        var producer = Builder(source, concurrency).Build();
        var users = await producer
            .Services.GetRequiredService<Db>()
            .QueryAsync<Guid>("SELECT id FROM profiles", null, CancellationToken.None);
        return new OurQueue(source, concurrency, producer, [.. users]);
    }

    public async Task EnqueueAsync(int number)
    {
        var result = await producer
            .Services.GetRequiredService<JobQueue>()
            .EnqueueAsync(
                new NewJob
                {
                    Id = Guid.CreateVersion7(),
                    UserId = users[number % users.Length],
                    JobType = "noop",
                    Payload = number.ToString(CultureInfo.InvariantCulture),
                },
                CancellationToken.None
            );
        if (result.Outcome != EnqueueOutcome.Created)
        {
            throw new InvalidOperationException($"The job was not created: {result.Outcome}");
        }
    }

    public async Task StartConsumersAsync()
    {
        var builder = Builder(source, concurrency);
        WorkerSetup.AddJobQueue(builder.Services);
        builder.Services.AddSingleton<IJobHandler, Noop>();
        worker = builder.Build();
        await worker.StartAsync();
    }

    public Task StopConsumersAsync() => worker!.StopAsync();

    public async Task<long> CompletedAsync()
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM job_queue WHERE completed_at IS NOT NULL");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        producer.Dispose();
        worker?.Dispose();
        await source.DisposeAsync();
    }

    private static HostApplicationBuilder Builder(NpgsqlDataSource source, int concurrency)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Jobs:Concurrency"] = concurrency.ToString(CultureInfo.InvariantCulture),
                ["Jobs:UserDepth"] = "0",
                ["Jobs:GlobalDepth"] = "0",
                ["Jobs:UserRunning"] = "100000",
            }
        );
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(source);
        builder.Services.AddKeyedSingleton<NpgsqlDataSource>(ResourceNames.DatabaseDirect, source);
        builder.AddCore();
        return builder;
    }

    private sealed class Noop : IJobHandler
    {
        public IReadOnlyCollection<string> JobTypes { get; } = ["noop"];

        public Task<JobResult> RunAsync(ClaimedJob job, IProgress<JobProgress> progress, CancellationToken ct)
        {
            Board.Started(int.Parse(job.Payload, CultureInfo.InvariantCulture));
            return Task.FromResult(JobResult.Nothing);
        }
    }
}
