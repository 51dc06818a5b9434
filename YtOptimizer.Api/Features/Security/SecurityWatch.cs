using Npgsql;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.Protection;

namespace YtOptimizer.Api.Features.Security;

/// <summary>
/// Keeps the security records: chains waiting events, looks for password spraying, and writes the heads of the chains into the log, where
/// they are an
/// anchor outside the database. Runs on every instance; the statements see to it that the fleet does each thing once.
/// </summary>
internal sealed partial class SecurityWatch(
    AuditChain chain,
    SecurityPulse pulse,
    PasswordSprayDetector sprays,
    TimeProvider clock,
    ILogger<SecurityWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private const int DetectEvery = 6;
    private const int AnchorEvery = 720;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        for (var tick = 0; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            try
            {
                if (pulse.EventsWait)
                {
                    await SealAsync(stoppingToken);
                }

                if (tick % DetectEvery == 0 && pulse.SignInsFailed && await sprays.DetectAsync(stoppingToken) is > 0 and var found)
                {
                    Log.Spray(logger, found);
                }

                if (tick % AnchorEvery == 0)
                {
                    await AnchorAsync(stoppingToken);
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                Log.Later(logger, exception.GetType().Name);
            }
        }
    }

    private async Task SealAsync(CancellationToken ct)
    {
        using var activity = BackgroundWork.Start("seal security events");
        activity?.SetTag("security_events.sealed", await chain.SealAsync(ct));
    }

    private async Task AnchorAsync(CancellationToken ct)
    {
        foreach (var name in AuditChain.Chains)
        {
            if (await chain.HeadAsync(name, ct) is { Seq: > 0 } head)
            {
                Log.Anchor(logger, head.Chain, head.Seq, head.Hash);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Password guessing detected: {Count} new findings, see security_events with severity critical")]
        public static partial void Spray(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Information, "audit anchor {Chain} {Seq} {Hash}")]
        public static partial void Anchor(ILogger logger, string chain, long seq, string hash);

        [LoggerMessage(3, LogLevel.Warning, "Security records: the database is away ({Reason}); trying again")]
        public static partial void Later(ILogger logger, string reason);
    }
}
