using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Invitations;

/// <summary>An API that lets people in by invitation only; its first account comes by SQL.</summary>
public sealed class ByInvitation : ApiFixture
{
    public ByInvitation() => With(new Dictionary<string, string?> { ["INVITATION_REQUIRED"] = "true" });

    public ApiUser Admin { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Database.Db.ExecuteAsync("INSERT INTO invitations (code, max_uses) VALUES ('BETA-FIRST', 1)", null, CancellationToken.None);
        using var client = Anonymous();
        using var response = await client.PostAsJsonAsync(
            "/auth/register",
            new
            {
                email = "boss@example.com",
                password = Password,
                invitationCode = "beta-first",
            }
        );
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        await Database.Db.ExecuteAsync("UPDATE profiles SET role = 'admin' WHERE email = 'boss@example.com'", null, CancellationToken.None);
        Admin = await SignInAsync("boss@example.com");
    }
}

public sealed class InvitationTests(ByInvitation api) : IClassFixture<ByInvitation>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_WithoutOrWithWrongCode_Is403AndLeavesNothing()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await RegisterAsync("no-code@example.com", null));
        Assert.Equal(HttpStatusCode.Forbidden, await RegisterAsync("bad-code@example.com", "BETA-0000"));
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM profiles WHERE email IN ('no-code@example.com', 'bad-code@example.com')",
                null,
                Ct
            )
        );
    }

    [Fact]
    public async Task Register_ManyAtOnceWithOneCode_NeverExceedsItsUses()
    {
        var code = await CreateAsync(new { maxUses = 2, expiresInDays = 7 });
        var race = Guid.CreateVersion7();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => RegisterAsync($"race-{i}-{race:N}@example.com", code.ToLowerInvariant()))
        );
        Assert.Equal(2, answers.Count(s => s == HttpStatusCode.Created));
        Assert.Equal(48, answers.Count(s => s == HttpStatusCode.Forbidden));
        Assert.Equal(
            2,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM profiles WHERE email LIKE @race",
                new { race = $"race-%-{race:N}@example.com" },
                Ct
            )
        );
        Assert.Equal(
            2,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM invitation_usage u JOIN invitations i ON i.id = u.invitation_id WHERE i.code = @code",
                new { code },
                Ct
            )
        );
    }

    [Fact]
    public async Task Register_CodeForAnAddress_FitsThatAddressInAnyCase()
    {
        var code = await CreateAsync(new { email = "Invited@Example.com" });
        Assert.Equal(HttpStatusCode.Forbidden, await RegisterAsync("other@example.com", code));
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync("INVITED@example.COM", code));
    }

    [Fact]
    public async Task Register_TakenAddress_DoesNotSpendTheCode()
    {
        var code = await CreateAsync(new { });
        Assert.Equal(HttpStatusCode.Conflict, await RegisterAsync("boss@example.com", code));
        Assert.Equal(HttpStatusCode.Forbidden, await RegisterAsync("boss@example.com", "BETA-0000"));
        Assert.Equal(HttpStatusCode.Forbidden, await RegisterAsync("boss@example.com", null));
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync($"{Guid.CreateVersion7():N}@example.com", code));
    }

    [Fact]
    public async Task Validate_GoodAndBadCodes_Answer200()
    {
        var code = await CreateAsync(new { email = "only@example.com" });
        Assert.Matches("^BETA(-[0-9A-F]{4}){5}$", code);
        Assert.True(
            (await ValidateAsync(new { code = code.ToLowerInvariant(), email = "ONLY@example.com" })).GetProperty("success").GetBoolean()
        );
        Assert.False((await ValidateAsync(new { code, email = "else@example.com" })).GetProperty("success").GetBoolean());
        var unknown = await ValidateAsync(new { code = "BETA-NOPE" });
        Assert.False(unknown.GetProperty("success").GetBoolean());
        Assert.Equal(JsonValueKind.Null, unknown.GetProperty("data").ValueKind);
    }

    [Fact]
    public async Task Administration_ListsCountsAndWithdraws()
    {
        var code = await CreateAsync(new { maxUses = 3, metadata = new { campaign = "spring" } });
        var list = await api.Admin.Client.GetFromJsonAsync<JsonElement>("/api/v1/invitations", Ct);
        var row = Assert.Single(list.GetProperty("data").EnumerateArray(), r => r.GetProperty("code").GetString() == code);
        Assert.Equal(3, row.GetProperty("max_uses").GetInt32());
        Assert.Equal("spring", row.GetProperty("metadata").GetProperty("campaign").GetString());
        var stats = await api.Admin.Client.GetFromJsonAsync<JsonElement>("/api/v1/invitations/stats", Ct);
        Assert.True(stats.GetProperty("data").GetProperty("active").GetInt32() >= 1);
        using var deleted = await api.Admin.Client.DeleteAsync(
            new Uri($"/api/v1/invitations/{row.GetProperty("id").GetGuid()}", UriKind.Relative),
            Ct
        );
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.False((await ValidateAsync(new { code })).GetProperty("success").GetBoolean());
        using var bad = await api.Admin.Client.PostAsJsonAsync("/api/v1/invitations", new { maxUses = 0 }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    private async Task<string> CreateAsync(object request)
    {
        using var response = await api.Admin.Client.PostAsJsonAsync("/api/v1/invitations", request, Ct);
        var body = await Tokens.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Created, body.ToString());
        return body.GetProperty("data").GetProperty("code").GetString()!;
    }

    private async Task<HttpStatusCode> RegisterAsync(string email, string? invitationCode)
    {
        using var client = api.Anonymous();
        while (true)
        {
            using var response = await client.PostAsJsonAsync(
                "/api/v1/auth/register",
                invitationCode is null
                    ? new { email, password = ApiFixture.Password }
                    : (object)
                        new
                        {
                            email,
                            password = ApiFixture.Password,
                            invitationCode,
                        },
                Ct
            );

            // All hashing places taken: a client tries again.
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return response.StatusCode;
            }
        }
    }

    private async Task<JsonElement> ValidateAsync(object request)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/api/v1/invitations/validate", request, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Tokens.JsonAsync(response);
    }
}
