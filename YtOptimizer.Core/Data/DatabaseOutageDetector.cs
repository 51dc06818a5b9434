using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Data;

/// <summary>
/// Notices a database that went silent. A server that refuses says so at once; one behind a dead network, or frozen, says nothing, and
/// every statement would wait for its own timeout. Answers to any statement prove that it lives; when they stay away, a small question on a
/// connection of its own (a busy pool is no outage) decides. While nothing answers, statements under way are given up and new ones refused
/// at once, and idle connections of the pool, dead by then, are closed. Switched off by <c>DatabaseOutageDetector=off</c>.
/// </summary>
/// <param name="pool">The connections to guard.</param>
/// <param name="own">A small data source for the question alone; without one nothing is watched.</param>
/// <param name="configuration">Where the switch is.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
public sealed partial class DatabaseOutageDetector(
    NpgsqlDataSource pool,
    NpgsqlDataSource? own,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<DatabaseOutageDetector> logger
) : IRecurringJob, IDisposable
{
    /// <summary>Service key of the data source that asks.</summary>
    public const string Connection = "ytoptimizer-watch";

    /// <summary>Service key of a function that tells how long ago the database last answered, and how long its last answer to the pulse
    /// took; null before the first.</summary>
    public const string SinceAnswerKey = "ytoptimizer-since-answer";

    /// <summary>A statement that waits this long while nothing else is answered raises the question.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromMilliseconds(300);

    /// <summary>Without any statement the pulse answers every second.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(2500);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(1200);

    /// <summary>This process, not the database, may be what is slow: then nothing is concluded.</summary>
    private static readonly TimeSpan SlowProcess = TimeSpan.FromMilliseconds(300);

    private CancellationTokenSource outage = new();
    private long answered;
    private long waitingSince;
    private int waiting;

    /// <summary>Cancelled while the database is silent.</summary>
    public CancellationToken Outage => Volatile.Read(ref outage).Token;

    /// <summary>How long ago the database last answered anything; null before the first answer.</summary>
    public TimeSpan? SinceAnswer => Volatile.Read(ref answered) is not 0 and var at ? time.GetElapsedTime(at) : null;

    /// <summary>How long the database took for the last look of the pulse.</summary>
    public TimeSpan LastPulse { get; private set; }

    /// <summary>The pulse has just been answered.</summary>
    public void Answered(TimeSpan took)
    {
        LastPulse = took;
        Answered();
    }

    /// <summary>A statement has just been answered.</summary>
    public void Answered()
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref answered, now);
        Volatile.Write(ref waitingSince, now);
    }

    /// <summary>Somebody begins to wait for an answer. Ends with <see cref="Left"/>.</summary>
    public void Entered()
    {
        if (Interlocked.Increment(ref waiting) == 1)
        {
            Volatile.Write(ref waitingSince, time.GetTimestamp());
        }
    }

    /// <summary>The wait is over, however it ended.</summary>
    public void Left() => Interlocked.Decrement(ref waiting);

    public TimeSpan Interval => IsOn ? TimeSpan.FromMilliseconds(250) : Timeout.InfiniteTimeSpan;

    public async Task RunAsync(CancellationToken ct)
    {
        if (!IsOn)
        {
            return;
        }

        var isSilent = (Outage.IsCancellationRequested || IsInDoubt) && await IsSilentAsync(own!, ct);
        if (isSilent != Outage.IsCancellationRequested)
        {
            await ChangeAsync(isSilent);
        }
    }

    public void Dispose() => outage.Dispose();

    private bool IsOn => own is not null && configuration["DatabaseOutageDetector"] != "off";

    private bool IsInDoubt =>
        Volatile.Read(ref waiting) > 0
            ? time.GetElapsedTime(Volatile.Read(ref waitingSince)) > Doubt
            : SinceAnswer is not { } age || age > Quiet;

    /// <summary>An error is an answer too: whoever asks gets the same one.</summary>
    private async Task<bool> IsSilentAsync(NpgsqlDataSource source, CancellationToken stopping)
    {
        var asked = time.GetTimestamp();
        var question = Task.Run(() => AskAsync(source), CancellationToken.None);
        try
        {
            var isSilent = await question.WaitAsync(TimeLimit, time, stopping);
            if (!isSilent)
            {
                Answered();
            }

            return isSilent;
        }
        catch (TimeoutException)
        {
            var late = time.GetElapsedTime(asked) - TimeLimit;
            return late < SlowProcess && Volatile.Read(ref answered) < asked;
        }
    }

    // True for silence, false for any answer.
    private static async Task<bool> AskAsync(NpgsqlDataSource source)
    {
        try
        {
            await using var command = source.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(CancellationToken.None);
            return false;
        }
        catch (Exception exception)
        {
            return exception is TimeoutException
                || (exception is NpgsqlException and not PostgresException && exception.InnerException is TimeoutException);
        }
    }

    private async Task ChangeAsync(bool isSilent)
    {
        if (isSilent)
        {
            Log.Silent(logger);
            await outage.CancelAsync();
        }
        else
        {
            Log.Back(logger);
            // Not disposed: somebody may hold its token at this moment.
            Volatile.Write(ref outage, new CancellationTokenSource());
        }

        pool.Clear();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The database is silent: requests are answered with 503 until it answers again.")]
        public static partial void Silent(ILogger logger);

        [LoggerMessage(LogLevel.Information, "The database answers again.")]
        public static partial void Back(ILogger logger);
    }
}
