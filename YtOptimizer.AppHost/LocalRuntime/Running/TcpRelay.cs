using System.Net;
using System.Net.Sockets;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>
/// Holds the public port of an endpoint while the processes behind it come and go. Connections are handed out in turn; when a
/// process does not answer the next one is tried, and when none does the connection waits a while for one to return.
/// </summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<Socket> _listeners;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _accepting = [];
    private List<(string Id, int Port)> _backends = [];
    private uint _next;

    private TcpRelay(List<Socket> listeners)
    {
        _listeners = listeners;
        Port = ((IPEndPoint)listeners[0].LocalEndPoint!).Port;
        foreach (var listener in listeners)
        {
            _accepting.Add(AcceptAsync(listener));
        }
    }

    public int Port { get; }

    /// <summary>Listens on <paramref name="port"/>, or on any free one for 0.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static TcpRelay Listen(string host, int port)
    {
        var everywhere = host is "0.0.0.0" or "[::]" or "::" or "*" or "+";
        var listeners = new List<Socket> { Bind(everywhere ? IPAddress.Any : IPAddress.Loopback, port) };
        try
        {
            // Browsers may try [::1] first for "localhost".
            if (Socket.OSSupportsIPv6)
            {
                listeners.Add(Bind(everywhere ? IPAddress.IPv6Any : IPAddress.IPv6Loopback, ((IPEndPoint)listeners[0].LocalEndPoint!).Port));
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode != SocketError.AddressAlreadyInUse)
        {
            // No IPv6 on this machine's loopback.
        }
        catch (SocketException)
        {
            listeners[0].Dispose();
            throw;
        }

        return new TcpRelay(listeners);
    }

    public void Add(string id, int port)
    {
        lock (_lock)
        {
            _backends = [.. _backends.Where(b => !string.Equals(b.Id, id, StringComparison.Ordinal)), (id, port)];
        }
    }

    /// <summary>Takes a process out of turn; its open connections stay.</summary>
    public void Remove(string id)
    {
        lock (_lock)
        {
            _backends = [.. _backends.Where(b => !string.Equals(b.Id, id, StringComparison.Ordinal))];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        await Task.WhenAll(_accepting);
        _stop.Dispose();
    }

    private static Socket Bind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(512);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stop.Token);
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // The client left before it was accepted, or file handles are short: both pass.
                await Task.Delay(RetryInterval, CancellationToken.None);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                using var backend = await ConnectAsync();
                if (backend is null)
                {
                    return;
                }

                // Either side may close its half and still read.
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                await Task.WhenAll(PumpAsync(client, backend, ended), PumpAsync(backend, client, ended));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // A connection that breaks is its two ends' business.
            }
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var backends = _backends;
                var first = Interlocked.Increment(ref _next);
                for (var i = 0u; i < backends.Count; i++)
                {
                    var (_, port) = backends[(int)((first + i) % (uint)backends.Count)];
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    try
                    {
                        await socket.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                        return socket;
                    }
                    catch (SocketException)
                    {
                        socket.Dispose();
                    }
                    catch (OperationCanceledException)
                    {
                        socket.Dispose();
                        throw;
                    }
                }

                await Task.Delay(RetryInterval, patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, CancellationTokenSource ended)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, ended.Token) is > 0 and var count)
            {
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, ended.Token);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            await ended.CancelAsync();
        }
    }
}
