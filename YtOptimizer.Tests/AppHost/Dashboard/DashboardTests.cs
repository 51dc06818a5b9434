using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.AppHost.Dashboard;

/// <summary>What the dashboard serves to its page.</summary>
public sealed class DashboardTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Resources_Stream_ShowsStateAndCommandsWithoutSecrets()
    {
        await dashboard.Notifications.WaitForResourceAsync(DashboardFixture.Resource, KnownResourceStates.Running, TestContext.Current.CancellationToken);
        await dashboard.Notifications.PublishUpdateAsync(dashboard.Model, s => s with
        {
            EnvironmentVariables = [new("KEY", DashboardFixture.Secret, IsFromSpec: true)],
            Properties = [new("value", DashboardFixture.Secret) { IsSensitive = true }, new("note", "shown")],
            Urls = [new("http", "http://localhost:1/docs", IsInternal: false), new("internal", "http://localhost:2", IsInternal: true)],
        });

        var read = await dashboard.ReadEventsAsync("/api/resources", e => e.GetProperty("properties").GetArrayLength() > 0);

        using var last = JsonDocument.Parse(read.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        var resource = last.RootElement;
        Assert.Equal(DashboardFixture.Resource, resource.GetProperty("id").GetString());
        Assert.Equal("Running", resource.GetProperty("state").GetString());
        Assert.Equal("Healthy", resource.GetProperty("health").GetString());
        Assert.Equal("http://localhost:1/docs", Assert.Single(resource.GetProperty("links").EnumerateArray().ToList()).GetProperty("url").GetString());
        Assert.Contains(resource.GetProperty("commands").EnumerateArray(), c => c.GetProperty("name").GetString() == "greet" && c.GetProperty("confirmation").GetString() == "Really?");
        Assert.Contains("shown", read, StringComparison.Ordinal);
        Assert.DoesNotContain(DashboardFixture.Secret, read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/logs")]
    [InlineData("/api/logs?resource=" + DashboardFixture.Resource)]
    public async Task Logs_Stream_CarriesKeptAndNewLines(string path)
    {
        var logger = dashboard.Loggers.GetLogger(dashboard.Model);
        logger.LogInformation("kept line");
        var reading = dashboard.ReadEventsAsync(path, e => e.ToString().Contains("new line", StringComparison.Ordinal));
        await Eventually.TrueAsync(
            () =>
            {
                logger.LogError("new line");
                return Task.FromResult(reading.IsCompleted);
            },
            "the stream carries a new line");

        var read = await reading;

        Assert.Contains("kept line", read, StringComparison.Ordinal);
        Assert.Contains("\"isError\":true", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("greet", true, "Hello from greeting.")]
    [InlineData("break", false, "It broke.")]
    [InlineData("unknown", false, "no command 'unknown'")]
    public async Task Command_Post_RunsItAndSaysWhatHappened(string command, bool success, string message)
    {
        using var answer = await dashboard.SendAsync(HttpMethod.Post, $"/api/resources/{DashboardFixture.Resource}/commands/{command}");

        var reply = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(success, reply.GetProperty("success").GetBoolean());
        Assert.Contains(message, reply.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_StreamOpenAtTheEnd_DoesNotHoldUpTheEnd()
    {
        var links = ImmutableQueue<string>.Empty;
        var other = await dashboard.StartDashboardAsync(link => links = links.Enqueue(link));
        using var http = new HttpClient { BaseAddress = other.Address };
        using var login = new HttpRequestMessage(HttpMethod.Post, "/api/login") { Content = new StringContent(DashboardFixture.TokenOf(links.Peek())) };
        login.Headers.Add("Origin", other.Address.GetLeftPart(UriPartial.Authority));
        (await http.SendAsync(login, TestContext.Current.CancellationToken)).Dispose();
        await using var stream = await http.GetStreamAsync("/api/resources", TestContext.Current.CancellationToken);
        var first = new byte[1];
        await stream.ReadExactlyAsync(first, TestContext.Current.CancellationToken);

        await other.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);

        await stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken); // ends in order
    }
}
