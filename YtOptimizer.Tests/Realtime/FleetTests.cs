using System.Net.Http.Headers;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>Three API processes behind a round-robin proxy: any of them serves any client, and one may die.</summary>
public class FleetTests
{
    private const int Jobs = 12;
    private const int KillAfter = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThreeProcesses_OneKilled_EveryEventReachesEveryClientOnce()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var processes = await ApiProcesses.StartAsync(3, database);
        await using var proxy = await RoundRobin.StartAsync(processes.Clients.Select(c => c.BaseAddress!));
        var user = await processes.CreateUserAsync();
        await database.Db.ExecuteAsync("UPDATE user_subscriptions SET tier = 'premium' WHERE user_id = @Id", new { user.Id }, Ct);
        await using var scene = new Scene(database);

        var sockets = new List<NodeSocket>();
        var streams = new List<ResumingStream>();
        try
        {
            foreach (var package in new[] { "client-app", "client-current", "client-app" })
            {
                var socket = await NodeSocket.StartAsync(package, proxy.Address, new { transports = new[] { "websocket" } });
                sockets.Add(socket);
                await socket.JoinAsync("/notifications", new { token = user.AccessToken });
                await socket.JoinAsync("/queue", new { token = user.AccessToken });
                await socket.EventAsync("/notifications", "initial-notifications");
                await socket.SaidAsync("connect", "/queue");
                streams.Add(new ResumingStream(proxy.Address, user.AccessToken));
            }

            await Task.WhenAll(streams.Select(s => s.OpenedAsync()));
            for (var i = 0; i < Jobs; i++)
            {
                var job = await scene.QueueAsync(user.Id);
                var claimed = await scene.ClaimAsync(job);
                await scene.ProgressAsync(claimed, 50, "reading");
                if (i == KillAfter)
                {
                    processes.Kill(0);
                }

                await scene.CompleteAsync(claimed, $"Video {i}");
                await NotificationWriter.AddAsync(
                    database.Db,
                    new NewNotification
                    {
                        UserId = user.Id,
                        Title = $"n{i}",
                        Message = "m",
                    },
                    Ct
                );
            }

            foreach (var socket in sockets)
            {
                await Eventually.TrueAsync(
                    () => Task.FromResult(socket.Events("/queue", "JOB_COMPLETED").Count >= Jobs),
                    "a socket hears of every completed job"
                );
                await Eventually.TrueAsync(() => Task.FromResult(Heard(socket).Count >= Jobs), "a socket hears of every notification");
                Assert.Equal(Jobs, Ids(socket.Events("/queue", "JOB_COMPLETED"), "jobId").Count);
                Assert.Equal(Jobs, Heard(socket).Count);
            }

            foreach (var stream in streams)
            {
                await Eventually.TrueAsync(
                    () => Task.FromResult(stream.Of("job-completed").Count >= Jobs && stream.Of("notification").Count >= Jobs),
                    "a stream hears of everything"
                );
                Assert.Equal(Jobs, Ids(stream.Of("job-completed"), "jobId").Count);
                Assert.Equal(Jobs, Ids(stream.Of("notification"), "id").Count);
            }

            // The process that died had clients.
            Assert.Contains(sockets, s => s.Lines.Any(l => l.GetProperty("what").GetString() == "reconnect"));
        }
        finally
        {
            foreach (var socket in sockets)
            {
                await socket.DisposeAsync();
            }

            foreach (var stream in streams)
            {
                await stream.DisposeAsync();
            }
        }
    }

    // A client that comes back without a resume point gets what it missed in the list that opens the connection.
    private static HashSet<string> Heard(NodeSocket socket) =>
        [
            .. Ids(socket.Events("/notifications", "new-notification"), "id"),
            .. socket
                .Events("/notifications", "initial-notifications")
                .SelectMany(list => list.GetProperty("notifications").EnumerateArray())
                .Select(n => n.GetProperty("id").GetString()!),
        ];

    // Fails when one came twice.
    private static HashSet<string> Ids(IReadOnlyList<System.Text.Json.JsonElement> events, string name)
    {
        var ids = new HashSet<string>();
        Assert.All(events, e => Assert.True(ids.Add(e.GetProperty(name).GetString()!), "an event came twice"));
        return ids;
    }

    /// <summary>What a browser's EventSource does: comes back with the last id.</summary>
    private sealed class ResumingStream : IAsyncDisposable
    {
        private readonly HttpClient http;
        private readonly CancellationTokenSource stop = new();
        private readonly List<SseEvent> events = [];
        private readonly Task running;

        public ResumingStream(Uri address, string token)
        {
            http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            running = RunAsync();
        }

        public Task OpenedAsync() => Eventually.TrueAsync(() => Task.FromResult(Of("notifications").Count > 0), "the stream opens");

        public IReadOnlyList<System.Text.Json.JsonElement> Of(string name)
        {
            lock (events)
            {
                return [.. events.Where(e => e.Name == name).Select(e => e.Data)];
            }
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            http.Dispose();
            stop.Dispose();
        }

        private async Task RunAsync()
        {
            string? last = null;
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
                    if (last is not null)
                    {
                        request.Headers.Add("Last-Event-ID", last);
                    }

                    using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
                    response.EnsureSuccessStatusCode();
                    await using var body = await response.Content.ReadAsStreamAsync(stop.Token);
                    await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(body).EnumerateAsync(stop.Token))
                    {
                        lock (events)
                        {
                            events.Add(
                                new SseEvent(item.EventType, System.Text.Json.JsonDocument.Parse(item.Data).RootElement, item.EventId)
                            );
                            last = item.EventId ?? last;
                        }
                    }
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
                {
                    await Task.Delay(100, CancellationToken.None);
                }
            }
        }
    }
}
