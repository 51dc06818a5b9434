using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Logs;

/// <summary>Writes buffered log rows in batches. While the database is away they wait in the buffer.</summary>
public sealed class LogWriter(LogBuffer buffer, Db db, TimeProvider clock)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Writes until cancelled, then whatever is left within two seconds. <paramref name="onError"/> must not log to the database.</summary>
    public async Task RunAsync(Action<string> onError, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(onError);
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await FlushAsync(onError, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            using var last = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
            try
            {
                await FlushAsync(onError, last.Token);
            }
            catch (OperationCanceledException)
            {
                onError("Log rows were still waiting for the database when the process ended");
            }
        }
    }

    /// <summary>Writes what waits. A batch that the database cannot be reached for goes back; a row that it refuses is dropped and named.</summary>
    public async Task FlushAsync(Action<string> onError, CancellationToken ct)
    {
        buffer.ReportDropped();
        await FlushAsync(buffer.Errors, ErrorRow.Sql, onError, ct);
        await FlushAsync(buffer.System, SystemRow.Sql, onError, ct);
        await FlushAsync(buffer.Users, UserRow.Sql, onError, ct);
        await FlushAsync(buffer.Requests, ApiRequestRow.Sql, onError, ct);
    }

    private async Task FlushAsync<T>(Channel<T> channel, string sql, Action<string> onError, CancellationToken ct)
    {
        while (Take(channel) is { Count: > 0 } batch)
        {
            try
            {
                await WriteAsync(sql, batch, ct);
            }
            catch (PostgresException e) when (!e.IsTransient && e.SqlState[..2] is "22" or "23")
            {
                await WriteOneByOneAsync(sql, batch, onError, ct);
            }
            catch (Exception e) when (e is OperationCanceledException || DatabaseUnavailableException.Matches(e))
            {
                foreach (var row in batch)
                {
                    buffer.Add(channel, row, typeof(T).Name);
                }

                onError($"{batch.Count} log rows wait for the database ({e.GetType().Name})");
                return;
            }
        }
    }

    private async Task WriteOneByOneAsync<T>(string sql, List<T> batch, Action<string> onError, CancellationToken ct)
    {
        foreach (var row in batch)
        {
            try
            {
                await WriteAsync(sql, [row], ct);
            }
            catch (PostgresException e)
            {
                onError($"A row of {typeof(T).Name} was refused by the database ({e.SqlState}) and dropped");
            }
        }
    }

    private Task WriteAsync<T>(string sql, List<T> rows, CancellationToken ct) =>
        // PostgreSQL's text cannot hold NUL, which JSON writes as \u0000.
        db.ExecuteAsync(sql, new { rows = JsonSerializer.Serialize(rows, JsonSerializerOptions.Web).Replace("\\u0000", "", StringComparison.Ordinal) }, ct);

    private static List<T> Take<T>(Channel<T> channel)
    {
        List<T> batch = [];
        while (batch.Count < BatchSize && channel.Reader.TryRead(out var row))
        {
            batch.Add(row);
        }

        return batch;
    }
}
