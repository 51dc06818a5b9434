using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace YtOptimizer.Tests.Resilience;

/// <summary>A TCP connection to a server that a test can cut, silence or slow down, as networks do.</summary>
internal sealed class FaultyLink : IAsyncDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentDictionary<TcpClient, byte> open = new();
    private TcpListener? listener;
    private volatile TaskCompletionSource? silence;
    private long delayMilliseconds;

    public FaultyLink(int targetPort)
    {
        TargetPort = targetPort;
        Restore();
        Port = ((IPEndPoint)listener!.LocalEndpoint).Port;
    }

    public int Port { get; private set; }

    /// <summary>Where new connections lead.</summary>
    public int TargetPort { get; set; }

    /// <summary>New connections are refused, open ones are cut.</summary>
    public void Cut()
    {
        listener?.Stop();
        listener = null;
        CutOpen();
    }

    /// <summary>Open connections are cut, new ones work.</summary>
    public void CutOpen()
    {
        foreach (var client in open.Keys)
        {
            client.Dispose();
        }
    }

    /// <summary>Connections stay open and are accepted, but no byte passes: a black hole.</summary>
    public void Silence() => silence ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every answer comes so much later.</summary>
    public void Slow(TimeSpan delay) => Interlocked.Exchange(ref delayMilliseconds, (long)delay.TotalMilliseconds);

    /// <summary>Everything works again; what was swallowed stays lost, with its connections.</summary>
    public void Restore()
    {
        if (silence is { } held)
        {
            silence = null;
            CutOpen();
            held.TrySetResult();
        }

        Slow(TimeSpan.Zero);
        if (listener is null)
        {
            listener = new TcpListener(IPAddress.Loopback, Port);
            listener.Start();
            _ = AcceptAsync(listener);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        Cut();
        silence?.TrySetResult();
        ended.Dispose();
    }

    private async Task AcceptAsync(TcpListener own)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await own.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        open[client] = 0;
        try
        {
            if (silence is { } held)
            {
                await held.Task.WaitAsync(ended.Token);
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, TargetPort, ended.Token);
            open[server] = 0;
            var (near, far) = (client.GetStream(), server.GetStream());
            await Task.WhenAny(PumpAsync(near, far, isAnswer: false), PumpAsync(far, near, isAnswer: true));
        }
        catch (Exception exception)
            when (exception is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end is gone.
        }
        finally
        {
            open.TryRemove(client, out _);
            open.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool isAnswer)
    {
        var buffer = new byte[16_384];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, ended.Token)) > 0)
            {
                if (silence is { } held)
                {
                    await held.Task.WaitAsync(ended.Token);
                    return;
                }

                if (isAnswer && Interlocked.Read(ref delayMilliseconds) is > 0 and var delay)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(delay), ended.Token);
                }

                await to.WriteAsync(buffer.AsMemory(0, count), ended.Token);
            }
        }
        catch (Exception exception)
            when (exception is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end is gone.
        }
    }
}
