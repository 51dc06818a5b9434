using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telegram.Bot.Exceptions;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Leases;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Listens for operators' commands in the configured Telegram chat; one process of the fleet at a time.</summary>
internal sealed partial class TelegramCommandService(
    FleetLease lease,
    TelegramCommands commands,
    AlertPacing pacing,
    IOptions<AlertOptions> options,
    TimeProvider clock,
    ILogger<TelegramCommandService> logger
) : BackgroundService
{
    private const string LeaseName = "telegram-commands";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.HasTelegram)
        {
            return;
        }

        try
        {
            await ListenAsync(stoppingToken);
        }
        finally
        {
            await lease.TryReleaseAsync(LeaseName);
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await lease.TryHoldAsync(LeaseName, Poll * 2, stoppingToken))
                {
                    await commands.PollAsync(Poll, stoppingToken);
                    await pacing.NoteAliveAsync("telegram", stoppingToken);

                    // A server that answers at once instead of waiting must not be asked without end.
                    await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
                    continue;
                }
            }
            catch (Exception e)
                when (DatabaseUnavailableException.Matches(e)
                    || e is RequestException or HttpRequestException
                    || (e is TaskCanceledException && !stoppingToken.IsCancellationRequested)
                )
            {
                // The text of a Telegram failure may hold the token: only its type is written.
                Log.NotPolled(logger, e.GetType().Name);
            }

            await Task.Delay(TimeSpan.FromSeconds(10), clock, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Operators' commands cannot be read from Telegram now ({Reason})")]
        public static partial void NotPolled(ILogger logger, string reason);
    }
}
