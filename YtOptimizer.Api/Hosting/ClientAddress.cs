using System.Net;
using System.Net.Sockets;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// Who is asking: the one place that names a caller's address. Forwarding headers count only when TRUSTED_PROXIES sent them
/// (see <see cref="ForwardedHeadersSetup"/>), so by default this is the peer of the connection.
/// </summary>
internal static class ClientAddress
{
    /// <summary>Address of the caller, IPv4 whenever it is one. Without a connection (in-process tests) loopback.</summary>
    public static IPAddress Of(HttpContext context) => Normalize(context.Connection.RemoteIpAddress ?? IPAddress.Loopback);

    /// <summary>
    /// What limits and blocks are counted by: an IPv4 address as it is, an IPv6 address by its /64, because one subscriber owns a whole
    /// /64.
    /// </summary>
    public static string Key(IPAddress address)
    {
        address = Normalize(address);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes) + "/64";
    }

    public static string Key(HttpContext context) => Key(Of(context));

    public static IPAddress Normalize(IPAddress address)
    {
        // Behind a NAT64 gateway all IPv4 callers share one network: the address inside tells them apart.
        address = WrappedAddresses.Unwrap(address);
        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0
            ? new IPAddress(address.GetAddressBytes())
            : address;
    }
}
