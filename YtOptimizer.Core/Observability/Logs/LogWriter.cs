using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Npgsql;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Core.Observability.Logs;

/// <summary>Writes buffered log rows in batches. While the database is away they wait in the buffer.</summary>
public sealed class LogWriter(LogBuffer buffer, Db db)
{
    private const int BatchSize = 500;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new WithoutNul() } };

    /// <summary>Writes what waits. A batch that the database cannot be reached for goes back; a row that it refuses is dropped and
    /// named.</summary>
    /// <param name="onError">Must not log to the database.</param>
    /// <param name="ct">Ends the wait for the database.</param>
    public async Task FlushAsync(Action<string> onError, CancellationToken ct)
    {
        buffer.ReportDropped();
        await FlushAsync(buffer.Errors, "error_logs", ErrorRow.Sql, onError, ct);
        await FlushAsync(buffer.System, "system_logs", SystemRow.Sql, onError, ct);
        await FlushAsync(buffer.Requests, "api_request_logs", ApiRequestRow.Sql, onError, ct);
    }

    private async Task FlushAsync<T>(Channel<T> channel, string table, string sql, Action<string> onError, CancellationToken ct)
    {
        while (Take(channel) is { Count: > 0 } batch)
        {
            var next = 0;
            try
            {
                if (await TryWriteAllAsync(sql, batch, ct))
                {
                    continue;
                }

                for (; next < batch.Count; next++)
                {
                    await WriteOneAsync(table, sql, batch[next], onError, ct);
                }
            }
            catch (Exception e)
            {
                // Away, or a schema that is being replaced: whatever it is, it must not end the writer, and the rows wait.
                for (var i = next; i < batch.Count; i++)
                {
                    buffer.Add(channel, batch[i], table);
                }

                onError(
                    $"{batch.Count - next} rows of {table} wait for the database ({(e as PostgresException)?.SqlState ?? e.GetType().Name})"
                );
                return;
            }
        }
    }

    /// <summary>False when one of the rows cannot be stored.</summary>
    private async Task<bool> TryWriteAllAsync<T>(string sql, List<T> batch, CancellationToken ct)
    {
        try
        {
            await WriteAsync(sql, batch, ct);
            return true;
        }
        catch (PostgresException e) when (IsRefusal(e))
        {
            return false;
        }
    }

    private async Task WriteOneAsync<T>(string table, string sql, T row, Action<string> onError, CancellationToken ct)
    {
        try
        {
            await WriteAsync(sql, [row], ct);
        }
        catch (PostgresException e) when (IsRefusal(e))
        {
            YtoMetrics.LogRowDropped(table, "refused");
            onError($"A row of {table} was refused by the database ({e.SqlState}) and dropped");
        }
    }

    /// <summary>Data exceptions and violated constraints: the row is at fault, and stays so.</summary>
    private static bool IsRefusal(PostgresException e) => !e.IsTransient && e.SqlState[..2] is "22" or "23";

    private Task WriteAsync<T>(string sql, List<T> rows, CancellationToken ct) =>
        db.ExecuteAsync(sql, new { rows = JsonSerializer.Serialize(rows, Json) }, ct);

    private static List<T> Take<T>(Channel<T> channel)
    {
        List<T> batch = [];
        while (batch.Count < BatchSize && channel.Reader.TryRead(out var row))
        {
            batch.Add(row);
        }

        return batch;
    }

    /// <summary>PostgreSQL's text cannot hold NUL.</summary>
    private sealed class WithoutNul : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Replace("\0", "", StringComparison.Ordinal));
    }
}
