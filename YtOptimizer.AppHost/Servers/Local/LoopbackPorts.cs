using System.Net;
using System.Net.Sockets;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Finds TCP ports on loopback. A port can be taken between the look and the use: callers retry.</summary>
internal static class LoopbackPorts
{
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
