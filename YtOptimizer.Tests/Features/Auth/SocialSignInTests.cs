using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>Accounts and sessions that come of a sign-in at a provider.</summary>
public sealed class SocialSignInTests : IAsyncLifetime
{
    private SocialSignInRig rig = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => rig = await SocialSignInRig.CreateAsync();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Theory]
    [InlineData("google", "/auth/social/google")]
    [InlineData("github", "/api/v1/auth/social/github")]
    public async Task SignIn_NewPerson_CreatesTheAccountAndHandsOverAOneTimeToken(string name, string callback)
    {
        var (state, answer) = await rig.SignInAsync(name, callback);
        Assert.Equal(("true", state), (answer["success"].ToString(), answer["state"].ToString()));
        using var client = rig.Api.Anonymous();
        using var refresh = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = answer["refresh_token"].ToString() }, Ct);
        var body = await Tokens.JsonAsync(refresh);
        Assert.Equal(HttpStatusCode.OK, refresh.StatusCode);

        // What was in the address is no credential, and works once.
        Assert.DoesNotContain(answer.Values, value =>
            value.ToString().StartsWith("eyJ", StringComparison.Ordinal) || value.ToString().StartsWith("ytr_", StringComparison.Ordinal)
        );
        using var again = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = answer["code"].ToString() }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        using var signedIn = rig.Api.ClientFor(body.GetProperty("accessToken").GetString()!);
        var profile = await signedIn.GetFromJsonAsync<JsonElement>("/api/v1/auth/profile", Ct);
        Assert.Equal(name, profile.GetProperty("provider").GetString());
        Assert.Equal(rig.Provider.Claims["email"], profile.GetProperty("email").GetString());

        // The same identity finds the same account again, even under another address.
        rig.Provider.Claims["email"] = $"{Guid.CreateVersion7():N}@example.com";
        var (_, later) = await rig.SignInAsync(name, callback);
        Assert.Equal(profile.GetProperty("id").GetGuid(), await rig.SubjectAsync(later));
    }

    [Fact]
    public async Task SignIn_AddressWithUnprovenAccount_IsNotLinkedUntilTheMailboxIsProven()
    {
        var owner = await rig.Api.CreateUserAsync();
        rig.Google(owner.Email);
        var (_, refused) = await rig.SignInAsync("google", "/auth/social/google");
        Assert.Equal("account_exists", refused["error"].ToString());
        await rig.Api.Database.Db.ExecuteAsync("UPDATE profiles SET email_verified_at = now() WHERE id = @id", new { owner.Id }, Ct);
        var (_, linked) = await rig.SignInAsync("google", "/auth/social/google");
        Assert.Equal(owner.Id, await rig.SubjectAsync(linked));
        await rig.Api.SignInAsync(owner.Email);
        Assert.Equal(
            1,
            await rig.Api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM mail_outbox WHERE user_id = @id AND template = 'account_linked'",
                new { owner.Id },
                Ct
            )
        );
    }

    [Theory]
    [InlineData("nonce", "another", "provider_error")]
    [InlineData("aud", "another-client", "provider_error")]
    [InlineData("iss", "https://evil.example", "provider_error")]
    [InlineData("exp", 1L, "provider_error")]
    [InlineData("email_verified", false, "email_not_verified")]
    public async Task SignIn_TokenThatProvesNothing_IsRefused(string claim, object value, string error)
    {
        rig.Provider.Claims[claim] = value;
        var (_, answer) = await rig.SignInAsync("google", "/auth/social/google");
        Assert.Equal(error, answer["error"].ToString());
        Assert.False(answer.ContainsKey("access_token"));
    }

    [Fact]
    public async Task SignIn_LockedAccountOrExpiredState_IsRefused()
    {
        var (_, answer) = await rig.SignInAsync("google", "/auth/social/google");
        var id = await rig.SubjectAsync(answer);
        await rig.Api.Database.Db.ExecuteAsync("UPDATE profiles SET account_locked = true WHERE id = @id", new { id }, Ct);
        Assert.Equal("access_denied", (await rig.SignInAsync("google", "/auth/social/google")).Answer["error"].ToString());
        var state = await rig.StartAsync("google");
        await rig.Api.Database.Db.ExecuteAsync("UPDATE social_sign_ins SET expires_at = now()", null, Ct);
        Assert.Equal("invalid_state", (await rig.CallbackAsync("google", state, "good-code"))["error"].ToString());
    }

    [Fact]
    public async Task SignIn_Answer_SetsTheCookiesOfASessionAndIsNotStored()
    {
        var state = await rig.StartAsync("google");
        using var client = rig.Api.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/auth/social/google?state={state}&code=good-code");
        request.Headers.Add("Cookie", rig.Browser[state]);
        using var response = await client.SendAsync(request, Ct);
        var code = QueryHelpers.ParseQuery(response.Headers.Location!.Query)["code"].ToString();
        using var exchanged = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = code }, Ct);
        var cookies = exchanged.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, c =>
            c.StartsWith("yto_session=", StringComparison.Ordinal) && c.Contains("httponly", StringComparison.OrdinalIgnoreCase)
        );
        Assert.Contains(cookies, c =>
            c.StartsWith("refresh_token=", StringComparison.Ordinal) && c.Contains("httponly", StringComparison.OrdinalIgnoreCase)
        );
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task Code_SpentByManyAtOnceExpiredOrOfALockedAccount_OpensOneSessionAtMost()
    {
        using var client = rig.Api.Anonymous();
        async Task<HttpStatusCode> ExchangeAsync(string code)
        {
            using var response = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = code }, Ct);
            return response.StatusCode;
        }

        var (_, answer) = await rig.SignInAsync("google", "/auth/social/google");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ExchangeAsync(answer["code"].ToString())));
        Assert.Single(answers, HttpStatusCode.OK);
        var (_, late) = await rig.SignInAsync("google", "/auth/social/google");
        Assert.Equal(
            0,
            await rig.Api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM social_hand_overs WHERE expires_at > now() + interval '60 seconds'",
                null,
                Ct
            )
        );
        await rig.Api.Database.Db.ExecuteAsync("UPDATE social_hand_overs SET expires_at = now()", null, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(late["code"].ToString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync("ytc_" + new string('A', 43)));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync("ytc_"));
    }
}
