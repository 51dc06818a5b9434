using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>Section <c>Analysis</c>; environment name <c>ANALYSIS_DEADLINE_SECONDS</c>.</summary>
public sealed class DeadlineOptions
{
    public const string Section = "Analysis";

    /// <summary>How many seconds of computing one analysis may take; upstream calls have timeouts of their own. An ordinary one takes a
    /// fraction of a second.</summary>
    [Range(1, 600)]
    public int DeadlineSeconds { get; set; } = 20;
}

/// <summary>Gives every analysis a limited time to compute and stops it when its caller has left.</summary>
public sealed class AnalysisDeadline(IOptions<DeadlineOptions> options, TimeProvider time)
{
    public DeadlineRun Start(CancellationToken ct) => new(TimeSpan.FromSeconds(options.Value.DeadlineSeconds), time, ct);
}

/// <summary>
/// The computing time of one analysis: parts run one after another, waiting between them costs nothing. All parts together end within the
/// time and <see cref="Patterns.Timeout"/>: a part is stopped within a millisecond, only a pattern that stalls needs to be waited for.
/// </summary>
public sealed class DeadlineRun : IDisposable
{
    private readonly CancellationTokenSource limit;
    private readonly CancellationTokenSource either;
    private readonly CancellationToken caller;
    private readonly TimeProvider time;
    private readonly TimeSpan total;
    private TimeSpan left;

    internal DeadlineRun(TimeSpan total, TimeProvider time, CancellationToken caller)
    {
        this.total = left = total;
        this.time = time;
        this.caller = caller;
        limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(caller, limit.Token);
    }

    /// <summary>Cancelled by the caller or when the time is up.</summary>
    public CancellationToken Token => either.Token;

    /// <summary>Runs one part on this thread; again, while there is time, when a pattern stalled.</summary>
    /// <exception cref="AnalysisException">The time is up; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public T Run<T>(Func<T> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var started = time.GetTimestamp();
        try
        {
            limit.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            using var meter = WorkMeter.Start(Token);
            return Patterns.Run(
                () =>
                {
                    // On a machine that stalls the timer may be late as well.
                    if (time.GetElapsedTime(started) >= left)
                    {
                        limit.Cancel();
                    }

                    Token.ThrowIfCancellationRequested();
                    return part();
                },
                Tries()
            );
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            throw TimeIsUp();
        }
        catch (RegexMatchTimeoutException) when (!caller.IsCancellationRequested)
        {
            throw TimeIsUp();
        }
        finally
        {
            left -= time.GetElapsedTime(started);
            if (!limit.IsCancellationRequested)
            {
                limit.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>As many as fit into the time, each with a pattern that stalls.</summary>
    private int Tries() => (int)Math.Max(0, left.TotalMilliseconds / Patterns.Timeout) + 1;

    private AnalysisException TimeIsUp() =>
        new(
            "analysis_timeout",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The text takes longer to analyse than the {total.TotalSeconds:0} seconds an analysis may take. Send a shorter "
                    + $"description or transcript."
            )
        );

    public void Dispose()
    {
        either.Dispose();
        limit.Dispose();
    }
}
