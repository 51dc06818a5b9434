using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

public sealed class SocialSignInTests : IAsyncLifetime
{
    /// <summary>State → the cookie of the browser that began.</summary>
    private readonly Dictionary<string, string> browser = new(StringComparer.Ordinal);

    private FakeProvider provider = null!;
    private ApiFixture api = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        provider = await FakeProvider.StartAsync();
        api = await ApiFixture.StartAsync(
            new Dictionary<string, string?>
            {
                ["GOOGLE_CLIENT_ID"] = "google-client",
                ["GOOGLE_CLIENT_SECRET"] = "dummy-client-secret",
                ["GOOGLE_BASE_URL"] = provider.Address,
                ["GITHUB_CLIENT_ID"] = "github-client",
                ["GITHUB_CLIENT_SECRET"] = "dummy-client-secret",
                ["GITHUB_BASE_URL"] = provider.Address,
            },
            services: services => services.AddHttpClient("social-sign-in", client => client.Timeout = TimeSpan.FromSeconds(2))
        );
        Google($"{Guid.CreateVersion7():N}@example.com");
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Theory]
    [InlineData("google", "/auth/social/google")]
    [InlineData("github", "/api/v1/auth/social/github")]
    public async Task SignIn_NewPerson_CreatesTheAccountAndHandsOverAOneTimeToken(string name, string callback)
    {
        var (state, answer) = await SignInAsync(name, callback);
        Assert.Equal(("true", state), (answer["success"].ToString(), answer["state"].ToString()));
        using var client = api.Anonymous();
        using var refresh = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = answer["refresh_token"].ToString() }, Ct);
        var body = await Tokens.JsonAsync(refresh);
        Assert.Equal(HttpStatusCode.OK, refresh.StatusCode);

        // What was in the address is no credential, and works once.
        Assert.DoesNotContain(answer.Values, value =>
            value.ToString().StartsWith("eyJ", StringComparison.Ordinal) || value.ToString().StartsWith("ytr_", StringComparison.Ordinal)
        );
        using var again = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = answer["code"].ToString() }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        using var signedIn = api.ClientFor(body.GetProperty("accessToken").GetString()!);
        var profile = await signedIn.GetFromJsonAsync<JsonElement>("/api/v1/auth/profile", Ct);
        Assert.Equal(name, profile.GetProperty("provider").GetString());
        Assert.Equal(provider.Claims["email"], profile.GetProperty("email").GetString());

        // The same identity finds the same account again, even under another address.
        provider.Claims["email"] = $"{Guid.CreateVersion7():N}@example.com";
        var (_, later) = await SignInAsync(name, callback);
        Assert.Equal(profile.GetProperty("id").GetGuid(), await SubjectAsync(later));
    }

    [Fact]
    public async Task SignIn_AddressWithUnprovenAccount_IsNotLinkedUntilTheMailboxIsProven()
    {
        var owner = await api.CreateUserAsync();
        Google(owner.Email);
        var (_, refused) = await SignInAsync("google", "/auth/social/google");
        Assert.Equal("account_exists", refused["error"].ToString());
        await api.Database.Db.ExecuteAsync("UPDATE profiles SET email_verified_at = now() WHERE id = @id", new { owner.Id }, Ct);
        var (_, linked) = await SignInAsync("google", "/auth/social/google");
        Assert.Equal(owner.Id, await SubjectAsync(linked));
        await api.SignInAsync(owner.Email);
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<int>(
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
        provider.Claims[claim] = value;
        var (_, answer) = await SignInAsync("google", "/auth/social/google");
        Assert.Equal(error, answer["error"].ToString());
        Assert.False(answer.ContainsKey("access_token"));
    }

    [Fact]
    public async Task Callback_UnknownStateRepeatedStateOtherBrowserOrBadCode_IsRefused()
    {
        Assert.Equal("invalid_state", (await CallbackAsync("google", new string('a', 64), "good-code"))["error"].ToString());
        Assert.Equal("invalid_state", (await CallbackAsync("google", "", "good-code"))["error"].ToString());
        var state = await StartAsync("google");
        Assert.Equal(
            "invalid_state",
            (await CallbackAsync("google", state, "good-code", cookie: "yto_oauth=of-another-browser"))["error"].ToString()
        );
        Assert.Equal("invalid_state", (await CallbackAsync("google", state, "good-code", cookie: ""))["error"].ToString());
        Assert.Equal("invalid_state", (await CallbackAsync("github", state, "good-code"))["error"].ToString());
        Assert.Equal("true", (await CallbackAsync("google", state, "good-code"))["success"].ToString());
        Assert.Equal("invalid_state", (await CallbackAsync("google", state, "good-code"))["error"].ToString());
        Assert.Equal("provider_error", (await CallbackAsync("google", await StartAsync("google"), "bad-code"))["error"].ToString());
    }

    [Fact]
    public async Task Callback_VerifierOfAnotherSignIn_IsRefusedByTheProvider()
    {
        var first = await StartAsync("google");
        await StartAsync("google");
        Assert.Equal("provider_error", (await CallbackAsync("google", first, "good-code"))["error"].ToString());
    }

    [Theory]
    [InlineData("down")]
    [InlineData("slow")]
    [InlineData("garbage")]
    [InlineData("no token")]
    [InlineData("refusal")]
    public async Task Callback_ProviderThatFails_EndsAtTheAppWithAnErrorAndNoAccount(string how)
    {
        provider.Failing = how switch
        {
            "down" => context =>
            {
                context.Abort();
                return Task.CompletedTask;
            },
            "slow" => context => Task.Delay(Timeout.Infinite, context.RequestAborted),
            "garbage" => context => context.Response.WriteAsync("<html>busy</html>"),
            "no token" => context => context.Response.WriteAsJsonAsync(new { id_token = 5 }),
            _ => context =>
            {
                context.Response.StatusCode = 503;
                return context.Response.WriteAsJsonAsync(new { error = "busy" });
            },
        };
        foreach (var name in new[] { "google", "github" })
        {
            var state = await StartAsync(name);
            var answer = await CallbackAsync(name, state, "good-code");
            Assert.Equal(("provider_error", state), (answer["error"].ToString(), answer["state"].ToString()));

            // The state is spent: the same answer of a provider is worth nothing a second time.
            Assert.Equal("invalid_state", (await CallbackAsync(name, state, "good-code"))["error"].ToString());
        }

        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM profiles WHERE email = @email",
                new { email = provider.Claims["email"] as string },
                Ct
            )
        );
    }

    [Fact]
    public async Task SignIn_LockedAccountOrExpiredState_IsRefused()
    {
        var (_, answer) = await SignInAsync("google", "/auth/social/google");
        var id = await SubjectAsync(answer);
        await api.Database.Db.ExecuteAsync("UPDATE profiles SET account_locked = true WHERE id = @id", new { id }, Ct);
        Assert.Equal("access_denied", (await SignInAsync("google", "/auth/social/google")).Answer["error"].ToString());
        var state = await StartAsync("google");
        await api.Database.Db.ExecuteAsync("UPDATE social_sign_ins SET expires_at = now()", null, Ct);
        Assert.Equal("invalid_state", (await CallbackAsync("google", state, "good-code"))["error"].ToString());
    }

    [Fact]
    public async Task SignIn_Answer_SetsTheCookiesOfASessionAndIsNotStored()
    {
        var state = await StartAsync("google");
        using var client = api.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/auth/social/google?state={state}&code=good-code");
        request.Headers.Add("Cookie", browser[state]);
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
    public async Task Url_ProviderNotConfigured_Is400()
    {
        await using var plain = await ApiFixture.StartAsync();
        using var client = plain.Anonymous();
        using var response = await client.GetAsync(new Uri("/api/v1/auth/social/google/url", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Code_SpentByManyAtOnceExpiredOrOfALockedAccount_OpensOneSessionAtMost()
    {
        using var client = api.Anonymous();
        async Task<HttpStatusCode> ExchangeAsync(string code)
        {
            using var response = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = code }, Ct);
            return response.StatusCode;
        }

        var (_, answer) = await SignInAsync("google", "/auth/social/google");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ExchangeAsync(answer["code"].ToString())));
        Assert.Single(answers, HttpStatusCode.OK);
        var (_, late) = await SignInAsync("google", "/auth/social/google");
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM social_hand_overs WHERE expires_at > now() + interval '60 seconds'",
                null,
                Ct
            )
        );
        await api.Database.Db.ExecuteAsync("UPDATE social_hand_overs SET expires_at = now()", null, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync(late["code"].ToString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync("ytc_" + new string('A', 43)));
        Assert.Equal(HttpStatusCode.Unauthorized, await ExchangeAsync("ytc_"));
    }

    [Fact]
    public async Task Url_HostHeaderOfSomebody_IsNotWhereTheProviderSendsTheBrowser()
    {
        using var client = api.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/auth/social/google/url");
        request.Headers.Host = "evil.example";
        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("BACKEND_URL", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private async Task<Guid> SubjectAsync(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> answer)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = answer["code"].ToString() }, Ct);
        return Tokens.Payload((await Tokens.JsonAsync(response)).GetProperty("accessToken").GetString()!).GetProperty("sub").GetGuid();
    }

    private void Google(string email)
    {
        provider.Claims.Clear();
        provider.Claims["iss"] = "https://accounts.google.com";
        provider.Claims["aud"] = "google-client";
        provider.Claims["sub"] = Guid.CreateVersion7().ToString();
        provider.Claims["exp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 600;
        provider.Claims["email"] = email;
        provider.Claims["email_verified"] = true;
        provider.Claims["name"] = "Google Person";
    }

    private async Task<(string State, Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Answer)> SignInAsync(
        string name,
        string callback
    )
    {
        var state = await StartAsync(name);
        return (state, await CallbackAsync(name, state, "good-code", callback));
    }

    private async Task<string> StartAsync(string name)
    {
        using var client = api.Anonymous();
        using var response = await client.GetAsync(new Uri($"/api/v1/auth/social/{name}/url", UriKind.Relative), Ct);
        var start = await Tokens.JsonAsync(response);
        provider.Visit(new Uri(start.GetProperty("url").GetString()!));
        var state = start.GetProperty("state").GetString()!;
        browser[state] = response
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("yto_oauth=", StringComparison.Ordinal))
            .Split(';')[0];
        return state;
    }

    private async Task<Dictionary<string, Microsoft.Extensions.Primitives.StringValues>> CallbackAsync(
        string name,
        string state,
        string code,
        string? callback = null,
        string? cookie = null
    )
    {
        using var client = api.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{callback ?? "/auth/social/" + name}?state={state}&code={code}");
        if ((cookie ?? browser.GetValueOrDefault(state)) is { Length: > 0 } sent)
        {
            request.Headers.Add("Cookie", sent);
        }

        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.StartsWith("http://localhost:4200/auth/callback?", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(response.Headers.Location.Query);
    }
}
