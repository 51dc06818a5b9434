namespace YtOptimizer.Core.Upstreams.Http;

/// <summary>Bounds of one outbound client.</summary>
public sealed class OutboundOptions
{
    /// <summary>
    /// The base address as the operator configured it. Its host and port may be private (a local model server, a test double) when the URL
    /// itself says so: see <see cref="OutboundHttp.SaysPrivate"/>. Every other address must be public or on the allow list.
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>Further addresses of the operator's configuration that this client calls, with the same right.</summary>
    public IReadOnlyList<Uri> AlsoChosen { get; set; } = [];

    /// <summary>Private places that any client may reach: <c>OUTBOUND_ALLOW</c>.</summary>
    public OutboundAllowList Allow { get; set; } = OutboundAllowList.None;

    /// <summary>Time to resolve a name and open a connection. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for the whole exchange; <see cref="Timeout.InfiniteTimeSpan"/> when a resilience pipeline sets it. Default 30
    /// s.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest response body in bytes that is read. Default 4 MiB.</summary>
    public long MaxResponseBytes { get; set; } = 4 * 1024 * 1024;
}
