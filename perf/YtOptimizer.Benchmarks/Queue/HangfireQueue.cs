using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;

namespace YtOptimizer.Benchmarks.Queue;

/// <summary>Hangfire over PostgreSQL with the settings that serve it best here: LISTEN instead of polling, no dashboard, no
/// retries.</summary>
internal sealed class HangfireQueue : IQueue
{
    private readonly PostgreSqlStorage storage;
    private readonly BackgroundJobClient client;
    private readonly NpgsqlDataSource source;
    private readonly int workers;
    private BackgroundJobServer? server;

    public HangfireQueue(string connectionString, int workers)
    {
        this.workers = workers;
        var pooled = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 100 }.ConnectionString;
        source = NpgsqlDataSource.Create(pooled);
        storage = new PostgreSqlStorage(new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(pooled, Options), Options);
        client = new BackgroundJobClient(storage);
    }

    public string Name => "Hangfire";

    public string Settings =>
        $"one server, WorkerCount={workers}, EnableLongPolling, QueuePollInterval 100 ms, UseSlidingInvisibilityTimeout, one queue, no "
        + $"users, no fairness, no ledger";

    private static PostgreSqlStorageOptions Options =>
        new()
        {
            QueuePollInterval = TimeSpan.FromMilliseconds(100),
            EnableLongPolling = true,
            UseSlidingInvisibilityTimeout = true,
            PrepareSchemaIfNecessary = true,
        };

    public Task EnqueueAsync(int number) => Task.Run(() => client.Enqueue(() => Started(number)));

    public static void Started(int number) => Board.Started(number);

    public Task StartConsumersAsync()
    {
        server = new BackgroundJobServer(
            new BackgroundJobServerOptions { WorkerCount = workers, SchedulePollingInterval = TimeSpan.FromSeconds(15) },
            storage
        );
        return Task.CompletedTask;
    }

    public Task StopConsumersAsync()
    {
        server!.Dispose();
        return Task.CompletedTask;
    }

    public async Task<long> CompletedAsync()
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM hangfire.job WHERE statename = 'Succeeded'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        server?.Dispose();
        await source.DisposeAsync();
    }
}
