using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.PasswordSecurity;

public sealed class PasswordSecurityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_BreachedPassword_IsJudgedByRangeAndRefusedAtRegistration()
    {
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        const string Breached = "correct horse battery staple";
        upstreams.BreachList.Default = FakeReply.Text(
            $"{BreachCheck.Key(Breached)[5..]}:123456\r\n0018A45C4D1DEF81644B54AB7F969B88D65:0\r\n"
        );
        await using var api = await ApiFixture.StartAsync(
            new Dictionary<string, string?>(upstreams.Settings) { ["BREACH_CHECK"] = "block" }
        );
        var user = await api.CreateUserAsync();
        var report = await PostAsync(user.Client, "check", new { password = Breached });
        Assert.True(report.GetProperty("isBreached").GetBoolean());
        Assert.Equal(123456, report.GetProperty("breachCount").GetInt32());
        Assert.Equal("critical", report.GetProperty("riskLevel").GetString());
        Assert.False(report.GetProperty("isAllowedForRegistration").GetBoolean());
        Assert.NotEmpty(upstreams.BreachList.Calls);
        Assert.DoesNotContain(upstreams.BreachList.Calls, c =>
            c.Path.Contains(BreachCheck.Key(Breached)[5..], StringComparison.OrdinalIgnoreCase)
        );

        var many = await PostAsync(user.Client, "check-multiple", new { passwords = new[] { "password1", "gR7!kk-unseen-Lamp" } });
        Assert.Equal("high", many.GetProperty("results")[0].GetProperty("riskLevel").GetString());
        Assert.Equal(6, many.GetProperty("results")[1].GetProperty("strengthAnalysis").GetProperty("strengthScore").GetInt32());
        using var tooMany = await user.Client.PostAsJsonAsync(
            "/api/v1/password-security/check-multiple",
            new { passwords = Enumerable.Repeat("x", 11) },
            Ct
        );
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
        var advice = await PostAsync(user.Client, "recommendations", new { });
        Assert.Equal(
            (8, 6, 7),
            (
                advice.GetProperty("recommendations").GetArrayLength(),
                advice.GetProperty("bestPractices").GetArrayLength(),
                advice.GetProperty("commonMistakes").GetArrayLength()
            )
        );

        using var anonymous = api.Anonymous();
        using var refused = await anonymous.PostAsJsonAsync("/auth/register", new { email = "new@example.com", password = Breached }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("password_breached", (await Tokens.JsonAsync(refused)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Register_BreachListAway_StaysOpenButTheEmbeddedListCounts()
    {
        await using var api = await ApiFixture.StartAsync(
            new Dictionary<string, string?> { ["BREACH_CHECK"] = "block", ["HIBP_BASE_URL"] = "http://127.0.0.1:1" }
        );
        using var anonymous = api.Anonymous();
        using var open = await anonymous.PostAsJsonAsync(
            "/auth/register",
            new { email = "new@example.com", password = ApiFixture.Password },
            Ct
        );
        Assert.Equal(HttpStatusCode.Created, open.StatusCode);
        using var common = await anonymous.PostAsJsonAsync(
            "/auth/register",
            new { email = "other@example.com", password = "PassWord1" },
            Ct
        );
        Assert.Equal(HttpStatusCode.BadRequest, common.StatusCode);
        Assert.Equal("password_too_common", (await Tokens.JsonAsync(common)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Login_BreachedPasswordInWarnMode_AdvisesAtTheNextSignIn()
    {
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        upstreams.BreachList.Default = FakeReply.Text($"{BreachCheck.Key(ApiFixture.Password)[5..]}:20000\n");
        await using var api = await ApiFixture.StartAsync(
            new Dictionary<string, string?>(upstreams.Settings) { ["BREACH_CHECK"] = "warn" }
        );
        var user = await api.CreateUserAsync();
        await Eventually.TrueAsync(
            async () =>
                await api.Database.Db.ScalarAsync<int?>(
                    "SELECT breach_count FROM account_credentials WHERE user_id = @id",
                    new { user.Id },
                    Ct
                ) == 20000,
            "the count is noted"
        );
        using var anonymous = api.Anonymous();
        using var login = await anonymous.PostAsJsonAsync("/auth/login", new { email = user.Email, password = user.Password }, Ct);
        Assert.True((await Tokens.JsonAsync(login)).GetProperty("security").GetProperty("shouldChangePassword").GetBoolean());
    }

    [Fact]
    public async Task Passwords_BreachCheckOff_AskNobodyAndTheEmbeddedListCounts()
    {
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        await using var api = await ApiFixture.StartAsync(new Dictionary<string, string?>(upstreams.Settings) { ["BREACH_CHECK"] = "off" });
        var user = await api.CreateUserAsync();
        await api.SignInAsync(user.Email);
        using var common = await user.Client.PutAsJsonAsync(
            "/auth/change-password",
            new { currentPassword = user.Password, newPassword = "Password1" },
            Ct
        );
        Assert.Equal(HttpStatusCode.BadRequest, common.StatusCode);
        Assert.Empty(upstreams.BreachList.Calls);
    }

    [Fact]
    public void CommonPasswords_List_IsLongEnoughAndSparesTheRunbooksProbe()
    {
        var list = new CommonPasswords();
        Assert.True(list.Count >= 10_000, $"{list.Count} entries");
        Assert.True(list.Contains("PASSWORD1"));
        Assert.False(list.Contains("Test123!@#"));
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync("/api/v1/password-security/" + path, body, Ct);
        var json = await Tokens.JsonAsync(response);
        Assert.True(response.IsSuccessStatusCode, json.ToString());
        return json;
    }
}
