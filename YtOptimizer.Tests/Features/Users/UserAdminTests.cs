using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Users;

/// <summary>Accounts as administrators and moderators see and change them.</summary>
public sealed class UserAdminTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private ApiUser admin = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => admin = await api.CreateUserAsync("admin");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("user", "GET", "/api/v1/admin/users", 403)]
    [InlineData("premium", "GET", "/api/v1/admin/users", 403)]
    [InlineData("moderator", "GET", "/api/v1/admin/users", 200)]
    [InlineData("moderator", "GET", "/api/v1/admin/users/{id}", 200)]
    [InlineData("moderator", "PUT", "/api/v1/admin/users/{id}", 403)]
    [InlineData("moderator", "PUT", "/api/v1/admin/users/{id}/role", 403)]
    [InlineData("moderator", "DELETE", "/api/v1/admin/users/{id}", 403)]
    [InlineData("moderator", "POST", "/api/v1/admin/users/{id}/disable", 403)]
    [InlineData("moderator", "GET", "/api/v1/invitations", 403)]
    [InlineData("moderator", "GET", "/api/v1/admin/analytics", 200)]
    [InlineData("moderator", "GET", "/api/v1/admin/tokens/blacklist/stats", 200)]
    [InlineData("moderator", "GET", "/api/v1/admin/tokens/blacklist/{id}", 200)]
    [InlineData("moderator", "POST", "/api/v1/admin/tokens/cleanup", 403)]
    [InlineData("user", "GET", "/api/v1/admin/users/{id}/usage-overview", 403)]
    public async Task Admin_ByRole_FollowsThePermissionTable(string role, string method, string path, int expected)
    {
        var caller = await api.CreateUserAsync(role);
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            path.Replace("{id}", caller.Id.ToString(), StringComparison.Ordinal)
        );
        if (method is "PUT" or "POST")
        {
            // A moderator who tries to become an administrator.
            request.Content = JsonContent.Create(new { role = "admin" });
        }

        using var response = await caller.Client.SendAsync(request, Ct);
        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(role, await api.Database.Db.ScalarAsync<string>("SELECT role FROM profiles WHERE id = @id", new { caller.Id }, Ct));
    }

    [Fact]
    public async Task ListUsers_SearchedSortedAndPaged_AnswersStyleTwo()
    {
        var tag = Guid.CreateVersion7().ToString("N");
        for (var i = 0; i < 3; i++)
        {
            await api.CreateUserAsync(email: $"{i}-{tag}@example.com");
        }

        var body = await admin.Client.GetFromJsonAsync<JsonElement>(
            $"/api/v1/admin/users?page=2&limit=2&sortBy=email&sortOrder=asc&search={tag}",
            Ct
        );
        Assert.Equal(3, body.GetProperty("total").GetInt32());
        Assert.Equal(2, body.GetProperty("totalPages").GetInt32());
        Assert.True(body.GetProperty("hasPrev").GetBoolean());
        var user = Assert.Single(body.GetProperty("users").EnumerateArray());
        Assert.Equal($"2-{tag}@example.com", user.GetProperty("email").GetString());
        Assert.Equal("active", user.GetProperty("accountStatus").GetString());
        Assert.Equal("free", user.GetProperty("subscription").GetProperty("tier").GetString());
        using var wild = await admin.Client.GetAsync(new Uri("/api/v1/admin/users?search=%25_%25", UriKind.Relative), Ct);
        Assert.Equal(0, (await Tokens.JsonAsync(wild)).GetProperty("total").GetInt32());
        using var bad = await admin.Client.GetAsync(new Uri("/api/v1/admin/users?sortBy=password_hash", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task UpdateUser_SingleFields_AreChangedAuditedAndEndSessionsWhereRightsMove()
    {
        var user = await api.CreateUserAsync();
        using var renamed = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{user.Id}", new { name = "New Name" }, Ct);
        Assert.Equal("New Name", (await Tokens.JsonAsync(renamed)).GetProperty("user").GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(user.Client));

        using var suspended = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{user.Id}", new { status = "suspended" }, Ct);
        Assert.Equal("suspended", (await Tokens.JsonAsync(suspended)).GetProperty("user").GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(user.Client));

        using var active = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{user.Id}", new { accountStatus = "active" }, Ct);
        Assert.Equal(HttpStatusCode.OK, active.StatusCode);
        var again = await api.SignInAsync(user.Email);
        using var role = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{user.Id}/role", new { role = "premium" }, Ct);
        Assert.Equal(HttpStatusCode.OK, role.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(again.Client));
        Assert.Equal(
            3,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM audit_trail WHERE entity_id = @id AND action = 'update_user_profile' AND actor_id = @admin",
                new { id = user.Id.ToString(), admin = admin.Id },
                Ct
            )
        );
        var change = await api.Database.Db.ScalarAsync<string>(
            "SELECT old_values::text || new_values::text || changes::text FROM audit_trail WHERE entity_id = @id AND action = "
                + "'change_user_role'",
            new { id = user.Id.ToString() },
            Ct
        );
        Assert.Equal("""{"role": "user"}{"role": "premium"}["role"]""", change);
    }

    [Fact]
    public async Task UpdateUser_BadValuesTakenAddressAndUnknownId_AreRefused()
    {
        var user = await api.CreateUserAsync();
        foreach (
            var body in new object[]
            {
                new { role = "owner" },
                new { status = "gone" },
                new { email = "no address" },
                new { picture = "javascript:alert(1)" },
                new { unknown = 1 },
            }
        )
        {
            using var bad = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{user.Id}", body, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        }

        using var taken = await admin.Client.PutAsJsonAsync(
            $"/api/v1/admin/users/{user.Id}",
            new { email = admin.Email.ToUpperInvariant() },
            Ct
        );
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        using var missing = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{Guid.CreateVersion7()}", new { name = "Nobody" }, Ct);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var nobody = await admin.Client.GetAsync(new Uri($"/api/v1/admin/users/{Guid.CreateVersion7()}", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task DisableAndDelete_EndTheAccountAtOnce()
    {
        var disabled = await api.CreateUserAsync();
        using var disable = await admin.Client.PostAsync(new Uri($"/api/v1/admin/users/{disabled.Id}/disable", UriKind.Relative), null, Ct);
        Assert.Equal(disabled.Id, (await Tokens.JsonAsync(disable)).GetProperty("userId").GetGuid());
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(disabled.Client));

        var deleted = await api.CreateUserAsync();
        using var delete = await admin.Client.DeleteAsync(new Uri($"/api/v1/admin/users/{deleted.Id}", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, delete.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(deleted.Client));
        using var again = await admin.Client.DeleteAsync(new Uri($"/api/v1/admin/users/{deleted.Id}", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task UsageOverview_CountsWhatTheAccountUsed()
    {
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync(
            """
            INSERT INTO audits (user_id, video_url) VALUES (@id, 'https://youtu.be/dQw4w9WgXcQ');
            INSERT INTO user_token_usage (user_id, feature_type, tokens_consumed) VALUES (@id, 'titles', 300), (@id, 'tags', 100);
            INSERT INTO video_analysis_logs (user_id, video_id, video_url, video_title, analysis_type, status, tokens_consumed) VALUES (@id,
                'dQw4w9WgXcQ', 'u', 'A title', 'video', 'completed', 400);
            """,
            new { user.Id },
            Ct
        );
        var body = await admin.Client.GetFromJsonAsync<JsonElement>($"/api/v1/admin/users/{user.Id}/usage-overview", Ct);
        var data = body.GetProperty("data");
        Assert.Equal(1, data.GetProperty("videoAnalysis").GetProperty("totalAnalyzed").GetInt32());
        Assert.Equal(4, data.GetProperty("videoAnalysis").GetProperty("remaining").GetInt32());
        Assert.Equal(400, data.GetProperty("tokens").GetProperty("totalUsed").GetInt32());
        Assert.Equal(75, data.GetProperty("tokens").GetProperty("breakdown")[0].GetProperty("percentage").GetDouble());
        Assert.Equal("A title", data.GetProperty("videoAnalysisHistory")[0].GetProperty("videoTitle").GetString());
        Assert.True(data.GetProperty("period").GetProperty("endDate").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        using var missing = await admin.Client.GetAsync(
            new Uri($"/api/v1/admin/users/{Guid.CreateVersion7()}/usage-overview", UriKind.Relative),
            Ct
        );
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task TokenAdministration_ForAdmins_Answers()
    {
        using var analytics = await admin.Client.GetAsync(new Uri("/api/v1/admin/analytics", UriKind.Relative), Ct);
        Assert.True((await Tokens.JsonAsync(analytics)).GetProperty("totalUsers").GetInt32() > 0);
        using var cleanup = await admin.Client.PostAsync(new Uri("/api/v1/admin/tokens/cleanup", UriKind.Relative), null, Ct);
        Assert.Equal(HttpStatusCode.OK, cleanup.StatusCode);
    }

    private static async Task<HttpStatusCode> ProfileAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/auth/profile", UriKind.Relative), Ct);
        return response.StatusCode;
    }
}
