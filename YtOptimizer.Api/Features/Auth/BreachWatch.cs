using System.Threading.Channels;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Looks passwords up in the breach list after the answer has gone out, so that no sign-in waits for it, and notes the count beside the
/// hash it belongs to. Keeps only the SHA-1 that the list is searched by, in memory, in a bounded queue; the rest is dropped.
/// </summary>
internal sealed partial class BreachWatch(BreachCheck breaches, Db db, ILogger<BreachWatch> logger) : BackgroundService
{
    private readonly Channel<Item> queue = Channel.CreateBounded<Item>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Enqueue(Guid userId, string password, string hash, bool known)
    {
        if (!known && breaches.Mode != BreachMode.Off)
        {
            queue.Writer.TryWrite(new Item(userId, BreachCheck.Key(password), hash));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var item in queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (await breaches.CountByKeyAsync(item.Key, stoppingToken) is { } count)
                {
                    await db.ExecuteAsync(
                        AccountStore.BreachCountSql,
                        new
                        {
                            userId = item.UserId,
                            hash = item.Hash,
                            count,
                        },
                        stoppingToken
                    );
                }
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, error);
            }
        }
    }

    private sealed record Item(Guid UserId, string Key, string Hash);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1020,
            Level = LogLevel.Warning,
            Message = "A breach count could not be noted; it is looked up again at the next sign-in"
        )]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
