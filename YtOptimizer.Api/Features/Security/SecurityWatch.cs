using Npgsql;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.Protection;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Api.Features.Security;

/// <summary>
/// Keeps the security records: chains waiting events, looks for password spraying, and writes the heads of the chains into the log, where
/// they are an anchor outside the database. Runs on every instance; the statements see to it that the fleet does each thing once.
/// </summary>
internal sealed partial class SecurityWatch(
    AuditChain chain,
    SecurityPulse pulse,
    PasswordSprayDetector sprays,
    ILogger<SecurityWatch> logger
) : IRecurringJob
{
    private const int DetectEvery = 6;
    private const int AnchorEvery = 720;
    private int runs;

    public TimeSpan Interval => TimeSpan.FromSeconds(5);

    public bool RunsAtStart => false;

    public async Task RunAsync(CancellationToken ct)
    {
        var run = runs++;
        try
        {
            if (pulse.EventsWait)
            {
                await SealAsync(ct);
            }

            if (run % DetectEvery == 0 && pulse.SignInsFailed && await sprays.DetectAsync(ct) is > 0 and var found)
            {
                Log.Spray(logger, found);
            }

            if (run % AnchorEvery == 0)
            {
                await AnchorAsync(ct);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            Log.Later(logger, exception.GetType().Name);
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
