using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>How much a socket costs that says nothing. Run by name; it needs 20,000 file handles and a quiet machine.</summary>
public class IdleSocketsTests
{
    private const int Sockets = 10_000;
    private const int Users = 100;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task TenThousandIdleSockets_StayAndEachHearsItsNotification()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var processes = await ApiProcesses.StartAsync(
            1,
            database,
            new Dictionary<string, string?>
            {
                ["Realtime:MaxPerAddress"] = "20000",
                ["Realtime:MaxPerUser"] = "1000",
                ["RATE_LIMIT_REALTIME"] = "1000000/1m",
            }
        );
        var users = new List<ApiUser>();
        for (var i = 0; i < Users; i++)
        {
            users.Add(await processes.CreateUserAsync());
        }

        var before = processes.MemoryOf(0);
        var address = new UriBuilder(processes.Clients[0].BaseAddress!)
        {
            Scheme = "ws",
            Path = "/socket.io/",
            Query = "EIO=4&transport=websocket",
        }.Uri;
        var heard = new int[Sockets];
        var opened = 0;
        var watch = Stopwatch.StartNew();
        var sockets = new ClientWebSocket[Sockets];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Sockets),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Ct },
            async (i, ct) =>
            {
                var socket = sockets[i] = new ClientWebSocket();
                socket.Options.KeepAliveInterval = TimeSpan.Zero;
                await socket.ConnectAsync(address, ct);
                await socket.SendAsync(
                    Encoding.UTF8.GetBytes($"40/notifications,{{\"token\":\"{users[i % Users].AccessToken}\"}}"),
                    WebSocketMessageType.Text,
                    true,
                    ct
                );
                _ = ListenAsync(socket, () => Interlocked.Increment(ref opened), () => Interlocked.Increment(ref heard[i]));
            }
        );
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref opened) == Sockets), "all have joined", TimeSpan.FromMinutes(5));
        var joined = watch.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(30), Ct);
        var after = processes.MemoryOf(0);

        watch.Restart();
        await Task.WhenAll(
            users.Select(u =>
                NotificationWriter.AddAsync(
                    database.Db,
                    new NewNotification
                    {
                        UserId = u.Id,
                        Title = "All",
                        Message = "m",
                    },
                    Ct
                )
            )
        );
        await Eventually.TrueAsync(() => Task.FromResult(heard.All(h => h >= 1)), "everybody hears", TimeSpan.FromMinutes(2));
        Assert.All(heard, h => Assert.Equal(1, h));
        var figures = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Sockets} sockets joined in {joined.TotalSeconds:F1} s; memory {before / 1e6:F0} -> {after / 1e6:F0} MB, "
                + $"{(after - before) / 1024.0 / Sockets:F1} KiB each; all heard after {watch.Elapsed.TotalSeconds:F2} s"
        );
        await File.WriteAllTextAsync(Repository.PathOf("artifacts", "idle-sockets.txt"), figures, Ct);
    }

    private static async Task ListenAsync(ClientWebSocket socket, Action joined, Action notified)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                var text = Encoding.UTF8.GetString(buffer, 0, part.Count);
                if (text == "2")
                {
                    await socket.SendAsync("3"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
                }
                else if (text.StartsWith("42/notifications,[\"initial-notifications\"", StringComparison.Ordinal))
                {
                    joined();
                }
                else if (text.StartsWith("42/notifications,[\"new-notification\"", StringComparison.Ordinal))
                {
                    notified();
                }
            }
        }
        catch (WebSocketException)
        {
            // The test is over.
        }
    }
}
