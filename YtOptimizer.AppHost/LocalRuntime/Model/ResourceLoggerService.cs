using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of output. Numbers start at 1 and never repeat.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Keeps the last lines of every resource's output and passes new ones on.</summary>
public class ResourceLoggerService
{
    private const int BacklogLines = 5000;

    private readonly ConcurrentDictionary<string, LogStream> _streams = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A logger that writes into the output of the resource.</summary>
    public ILogger GetLogger(IResource resource) => GetLogger(resource.Name);

    public ILogger GetLogger(string resourceName) => new StreamLogger(Stream(resourceName));

    /// <summary>The kept lines first, in one batch, then new ones as they come.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(resource.Name);

    /// <param name="resourceName">The name of a resource, for the output of all its replicas, or the id of one replica.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Stream(resourceName).WatchAsync();

    internal void Write(IResource resource, string resourceId, string line, bool isError)
    {
        Stream(resourceId).Write(line, isError);
        if (!string.Equals(resourceId, resource.Name, StringComparison.OrdinalIgnoreCase))
        {
            Stream(resource.Name).Write(line, isError);
        }
    }

    private LogStream Stream(string name) => _streams.GetOrAdd(name, _ => new LogStream());

    private sealed class LogStream
    {
        private readonly Lock _lock = new();
        private readonly Queue<LogLine> _backlog = new();
        private readonly List<Channel<LogLine>> _watchers = [];
        private int _count;

        public void Write(string line, bool isError)
        {
            lock (_lock)
            {
                var entry = new LogLine(++_count, line, isError);
                _backlog.Enqueue(entry);
                if (_backlog.Count > BacklogLines)
                {
                    _backlog.Dequeue();
                }

                foreach (var watcher in _watchers)
                {
                    watcher.Writer.TryWrite(entry);
                }
            }
        }

        public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            // A reader that cannot keep up loses the oldest lines, not the application its memory.
            var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(BacklogLines) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
            LogLine[] kept;
            lock (_lock)
            {
                kept = [.. _backlog];
                _watchers.Add(channel);
            }

            try
            {
                if (kept.Length > 0)
                {
                    yield return kept;
                }

                while (await channel.Reader.WaitToReadAsync(cancellationToken))
                {
                    var batch = new List<LogLine>();
                    while (channel.Reader.TryRead(out var line))
                    {
                        batch.Add(line);
                    }

                    yield return batch;
                }
            }
            finally
            {
                lock (_lock)
                {
                    _watchers.Remove(channel);
                }
            }
        }
    }

    private sealed class StreamLogger(LogStream stream) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => stream.Write(exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}", logLevel >= LogLevel.Error);
    }
}
