using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Observability.Logs;

/// <summary>
/// Deletes old rows of the logs in small batches. A row is old when its UTC day is more than the given number of days before today's.
/// Security events and the audit trail are not logs and have their own, longer periods.
/// </summary>
public sealed class LogRetention(Db db)
{
    public const int BatchSize = 5000;

    /// <summary>Days for which usage events are kept, or as long as logs where those are kept longer.</summary>
    public const int UsageDays = 180;

    private static readonly string[] LogTables = ["api_request_logs", "error_logs", "system_logs", "user_logs"];

    /// <returns>Rows deleted per table.</returns>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(int days, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var deleted = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in LogTables)
        {
            deleted[table] = await DeleteAsync(table, "created_at", TimeSpan.FromDays(days), ct);
        }

        deleted["metric_windows"] = await DeleteAsync("metric_windows", "taken_at", TimeSpan.FromDays(Math.Min(days, 14)), ct);
        // Analytics look back a quarter.
        deleted["usage_events"] = await DeleteAsync("usage_events", "created_at", TimeSpan.FromDays(Math.Max(days, UsageDays)), ct);
        // Stripe repeats an event for three days.
        deleted["stripe_events"] = await DeleteAsync("stripe_events", "processed_at", TimeSpan.FromDays(Math.Max(days, 90)), ct);
        deleted["stripe_cancellations"] = await DeleteAsync("stripe_cancellations", "done_at", TimeSpan.FromDays(Math.Max(days, 90)), ct);
        // What was never delivered has no sent_at and stays.
        deleted["alert_outbox"] = await DeleteAsync("alert_outbox", "sent_at", TimeSpan.FromDays(Math.Max(days, 30)), ct);
        return deleted;
    }

    private async Task<long> DeleteAsync(string table, string column, TimeSpan age, CancellationToken ct)
    {
        // Names come from the list above; ctid keeps the batch small without an index on another column.
        var sql = $"""
            DELETE FROM {table} WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM {table} WHERE {column} < (date_trunc('day',
                    now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC') - @age LIMIT @limit))
            """;
        long total = 0;
        int batch;
        do
        {
            batch = await db.ExecuteAsync(sql, new { age, limit = BatchSize }, ct, timeoutSeconds: 60);
            total += batch;
        } while (batch == BatchSize);
        return total;
    }
}
