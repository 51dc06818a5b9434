using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace YtOptimizer.Core.Data;

/// <summary>
/// Notices a database that went silent. A server that refuses says so at once; one behind a dead network, or frozen, says nothing, and every statement
/// would wait for its own timeout. A small question every half second, on a connection of its own (a busy pool is no outage), decides: while nothing
/// answers, statements under way are given up and new ones refused at once, and idle connections of the pool, dead by then, are closed.
/// Switched off by <c>DatabaseWatch=off</c>.
/// </summary>
/// <param name="pool">The connections to guard.</param>
/// <param name="own">A small data source for the question alone; without one nothing is watched.</param>
/// <param name="configuration">Where the switch is.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
public sealed partial class DatabaseWatch(
    NpgsqlDataSource pool, NpgsqlDataSource? own, IConfiguration configuration, TimeProvider time, ILogger<DatabaseWatch> logger) : BackgroundService
{
    /// <summary>Service key of the data source that asks.</summary>
    public const string Connection = "ytoptimizer-watch";

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1200);

    /// <summary>This process, not the database, may be what is slow: then nothing is concluded.</summary>
    private static readonly TimeSpan Starved = TimeSpan.FromMilliseconds(300);

    private CancellationTokenSource outage = new();
    private long answered;

    /// <summary>Cancelled while the database is silent.</summary>
    public CancellationToken Outage => Volatile.Read(ref outage).Token;

    /// <summary>A statement has just been answered.</summary>
    public void Answered() => Volatile.Write(ref answered, time.GetTimestamp());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (own is not { } source || configuration["DatabaseWatch"] == "off")
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                var isSilent = await IsSilentAsync(source, stoppingToken);
                if (isSilent != Outage.IsCancellationRequested)
                {
                    await ChangeAsync(isSilent);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    public override void Dispose()
    {
        outage.Dispose();
        base.Dispose();
    }

    /// <summary>An error is an answer too: whoever asks gets the same one.</summary>
    private async Task<bool> IsSilentAsync(NpgsqlDataSource source, CancellationToken stopping)
    {
        var asked = time.GetTimestamp();
        var question = Task.Run(() => AskAsync(source), CancellationToken.None);
        try
        {
            return await question.WaitAsync(Patience, time, stopping);
        }
        catch (TimeoutException)
        {
            var late = time.GetElapsedTime(asked) - Patience;
            return late < Starved && Volatile.Read(ref answered) < asked;
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
            return exception is TimeoutException || (exception is NpgsqlException and not PostgresException && exception.InnerException is TimeoutException);
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
