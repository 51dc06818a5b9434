using System.Net;
using System.Net.Sockets;
using System.Text;
using YtOptimizer.AppHost.LocalRuntime.Running;
using static YtOptimizer.Tests.AppHost.LocalRuntime.RuntimeScratch;

namespace YtOptimizer.Tests.AppHost.LocalRuntime;

/// <summary>The public port outlives the processes behind it.</summary>
public sealed class TcpRelayTests
{
    [Fact]
    public async Task Connections_SeveralBackends_AreHandedOutInTurn()
    {
        await using var relay = TcpRelay.Listen("localhost", 0);
        using var first = new Backend("first");
        using var second = new Backend("second");
        relay.Add("1", first.Port);
        relay.Add("2", second.Port);

        var answers = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await AskAsync(relay.Port));
        }

        Assert.Equal(2, answers.Count(a => a == "first:hello"));
        Assert.Equal(2, answers.Count(a => a == "second:hello"));
    }

    [Fact]
    public async Task Connection_OneBackendDead_GoesToTheOther()
    {
        await using var relay = TcpRelay.Listen("localhost", 0);
        using var alive = new Backend("alive");
        relay.Add("dead", Ports.Free());
        relay.Add("alive", alive.Port);

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("alive:hello", await AskAsync(relay.Port));
        }
    }

    [Fact]
    public async Task Connection_NoBackend_WaitsForOneToReturn()
    {
        await using var relay = TcpRelay.Listen("localhost", 0);
        var answer = AskAsync(relay.Port);
        using var late = new Backend("late");
        relay.Add("late", late.Port);

        Assert.Equal("late:hello", await answer);
    }

    [Fact]
    public async Task Listen_PortTaken_Throws()
    {
        await using var relay = TcpRelay.Listen("localhost", 0);

        Assert.Throws<SocketException>(() => TcpRelay.Listen("localhost", relay.Port));
    }

    private static async Task<string> AskAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Token);
        var stream = client.GetStream();
        await stream.WriteAsync("hello"u8.ToArray(), Token);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Token);
    }

    /// <summary>Answers what it is sent, with its name in front, when the other side has finished.</summary>
    private sealed class Backend : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly string _name;

        public Backend(string name)
        {
            _name = name;
            _listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync(Token);
                    using var reader = new StreamReader(client.GetStream(), Encoding.UTF8, leaveOpen: true);
                    var said = await reader.ReadToEndAsync(Token);
                    await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{_name}:{said}"), Token);
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
