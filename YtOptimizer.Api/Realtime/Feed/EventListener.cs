using Npgsql;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Api.Realtime.Feed;

/// <summary>
/// The process's one LISTEN on <c>yto_events</c>. It proves every few seconds that it still hears: a connection behind a pooler or half
/// open looks healthy and hears nothing. While it does not, rows are polled; afterwards the time without it is read again.
/// </summary>
internal sealed partial class EventListener(
    Db db,
    [FromKeyedServices(ResourceNames.DatabaseDirect)] NpgsqlDataSource direct,
    EventFeed feed,
    TimeProvider time,
    ILogger<EventListener> logger
) : BackgroundService
{
    private static readonly TimeSpan TestEvery = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan TestAnswer = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    // Identifiers are at most 63 bytes and this one belongs to the process alone.
    private readonly string testChannel = $"yto_test_{Guid.CreateVersion7():N}";
    private long heard;
    private long lastProof;
    private bool? isListening;

    /// <summary>True when the last self-test came back.</summary>
    public bool IsListening => isListening == true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lastProof = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (isListening != false)
                {
                    Log.Polling(logger, exception.Message);
                }

                isListening = false;
                await Task.Delay(Reconnect, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                feed.LookBack(time.GetElapsedTime(lastProof));
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await direct.OpenConnectionAsync(ct);
        connection.Notification += OnNotification;
        await using (
            var listen = new NpgsqlCommand($"LISTEN {JobSignals.EventsChannel}; LISTEN {testChannel};", connection) { CommandTimeout = 5 }
        )
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        // What was sent before we listened is found now.
        feed.LookBack(time.GetElapsedTime(lastProof));
        while (true)
        {
            await ProveAsync(connection, ct);
            var since = time.GetTimestamp();
            while (TestEvery - time.GetElapsedTime(since) is { Ticks: > 0 } left)
            {
                await connection.WaitAsync(left, ct);
            }
        }
    }

    private async Task ProveAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var before = Interlocked.Read(ref heard);
        await db.ExecuteAsync("SELECT pg_notify(@channel, '')::text", new { channel = testChannel }, ct, 3);
        var asked = time.GetTimestamp();
        while (Interlocked.Read(ref heard) == before)
        {
            if (TestAnswer - time.GetElapsedTime(asked) is not { Ticks: > 0 } left || !await connection.WaitAsync(left, ct))
            {
                throw new TimeoutException(
                    "LISTEN is silent. Behind a transaction pooler set ConnectionStrings:ytoptimizer-direct to the server itself."
                );
            }
        }

        lastProof = asked;
        if (isListening != true)
        {
            isListening = true;
            Log.Listening(logger);
        }
    }

    private void OnNotification(object? sender, NpgsqlNotificationEventArgs message)
    {
        if (message.Channel == testChannel)
        {
            Interlocked.Increment(ref heard);
        }
        else
        {
            feed.Told(message.Payload);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Listening for events: clients are told at once.")]
        public static partial void Listening(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "LISTEN for events does not work, polling the database instead: {Reason}")]
        public static partial void Polling(ILogger logger, string reason);
    }
}
