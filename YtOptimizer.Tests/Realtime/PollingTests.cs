using System.Net;
using System.Text;
using System.Text.Json;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>Long polling, and the way from there to a WebSocket.</summary>
public class PollingTests(LiveApiFixture api) : IClassFixture<LiveApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Poll_JoinsHearsAndSpeaks()
    {
        var user = await api.CreateUserAsync();
        var (client, address) = await OpenAsync();
        Assert.Equal("ok", await PostAsync(client, address, $"40/notifications,{{\"token\":\"{user.AccessToken}\"}}"));
        Assert.Contains("40/notifications,{\"sid\"", await UntilAsync(client, address, "initial-notifications"), StringComparison.Ordinal);
        var poll = client.GetStringAsync(address, Ct);
        await NotificationWriter.AddAsync(
            api.Database.Db,
            new NewNotification
            {
                UserId = user.Id,
                Title = "By poll",
                Message = "m",
            },
            Ct
        );
        Assert.Contains("By poll", await poll, StringComparison.Ordinal);
        await PostAsync(client, address, "42/notifications,1[\"subscribe-notifications\"]\u001e42/notifications,2[\"mark-all-as-read\"]");
        var answers = await UntilAsync(client, address, "43/notifications,2");
        Assert.Contains("43/notifications,1[{\"count\":1}]", answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_TwiceAtOnce_EndsTheSession()
    {
        var (client, address) = await OpenAsync();
        var first = client.GetAsync(address, Ct);
        await Eventually.TrueAsync(
            async () => (await client.GetAsync(address, Ct)).StatusCode == HttpStatusCode.BadRequest,
            "the second poll is refused"
        );
        await first;
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync(address, Ct)).StatusCode);
    }

    [Fact]
    public async Task Post_TooLargeBinaryOrBroken_EndsTheSession()
    {
        foreach (
            var (body, status) in new[]
            {
                (new string('4', 70_000), HttpStatusCode.RequestEntityTooLarge),
                ("bAQID", HttpStatusCode.BadRequest),
                ("abc", HttpStatusCode.BadRequest),
                ("", HttpStatusCode.BadRequest),
            }
        )
        {
            var (client, address) = await OpenAsync();
            using var answer = await client.PostAsync(address, new StringContent(body, Encoding.UTF8, "text/plain"), Ct);
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync(address, Ct)).StatusCode);
        }
    }

    [Fact]
    public async Task UnknownSession_IsToldSoInTheProtocolsWords()
    {
        using var client = api.Anonymous();
        using var answer = await client.GetAsync(new Uri(api.Address, "/socket.io/?EIO=4&transport=polling&sid=elsewhere"), Ct);
        Assert.Equal("{\"code\":1,\"message\":\"Session ID unknown\"}", await answer.Content.ReadAsStringAsync(Ct));
        using var post = await client.PostAsync(new Uri(api.Address, "/socket.io/?EIO=4&transport=polling"), null, Ct);
        Assert.Equal("{\"code\":2,\"message\":\"Bad handshake method\"}", await post.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Upgrade_CarriesTheSessionOver()
    {
        var user = await api.CreateUserAsync();
        var (client, address) = await OpenAsync();
        await PostAsync(client, address, $"40/notifications,{{\"token\":\"{user.AccessToken}\"}}");
        await UntilAsync(client, address, "initial-notifications");
        var poll = client.GetStringAsync(address, Ct);
        await using var socket = await RawSocket.OpenAsync(
            api.Address,
            address.Query.TrimStart('?').Replace("polling", "websocket", StringComparison.Ordinal)
        );
        await socket.SendAsync("2probe");
        await socket.PacketAsync(p => p == "3probe", "the answer to the probe");
        Assert.Equal("6", await poll);
        await NotificationWriter.AddAsync(
            api.Database.Db,
            new NewNotification
            {
                UserId = user.Id,
                Title = "In between",
                Message = "m",
            },
            Ct
        );
        await socket.SendAsync("5");
        await socket.EventAsync("/notifications", "new-notification", e => e.GetProperty("title").GetString() == "In between");

        // The WebSocket is the one transport now.
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync(address, Ct)).StatusCode);
    }

    private async Task<(HttpClient Client, Uri Address)> OpenAsync()
    {
        var client = api.Anonymous();
        var handshake = await client.GetStringAsync(new Uri(api.Address, "/socket.io/?EIO=4&transport=polling"), Ct);
        Assert.StartsWith("0{", handshake, StringComparison.Ordinal);
        return (
            client,
            new Uri(
                api.Address,
                "/socket.io/?EIO=4&transport=polling&sid=" + JsonDocument.Parse(handshake[1..]).RootElement.GetProperty("sid").GetString()
            )
        );
    }

    private static async Task<string> PostAsync(HttpClient client, Uri address, string packets)
    {
        using var answer = await client.PostAsync(address, new StringContent(packets, Encoding.UTF8, "text/plain"), Ct);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static async Task<string> UntilAsync(HttpClient client, Uri address, string text)
    {
        var all = new StringBuilder();
        await Eventually.TrueAsync(
            async () => all.Append(await client.GetStringAsync(address, Ct)).ToString().Contains(text, StringComparison.Ordinal),
            $"{text} comes by poll"
        );
        return all.ToString();
    }
}
