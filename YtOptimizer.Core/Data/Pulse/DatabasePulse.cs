using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Npgsql;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Data.Pulse;

/// <summary>
/// Asks everything that this process wants to know periodically in one statement per period. Notifications carry changes at once; the pulse
/// finds what they missed. When the common statement fails although the database is there, its parts are asked one by one for a while, so
/// that one table that is locked or missing blinds one part only. Answers also tell <see cref="DatabaseOutageDetector"/> that the database
/// is alive.
/// </summary>
/// <param name="parts">The questions.</param>
/// <param name="source">A small pool of its own where there is one: a busy main pool must not stop the pulse.</param>
/// <param name="watch">Told of every answer; null where nothing is watched.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
public sealed partial class DatabasePulse(
    IEnumerable<PulsePart> parts,
    NpgsqlDataSource source,
    DatabaseOutageDetector? watch,
    TimeProvider time,
    ILogger<DatabasePulse> logger
) : IRecurringJob
{
    private const int TimeoutSeconds = 2;
    private static readonly TimeSpan ApartFor = TimeSpan.FromSeconds(30);

    private readonly Part[] parts = [.. parts.Select(part => new Part(part))];
    private long apartSince = long.MinValue;

    public TimeSpan Interval => parts.Length == 0 ? Timeout.InfiniteTimeSpan : parts.Min(part => part.Question.Every);

    public async Task RunAsync(CancellationToken ct)
    {
        Part[] due = [.. parts.Where(part => part.IsDue(time, Interval))];
        if (due.Length == 0)
        {
            return;
        }

        if (apartSince != long.MinValue && time.GetElapsedTime(apartSince) < ApartFor)
        {
            await Task.WhenAll(due.Select(part => AskAloneAsync(part, ct)));
            return;
        }

        apartSince = long.MinValue;
        try
        {
            await AskAsync(parts, due, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // A lock that lasts, a missing table, a missing right: only one of the parts is at fault.
            if (
                watch?.Outage.IsCancellationRequested != true
                && exception is PostgresException { IsTransient: false } or { InnerException: TimeoutException }
            )
            {
                apartSince = time.GetTimestamp();
                await Task.WhenAll(due.Select(part => AskAloneAsync(part, ct)));
                return;
            }

            foreach (var part in due)
            {
                Failed(part, exception);
            }
        }
    }

    private async Task AskAloneAsync(Part part, CancellationToken ct)
    {
        try
        {
            await AskAsync([part], [part], ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Failed(part, exception);
        }
    }

    /// <summary>One statement with a column for each of <paramref name="asked"/>; what is not due is switched off, so that its text stays
    /// the same.</summary>
    private async Task AskAsync(Part[] asked, Part[] due, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var answers = new string?[asked.Length];
        await using (var connection = await source.OpenOrUnavailableAsync(ct))
        {
            await using var command = connection.CreateCommand();
            command.CommandTimeout = TimeoutSeconds;
            SetText(command, "SELECT " + string.Join(", ", asked.Select(part => part.Column)));
            foreach (var part in asked)
            {
                command.Parameters.AddWithValue(part.Question.Name + "_due", due.Contains(part));
                part.Question.Bind(command.Parameters);
            }

            await using var reader = await command.ExecuteReaderAsync(ct);
            if (await reader.ReadAsync(ct))
            {
                for (var i = 0; i < asked.Length; i++)
                {
                    answers[i] = await reader.IsDBNullAsync(i, ct) ? null : reader.GetString(i);
                }
            }
        }

        watch?.Answered(time.GetElapsedTime(started));
        for (var i = 0; i < asked.Length; i++)
        {
            if (due.Contains(asked[i]))
            {
                Take(asked[i], answers[i], started);
            }
        }
    }

    [SuppressMessage(
        "Security",
        "CA2100:Review SQL queries for security vulnerabilities",
        Justification = "The text is made of constants of the parts; values are parameters."
    )]
    private static void SetText(NpgsqlCommand command, string text) => command.CommandText = text;

    private void Take(Part part, string? answer, long started)
    {
        part.AskedAt = started;
        try
        {
            part.Question.Take(answer, started);
            part.HasFailed = false;
        }
        catch (Exception exception)
        {
            Failed(part, exception);
        }
    }

    private void Failed(Part part, Exception exception)
    {
        if (!part.HasFailed)
        {
            Log.Unanswered(logger, part.Question.Name, exception.GetType().Name, exception);
        }

        part.HasFailed = true;
    }

    private sealed class Part(PulsePart question)
    {
        public PulsePart Question { get; } = question;

        public string Column { get; } = $"CASE WHEN @{question.Name}_due THEN ({question.Sql})::text END AS {question.Name}";

        public long AskedAt { get; set; } = long.MinValue;

        public bool HasFailed { get; set; }

        // Half a period of tolerance: timers are not exact.
        public bool IsDue(TimeProvider time, TimeSpan period) =>
            AskedAt == long.MinValue || time.GetElapsedTime(AskedAt) + (period / 2) >= Question.Every;
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The periodic look at the database got no answer for {Part} ({Reason}); it is asked again, further failures in a row "
                + "are not logged"
        )]
        public static partial void Unanswered(ILogger logger, string part, string reason, Exception exception);
    }
}
