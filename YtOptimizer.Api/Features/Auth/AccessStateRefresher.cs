using Npgsql;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Brings <see cref="AccessState"/> up to date at once on NOTIFY, and tells <see cref="RowCache"/> of changes. Losing the listening
/// connection costs speed, never correctness: <see cref="AccessPulse"/> looks every second, and rows are no longer kept.
/// </summary>
internal sealed partial class AccessStateRefresher(
    AccessState state,
    RowCache rows,
    NpgsqlDataSource dataSource,
    IConfiguration configuration,
    ILogger<AccessStateRefresher> logger
) : BackgroundService
{
    private static readonly TimeSpan ListenRetry = TimeSpan.FromSeconds(5);
    private readonly Signal wake = new();

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(RefreshAsync(stoppingToken), ListenAsync(stoppingToken));

    private async Task RefreshAsync(CancellationToken ct)
    {
        var failing = false;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await wake.WaitAsync(Timeout.InfiniteTimeSpan, ct);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
                limit.CancelAfter(TimeSpan.FromSeconds(5));
                await state.RefreshAsync(limit.Token);
                failing = false;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The pulse looks again within a second.
                if (!failing)
                {
                    Log.RefreshFailed(logger, error);
                }

                failing = true;
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = Connect();
                await connection.OpenAsync(ct);
                var probe = $"probe {Guid.CreateVersion7()}";
                connection.Notification += (_, told) => Take(told, probe);
                await using (var listen = new NpgsqlCommand($"LISTEN {AccessState.Channel}; LISTEN {RowCache.Channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(ct);
                }

                // A pooler in between accepts LISTEN and delivers nothing: rows are kept once a notification has come all the way.
                await using (var ask = dataSource.CreateCommand($"SELECT pg_notify('{RowCache.Channel}', '{probe}')"))
                {
                    await ask.ExecuteNonQueryAsync(ct);
                }

                while (true)
                {
                    await connection.WaitAsync(ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                rows.Lost();
                Log.ListenLost(logger, error.Message);
                await Task.Delay(ListenRetry, ct).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private void Take(NpgsqlNotificationEventArgs told, string probe)
    {
        if (told.Channel == AccessState.Channel)
        {
            wake.Set();
        }
        else if (told.Payload == probe)
        {
            rows.Followed();
        }
        else if (!told.Payload.StartsWith("probe ", StringComparison.Ordinal))
        {
            rows.Changed(told.Payload);
        }
    }

    private NpgsqlConnection Connect()
    {
        if (configuration.GetConnectionString(ResourceNames.DatabaseDirect) is not { Length: > 0 } direct)
        {
            return dataSource.CreateConnection();
        }

        return new NpgsqlConnection(new NpgsqlConnectionStringBuilder(direct) { Pooling = false, KeepAlive = 15 }.ConnectionString);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1010,
            Level = LogLevel.Error,
            Message = "Failed to connect to database: revocations cannot be read. Access is refused after ACCESS_STATE_MAX_AGE"
        )]
        public static partial void RefreshFailed(ILogger logger, Exception error);

        [LoggerMessage(
            EventId = 1011,
            Level = LogLevel.Warning,
            Message = "Listening for revocations was interrupted ({Reason}); polling goes on"
        )]
        public static partial void ListenLost(ILogger logger, string reason);
    }
}
