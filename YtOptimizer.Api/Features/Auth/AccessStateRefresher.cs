using Npgsql;
using YtOptimizer.Core.Accounts;
using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Keeps <see cref="AccessState"/> current: at once on NOTIFY, and every second anyway, because NOTIFY does not pass a pooler in
/// transaction mode. Losing the listening connection costs speed, never correctness.
/// </summary>
internal sealed partial class AccessStateRefresher(AccessState state, NpgsqlDataSource dataSource, IConfiguration configuration, ILogger<AccessStateRefresher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ListenRetry = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim wake = new(0, 1);

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(PollAsync(stoppingToken), ListenAsync(stoppingToken));

    private async Task PollAsync(CancellationToken ct)
    {
        var failing = false;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
                limit.CancelAfter(TimeSpan.FromSeconds(5));
                await state.RefreshAsync(limit.Token);
                failing = false;
                await wake.WaitAsync(Interval, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                if (!failing)
                {
                    Log.RefreshFailed(logger, error);
                }

                failing = true;
                await wake.WaitAsync(Interval, CancellationToken.None);
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
                connection.Notification += (_, _) => Wake();
                await using (var listen = new NpgsqlCommand("LISTEN " + AccessState.Channel, connection))
                {
                    await listen.ExecuteNonQueryAsync(ct);
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
                Log.ListenLost(logger, error.Message);
                await Task.Delay(ListenRetry, ct).ContinueWith(_ => { }, TaskScheduler.Default);
            }
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

    private void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // A look is due already.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1010, Level = LogLevel.Error, Message = "Failed to connect to database: revocations cannot be read. Access is refused after ACCESS_STATE_MAX_AGE")]
        public static partial void RefreshFailed(ILogger logger, Exception error);

        [LoggerMessage(EventId = 1011, Level = LogLevel.Warning, Message = "Listening for revocations was interrupted ({Reason}); polling goes on")]
        public static partial void ListenLost(ILogger logger, string reason);
    }
}
