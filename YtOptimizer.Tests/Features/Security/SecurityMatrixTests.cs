using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Security;

/// <summary>Every route over security events and blocked addresses: success, each error, other people's rows, nobody, the wrong
/// role.</summary>
public sealed class SecurityMatrixTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Block = """{"ipAddress":"203.0.113.9","durationMinutes":60,"reason":"matrix"}""";

    private readonly Dictionary<string, ApiUser> known = new(StringComparer.Ordinal);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Route, body, then who gets what: nobody, user, moderator, administrator.
    public static TheoryData<string, string, string?, int[]> Roles() =>
        new()
        {
            { "GET", "/api/v1/audit/events", null, [401, 200, 200, 200] },
            { "GET", "/api/v1/audit/stats", null, [401, 200, 200, 200] },
            { "GET", "/api/v1/audit/admin/events", null, [401, 403, 403, 200] },
            { "GET", "/api/v1/audit/admin/stats", null, [401, 403, 403, 200] },
            { "GET", "/api/v1/admin/rate-limits/stats", null, [401, 403, 200, 200] },
            { "GET", "/api/v1/admin/rate-limits/blocked", null, [401, 403, 200, 200] },
            { "POST", "/api/v1/admin/rate-limits/block", Block, [401, 403, 201, 201] },
            { "DELETE", "/api/v1/admin/rate-limits/unblock/203.0.113.9", null, [401, 403, 200, 200] },
            { "POST", "/api/v1/admin/rate-limits/cleanup", null, [401, 403, 201, 201] },
        };

    public static TheoryData<string, string, string?, int> Errors() =>
        new()
        {
            { "GET", "/api/v1/audit/events?page=0", null, 400 },
            { "GET", "/api/v1/audit/events?limit=101", null, 400 },
            { "GET", "/api/v1/audit/events?limit=ten", null, 400 },
            { "GET", "/api/v1/audit/events?startDate=yesterday", null, 400 },
            { "GET", "/api/v1/audit/events?endDate=2026-02-30T00:00:00Z", null, 400 },
            { "GET", $"/api/v1/audit/events?eventType={new string('x', 65)}", null, 400 },
            { "GET", "/api/v1/audit/events?eventType=nothing-of-the-kind", null, 200 },
            { "GET", "/api/v1/audit/stats?timeRange=year", null, 400 },
            { "GET", "/api/v1/audit/stats?timeRange=", null, 400 },
            { "GET", "/api/v1/audit/admin/events?userId=me", null, 400 },
            { "GET", "/api/v1/audit/admin/stats?timeRange=DAY", null, 400 },
            { "GET", "/api/v1/admin/rate-limits/blocked?limit=101", null, 400 },
            { "GET", "/api/v1/admin/rate-limits/blocked?page=-1", null, 400 },
            { "POST", "/api/v1/admin/rate-limits/block", "{}", 400 },
            {
                "POST",
                "/api/v1/admin/rate-limits/block",
                """{"ipAddress":"203.0.113.9","durationMinutes":60,"reason":"matrix","endpoint":"*"}""",
                400
            },
            { "POST", "/api/v1/admin/rate-limits/block", """{"ipAddress":"203.0.113.9","durationMinutes":"60","reason":"matrix"}""", 400 },
            // The test's own address, alone and in a network.
            { "POST", "/api/v1/admin/rate-limits/block", """{"ipAddress":"127.0.0.1","durationMinutes":60,"reason":"matrix"}""", 400 },
            { "POST", "/api/v1/admin/rate-limits/block", """{"ipAddress":"127.0.0.0/8","durationMinutes":60,"reason":"matrix"}""", 400 },
            {
                "POST",
                "/api/v1/admin/rate-limits/block",
                """{"ipAddress":"::ffff:127.0.0.1","durationMinutes":60,"reason":"matrix"}""",
                400
            },
            { "DELETE", "/api/v1/admin/rate-limits/unblock/not-an-address", null, 400 },
            { "DELETE", "/api/v1/admin/rate-limits/unblock/2001%3Adb8%3A%3A1", null, 200 },
            { "DELETE", "/api/v1/admin/rate-limits/unblock", null, 404 },
            { "PUT", "/api/v1/admin/rate-limits/block", Block, 405 },
        };

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Route_ByRole_AnswersAsTheContractSays(string method, string path, string? body, int[] expected)
    {
        using var nobody = api.Anonymous();
        Assert.Equal(expected[0], (int)await SendAsync(nobody, method, path, body));
        foreach (var (role, status) in new[] { "user", "moderator", "admin" }.Zip(expected.Skip(1)))
        {
            var user = await UserAsync(role);
            Assert.True(status == (int)await SendAsync(user.Client, method, path, body), $"{method} {path} as {role}");
        }
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Route_WithBadInput_SaysSo(string method, string path, string? body, int expected)
    {
        var admin = await UserAsync("admin");
        Assert.Equal(expected, (int)await SendAsync(admin.Client, method, path, body));
    }

    [Fact]
    public async Task Events_AskedForSomebodyElse_AreOnlyTheAdministrators()
    {
        var (me, other, admin) = (await api.CreateUserAsync(), await api.CreateUserAsync(), await UserAsync("admin"));
        await new SecurityEvents(api.Database.Db).RecordAsync(new SecurityEvent(SecurityEventTypes.DataDelete) { UserId = other.Id }, Ct);

        var mine = await me.Client.GetFromJsonAsync<JsonElement>($"/api/v1/audit/events?userId={other.Id}&eventType=data_delete", Ct);
        Assert.Equal(0, mine.GetProperty("total").GetInt64());
        var theirs = await admin.Client.GetFromJsonAsync<JsonElement>(
            $"/api/v1/audit/admin/events?userId={other.Id}&eventType=data_delete",
            Ct
        );
        Assert.Equal(other.Id, Assert.Single(theirs.GetProperty("events").EnumerateArray()).GetProperty("userId").GetGuid());
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        using var response = await client.SendAsync(request, Ct);
        return response.StatusCode;
    }

    private async Task<ApiUser> UserAsync(string role) =>
        known.TryGetValue(role, out var user) ? user : known[role] = await api.CreateUserAsync(role);
}
