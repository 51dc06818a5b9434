using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Worker.Queue;

/// <summary>
/// Listens for new jobs and cancels on one direct connection, and proves every few seconds that it still hears: a connection behind a
/// pooler or half open looks healthy and hears nothing. Everything it does is also done, slower, by polling.
/// </summary>
internal sealed partial class JobListener(
    Db db,
    [FromKeyedServices(ResourceNames.DatabaseDirect)] NpgsqlDataSource direct,
    RunningJobs running,
    DispatchSignal wakeUp,
    TimeProvider time,
    ILogger<JobListener> logger
) : BackgroundService
{
    private static readonly TimeSpan TestEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TestAnswer = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    // Identifiers are at most 63 bytes and this one belongs to the process alone.
    private readonly string testChannel = $"yto_test_{Guid.CreateVersion7():N}";
    private volatile bool isListening;
    private long heard;

    /// <summary>True when the last self-test came back.</summary>
    public bool IsListening => isListening;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (failures++ == 0 || isListening)
                {
                    Log.ListenFailed(logger, exception.Message);
                }

                isListening = false;
                await Task.Delay(Reconnect, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await direct.OpenConnectionAsync(ct);
        connection.Notification += OnNotification;
        await using (
            var listen = new NpgsqlCommand(
                $"LISTEN {JobSignals.JobsChannel}; LISTEN {JobSignals.CancelChannel}; LISTEN {testChannel};",
                connection
            )
            {
                CommandTimeout = 5,
            }
        )
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        // What was sent before we listened is found now.
        wakeUp.Set();
        while (true)
        {
            var before = Interlocked.Read(ref heard);
            await db.ExecuteAsync("SELECT pg_notify(@channel, '')::text", new { channel = testChannel }, ct, 3);
            var asked = time.GetTimestamp();
            while (Interlocked.Read(ref heard) == before)
            {
                var left = TestAnswer - time.GetElapsedTime(asked);
                if (left <= TimeSpan.Zero || !await WaitAsync(connection, left, ct))
                {
                    throw new TimeoutException(
                        "LISTEN is silent: no answer to the self-test. Behind a transaction pooler set "
                            + "ConnectionStrings:ytoptimizer-direct to the server itself."
                    );
                }
            }

            if (!isListening)
            {
                isListening = true;
                Log.Listening(logger);
            }

            var until = time.GetTimestamp();
            while (time.GetElapsedTime(until) < TestEvery)
            {
                await WaitAsync(connection, TestEvery - time.GetElapsedTime(until), ct);
            }
        }
    }

    // False when nothing came in time.
    private static async Task<bool> WaitAsync(NpgsqlConnection connection, TimeSpan timeout, CancellationToken ct)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return false;
        }

        return await connection.WaitAsync(timeout, ct);
    }

    private void OnNotification(object? sender, NpgsqlNotificationEventArgs message)
    {
        if (message.Channel == testChannel)
        {
            Interlocked.Increment(ref heard);
        }
        else if (message.Channel == JobSignals.CancelChannel)
        {
            running.Cancelled(message.Payload);
        }
        else
        {
            wakeUp.Set();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "LISTEN works: new jobs start at once.")]
        public static partial void Listening(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "LISTEN does not work, polling the database instead: {Reason}")]
        public static partial void ListenFailed(ILogger logger, string reason);
    }
}
