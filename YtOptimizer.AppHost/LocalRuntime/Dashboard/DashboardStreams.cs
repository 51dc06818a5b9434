using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace YtOptimizer.AppHost.LocalRuntime.Dashboard;

/// <summary>What the page hears: states of resources and lines of output, as server-sent events.</summary>
internal static class DashboardStreams
{
    private const int LogBuffer = 256;

    /// <summary>Every resource as it is now, then every change.</summary>
    public static async IAsyncEnumerable<SseItem<DashboardResource>> ResourcesAsync(
        ResourceNotificationService notifications, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var change in Quietly(notifications.WatchAsync(ct), ct))
        {
            if (!change.Snapshot.IsHidden)
            {
                yield return new SseItem<DashboardResource>(DashboardResource.From(change), "resource");
            }
        }
    }

    /// <summary>The kept lines, then new ones: of one resource or replica, or of all of them.</summary>
    public static async IAsyncEnumerable<SseItem<LogBatch>> LogsAsync(
        ResourceNotificationService notifications, ResourceLoggerService loggers, string? resource, [EnumeratorCancellation] CancellationToken ct)
    {
        // A page that does not read makes its own stream wait, nothing else.
        var batches = Channel.CreateBounded<LogBatch>(LogBuffer);
        var pumping = string.IsNullOrEmpty(resource)
            ? PumpAllAsync(notifications, loggers, batches.Writer, ct)
            : PumpAsync(loggers, resource, batches.Writer, ct);
        await foreach (var batch in Quietly(batches.Reader.ReadAllAsync(ct), ct))
        {
            yield return new SseItem<LogBatch>(batch, "lines");
        }

        await pumping;
    }

    private static async Task PumpAllAsync(ResourceNotificationService notifications, ResourceLoggerService loggers, ChannelWriter<LogBatch> batches, CancellationToken ct)
    {
        var pumps = new Dictionary<string, Task>(StringComparer.Ordinal);
        await foreach (var change in Quietly(notifications.WatchAsync(ct), ct))
        {
            if (!change.Snapshot.IsHidden && !pumps.ContainsKey(change.ResourceId))
            {
                pumps.Add(change.ResourceId, PumpAsync(loggers, change.ResourceId, batches, ct));
            }
        }

        await Task.WhenAll(pumps.Values);
    }

    private static async Task PumpAsync(ResourceLoggerService loggers, string resource, ChannelWriter<LogBatch> batches, CancellationToken ct)
    {
        try
        {
            await foreach (var lines in loggers.WatchAsync(resource).WithCancellation(ct))
            {
                await batches.WriteAsync(new LogBatch(resource, [.. lines.Select(l => new LogText(l.LineNumber, l.Content, l.IsErrorMessage))]), ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page has gone, or the application ends.
        }
    }

    // The end of the page or of the application ends a stream in order, not by an exception.
    private static async IAsyncEnumerable<T> Quietly<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var items = source.GetAsyncEnumerator(ct);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                yield break;
            }

            yield return items.Current;
        }
    }

    internal sealed record LogBatch(string Resource, IReadOnlyList<LogText> Lines);

    internal sealed record LogText(int Number, string Text, bool IsError);
}
