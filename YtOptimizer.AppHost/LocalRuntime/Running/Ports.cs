using System.Net;
using System.Net.Sockets;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

internal static class Ports
{
    /// <summary>A port on loopback that is free now. Someone may take it before it is used: a process that cannot bind is started again with another.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
