namespace YtOptimizer.Core.Upstreams.Http;

/// <summary>A connection was refused by us: the name leads to an address that is not public and that no operator configured.</summary>
public sealed class OutboundRefusedException : IOException
{
    public OutboundRefusedException() { }

    public OutboundRefusedException(string host)
        : base(
            $"Refused to connect to '{host}': it leads to an address that is not public. If that is intended, list the host or its "
                + $"network in OUTBOUND_ALLOW."
        ) { }

    public OutboundRefusedException(string message, Exception innerException)
        : base(message, innerException) { }
}
