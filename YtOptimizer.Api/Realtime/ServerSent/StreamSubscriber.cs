using System.Threading.Channels;
using YtOptimizer.Api.Realtime.Feed;

namespace YtOptimizer.Api.Realtime.ServerSent;

/// <summary>
/// Events on their way to one stream. A reader that is too slow loses its place: the stream ends, and the client comes back for the rest.
/// </summary>
internal sealed class StreamSubscriber(Guid userId, int capacity) : IFeedSubscriber
{
    private readonly Channel<FeedEvent> events = Channel.CreateBounded<FeedEvent>(
        new BoundedChannelOptions(capacity) { SingleReader = true }
    );

    public Guid UserId => userId;

    public ChannelReader<FeedEvent> Reader => events.Reader;

    public void Offer(FeedEvent e)
    {
        if (!events.Writer.TryWrite(e))
        {
            events.Writer.TryComplete();
        }
    }
}
