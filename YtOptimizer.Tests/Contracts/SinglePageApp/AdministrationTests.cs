using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.Contracts.SinglePageApp.AppCalls;

namespace YtOptimizer.Tests.Contracts.SinglePageApp;

/// <summary>The pages for administrators.</summary>
public class AdministrationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Administration_HasWhatItsPagesRead()
    {
        var administrator = await api.CreateUserAsync("admin");
        var account = await api.CreateUserAsync();
        using var admin = api.App(administrator.AccessToken);
        var list = await OkAsync(admin, HttpMethod.Get, "admin/users?page=1&limit=10&sortBy=created_at&sortOrder=asc&search=user");
        Has(list, "total", "page", "totalPages");
        Has(list.GetProperty("users")[0], "id", "email", "name", "role", "provider", "createdAt");
        Has(
            await OkAsync(admin, HttpMethod.Get, $"admin/users/{account.Id}"),
            "id",
            "email",
            "name",
            "role",
            "provider",
            "status",
            "createdAt",
            "updatedAt"
        );
        foreach (
            var change in new object[]
            {
                new { name = "New Name" },
                new { role = "premium" },
                new { status = "suspended" },
                new { status = "active" },
            }
        )
        {
            var changed = await OkAsync(admin, HttpMethod.Put, $"admin/users/{account.Id}", change);
            Has(changed.GetProperty("user"), "id", "email", "name", "role", "provider", "status", "createdAt", "updatedAt");
            Assert.Equal(JsonValueKind.String, changed.GetProperty("message").ValueKind);
        }

        var usage = await OkAsync(admin, HttpMethod.Get, $"admin/users/{account.Id}/usage-overview");
        Has(
            usage,
            "message",
            "data.videoAnalysis.totalAnalyzed",
            "data.videoAnalysis.limit",
            "data.tokens.totalUsed",
            "data.tokens.limit",
            "data.apiCalls.totalCalls",
            "data.period.endDate"
        );
        await OkAsync(
            admin,
            HttpMethod.Post,
            "admin/notifications/send",
            new
            {
                severity = "info",
                title = "T",
                message = "M",
                priority = "low",
                sendToAll = true,
            }
        );
        var told = await OkAsync(
            admin,
            HttpMethod.Post,
            "admin/notifications/send",
            new
            {
                severity = "info",
                title = "T",
                message = "M",
                priority = "low",
                sendToAll = true,
                link = "javascript:alert(1)",
            }
        );
        Assert.Contains("left out", told.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>("SELECT count(*)::int FROM notifications WHERE action_url LIKE 'javascript%'", null, Ct)
        );

        // Errors reach the page by message, in whole sentences.
        using var missing = await admin.PutAsJsonAsync($"/api/v1/admin/users/{Guid.CreateVersion7()}", new { name = "Nobody" }, Ct);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.EndsWith(".", (await Tokens.JsonAsync(missing)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
