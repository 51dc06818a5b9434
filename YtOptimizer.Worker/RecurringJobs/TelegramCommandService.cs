using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telegram.Bot.Exceptions;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Listens for operators' commands in the configured Telegram chat; one process of the fleet at a time.</summary>
internal sealed partial class TelegramCommandService(
    FleetLease lease,
    TelegramCommands commands,
    AlertPacing pacing,
    IOptions<AlertOptions> options,
    TimeProvider clock,
    ILogger<TelegramCommandService> logger
) : IRecurringJob
{
    private const string LeaseName = "telegram-commands";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(20);

    public TimeSpan Interval => options.Value.HasTelegram ? TimeSpan.FromSeconds(10) : Timeout.InfiniteTimeSpan;

    public async Task RunAsync(CancellationToken ct)
    {
        if (!options.Value.HasTelegram)
        {
            return;
        }

        try
        {
            while (await lease.TryHoldAsync(LeaseName, Poll * 2, ct))
            {
                await commands.PollAsync(Poll, ct);
                await pacing.NoteAliveAsync("telegram", ct);

                // A server that answers at once instead of waiting must not be asked without end.
                await Task.Delay(TimeSpan.FromSeconds(1), clock, ct);
            }
        }
        catch (Exception e)
            when (DatabaseUnavailableException.Matches(e)
                || e is RequestException or HttpRequestException
                || (e is TaskCanceledException && !ct.IsCancellationRequested)
            )
        {
            // The text of a Telegram failure may hold the token: only its type is written.
            Log.NotPolled(logger, e.GetType().Name);
        }
    }

    public Task FinishAsync() => options.Value.HasTelegram ? lease.TryReleaseAsync(LeaseName) : Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Operators' commands cannot be read from Telegram now ({Reason})")]
        public static partial void NotPolled(ILogger logger, string reason);
    }
}
