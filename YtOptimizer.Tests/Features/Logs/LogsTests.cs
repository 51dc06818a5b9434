using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Logs;

public sealed class LogsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> AdminPaths =>
        [
            "/api/v1/logs/comprehensive",
            "/api/v1/logs/dashboard/stats",
            "/api/v1/logs/errors",
            "/api/v1/logs/errors/statistics",
            "/api/v1/logs/video-analysis",
            "/api/v1/logs/video-analysis/statistics",
            "/api/v1/logs/api",
            "/api/v1/logs/api/performance",
            "/api/v1/logs/system",
            "/api/v1/logs/system/health",
            "/api/v1/logs/user/0190f5a0-0000-7000-8000-000000000000",
        ];

    [Theory]
    [MemberData(nameof(AdminPaths))]
    public async Task Get_ByRole_OnlyAdministratorsRead(string path)
    {
        using var anonymous = api.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(path, Ct)).StatusCode);
        foreach (var role in new[] { "user", "premium", "moderator" })
        {
            var other = await api.CreateUserAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.Client.GetAsync(path, Ct)).StatusCode);
        }

        var admin = await api.CreateUserAsync("admin");
        var answer = await admin.Client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("/api/v1/logs/errors?limit=0")]
    [InlineData("/api/v1/logs/errors?limit=5000")]
    [InlineData("/api/v1/logs/errors?offset=-1")]
    [InlineData("/api/v1/logs/errors?severity=loud")]
    [InlineData("/api/v1/logs/errors?startDate=yesterday")]
    [InlineData("/api/v1/logs/errors?resolved=maybe")]
    [InlineData("/api/v1/logs/dashboard/stats?days=0")]
    [InlineData("/api/v1/logs/video-analysis?status=lost")]
    public async Task Get_BadParameter_Is400(string path)
    {
        var admin = await api.CreateUserAsync("admin");
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Client.GetAsync(path, Ct)).StatusCode);
    }

    [Fact]
    public async Task Resolve_OnceThenNotFound_AndLeavesATrail()
    {
        var admin = await api.CreateUserAsync("admin");
        var id = await api.Database.Db.ScalarAsync<Guid>(
            "INSERT INTO error_logs (error_type, message) VALUES ('DatabaseError', 'lost needle') RETURNING id",
            null,
            Ct
        );
        var path = $"/api/v1/logs/errors/{id}/resolve";
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Client.PatchAsJsonAsync(path, new { }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.Client.PatchAsJsonAsync(path, new { resolutionNotes = "restarted" }, Ct)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await admin.Client.PatchAsJsonAsync(path, new { resolutionNotes = "again" }, Ct)).StatusCode
        );
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM audit_trail WHERE action = 'resolve_error_log' AND entity_id = @id::text",
                new { id },
                Ct
            )
        );

        var found = await admin.Client.PostAsJsonAsync("/api/v1/logs/search", new { searchTerm = "NEEDLE" }, Ct);
        var data = (await found.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("data");
        Assert.Equal("lost needle", data.GetProperty("errorLogs")[0].GetProperty("message").GetString());
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await admin.Client.PostAsJsonAsync("/api/v1/logs/search", new { searchTerm = "x" }, Ct)).StatusCode
        );
    }

    [Fact]
    public async Task ExportAndSummary_OwnerAndAdmin_ButNobodyElse()
    {
        var owner = await api.CreateUserAsync();
        var other = await api.CreateUserAsync();
        var admin = await api.CreateUserAsync("admin");
        foreach (var path in new[] { $"/api/v1/logs/export/{owner.Id}", $"/api/v1/logs/user/{owner.Id}/summary" })
        {
            Assert.Equal(HttpStatusCode.OK, (await owner.Client.GetAsync(path, Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await admin.Client.GetAsync(path, Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.Client.GetAsync(path, Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await api.Anonymous().GetAsync(path, Ct)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await admin.Client.GetAsync($"/api/v1/logs/export/{Guid.CreateVersion7()}", Ct)).StatusCode);
        var export = await owner.Client.GetStringAsync($"/api/v1/logs/export/{owner.Id}", Ct);
        Assert.Contains(owner.Email, export);
        Assert.DoesNotContain("argon2", export);
    }

    [Fact]
    public async Task Requests_AreStoredWithTheRouteAndWithoutTheQuery()
    {
        var admin = await api.CreateUserAsync("admin");
        await admin.Client.GetAsync("/api/v1/logs/user/0190f5a0-0000-7000-8000-000000000001?limit=7&canary=S3CRET", Ct);
        await Eventually.TrueAsync(
            async () =>
                await api.Database.Db.ScalarAsync<long>(
                    "SELECT count(*) FROM api_request_logs WHERE endpoint = '/api/v1/logs/user/{userId:guid}' AND user_id = @id",
                    new { id = admin.Id },
                    Ct
                ) > 0,
            "the request is stored"
        );
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM api_request_logs r WHERE to_jsonb(r)::text LIKE '%S3CRET%'",
                null,
                Ct
            )
        );
    }
}
