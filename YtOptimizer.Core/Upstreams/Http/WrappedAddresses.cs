using System.Net;

namespace YtOptimizer.Core.Upstreams.Http;

/// <summary>IPv6 addresses that stand for an IPv4 host: mapped ones, and those of a NAT64 gateway (RFC 6052).</summary>
public static class WrappedAddresses
{
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>The IPv4 address inside, or <paramref name="address"/> itself.</summary>
    public static IPAddress Unwrap(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12, 4))
            : address;
    }
}
