using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Users;

/// <summary>What administrators send to one account or to all, and which links they may put into it.</summary>
public sealed class SentNotificationTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private ApiUser admin = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => admin = await api.CreateUserAsync("admin");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//evil.example/x")]
    [InlineData("/\\evil.example/x")]
    [InlineData("https:evil.example")]
    [InlineData("https://user@evil.example/")]
    [InlineData("ftp://example.com")]
    public async Task Links_ThatWouldRunOrLeadAstray_AreRefused(string link)
    {
        foreach (
            var (path, body, field) in new (string, object, string)[]
            {
                (
                    "/api/v1/admin/notifications/send",
                    new
                    {
                        title = "t",
                        message = "m",
                        userId = admin.Id,
                        link,
                    },
                    "link"
                ),
                (
                    "/api/v1/admin/notifications/send",
                    new
                    {
                        title = "t",
                        message = "m",
                        userId = admin.Id,
                        actionUrl = link,
                    },
                    "actionUrl"
                ),
            }
        )
        {
            using var response = await admin.Client.PostAsJsonAsync(path, body, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.True((await Tokens.JsonAsync(response)).GetProperty("errors").TryGetProperty(field, out _));
        }

        using var picture = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{admin.Id}", new { picture = link }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, picture.StatusCode);
    }

    [Theory]
    [InlineData("/dashboard/history?tab=1#top")]
    [InlineData("https://example.com/a?b=c")]
    public async Task Links_HttpOrOwnPath_AreTaken(string link)
    {
        using var response = await admin.Client.PostAsJsonAsync(
            "/api/v1/admin/notifications/send",
            new
            {
                title = "t",
                message = "m",
                userId = admin.Id,
                link,
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task SendNotification_ToOneAndToAll_StoresRows()
    {
        var user = await api.CreateUserAsync();
        using var one = await admin.Client.PostAsJsonAsync(
            "/api/v1/admin/notifications/send",
            new
            {
                severity = "warning",
                title = "Hello",
                message = "One",
                priority = "high",
                sendToAll = false,
                userId = user.Id,
                link = "/dashboard",
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Created, one.StatusCode);
        using var all = await admin.Client.PostAsJsonAsync(
            "/api/v1/admin/notifications/send",
            new
            {
                severity = "info",
                title = "Hello",
                message = "All",
                priority = "low",
                sendToAll = true,
            },
            Ct
        );
        Assert.True((await Tokens.JsonAsync(all)).GetProperty("recipients").GetInt32() >= 2);
        Assert.Equal(
            2,
            await api.Database.Db.ScalarAsync<int>("SELECT count(*)::int FROM notifications WHERE user_id = @id", new { user.Id }, Ct)
        );
        using var neither = await admin.Client.PostAsJsonAsync(
            "/api/v1/admin/notifications/send",
            new { title = "Hello", message = "Nobody" },
            Ct
        );
        Assert.Equal(HttpStatusCode.BadRequest, neither.StatusCode);
        using var unknown = await admin.Client.PostAsJsonAsync(
            "/api/v1/admin/notifications/send",
            new
            {
                title = "Hello",
                message = "Nobody",
                userId = Guid.CreateVersion7(),
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
