using System.Collections.Concurrent;
using System.Threading.Channels;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Core.Observability.Logs;

/// <summary>
/// Takes log rows off the request path: bounded queues in memory, which <see cref="LogWriter"/> empties. What has no room is counted per
/// kind, in the metric <c>log_rows_dropped_total</c> and in a row of its own as soon as writing works again. Errors are on standard output
/// as well, so none is lost silently. What users did (<c>user_logs</c>) is not here: it is written in the transaction that did it. Knows no
/// database: logging must be there before the database driver, which logs.
/// </summary>
public sealed class LogBuffer(TimeProvider clock)
{
    public const int Capacity = 5000;

    private readonly ConcurrentDictionary<string, long> dropped = new(StringComparer.Ordinal);

    internal Channel<ApiRequestRow> Requests { get; } = Create<ApiRequestRow>();

    internal Channel<ErrorRow> Errors { get; } = Create<ErrorRow>();

    internal Channel<SystemRow> System { get; } = Create<SystemRow>();

    public void Add(ApiRequestRow row) => Add(Requests, row, "api_request_logs");

    public void Add(ErrorRow row) => Add(Errors, row, "error_logs");

    public void Add(SystemRow row) => Add(System, row, "system_logs");

    internal void Add<T>(Channel<T> channel, T row, string kind)
    {
        if (!channel.Writer.TryWrite(row))
        {
            dropped.AddOrUpdate(kind, 1, (_, count) => count + 1);
            YtoMetrics.LogRowDropped(kind, "full");
        }
    }

    internal void ReportDropped()
    {
        foreach (var kind in dropped.Keys.ToArray())
        {
            if (dropped.TryRemove(kind, out var count))
            {
                Add(
                    new SystemRow(
                        "error",
                        "database",
                        "logs",
                        $"{count} rows of {kind} were dropped because the buffer was full",
                        null,
                        Environment.MachineName,
                        Environment.ProcessId,
                        (int)(Environment.WorkingSet >> 20),
                        null,
                        clock.GetUtcNow()
                    )
                );
            }
        }
    }

    private static Channel<T> Create<T>() =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });
}
