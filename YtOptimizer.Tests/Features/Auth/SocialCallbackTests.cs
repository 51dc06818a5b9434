using System.Net;
using Microsoft.AspNetCore.Http;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>What comes back from a provider, and what is not believed.</summary>
public sealed class SocialCallbackTests : IAsyncLifetime
{
    private SocialSignInRig rig = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => rig = await SocialSignInRig.CreateAsync();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Callback_UnknownStateRepeatedStateOtherBrowserOrBadCode_IsRefused()
    {
        Assert.Equal("invalid_state", (await rig.CallbackAsync("google", new string('a', 64), "good-code"))["error"].ToString());
        Assert.Equal("invalid_state", (await rig.CallbackAsync("google", "", "good-code"))["error"].ToString());
        var state = await rig.StartAsync("google");
        Assert.Equal(
            "invalid_state",
            (await rig.CallbackAsync("google", state, "good-code", cookie: "yto_oauth=of-another-browser"))["error"].ToString()
        );
        Assert.Equal("invalid_state", (await rig.CallbackAsync("google", state, "good-code", cookie: ""))["error"].ToString());
        Assert.Equal("invalid_state", (await rig.CallbackAsync("github", state, "good-code"))["error"].ToString());
        Assert.Equal("true", (await rig.CallbackAsync("google", state, "good-code"))["success"].ToString());
        Assert.Equal("invalid_state", (await rig.CallbackAsync("google", state, "good-code"))["error"].ToString());
        Assert.Equal("provider_error", (await rig.CallbackAsync("google", await rig.StartAsync("google"), "bad-code"))["error"].ToString());
    }

    [Fact]
    public async Task Callback_VerifierOfAnotherSignIn_IsRefusedByTheProvider()
    {
        var first = await rig.StartAsync("google");
        await rig.StartAsync("google");
        Assert.Equal("provider_error", (await rig.CallbackAsync("google", first, "good-code"))["error"].ToString());
    }

    [Theory]
    [InlineData("down")]
    [InlineData("slow")]
    [InlineData("garbage")]
    [InlineData("no token")]
    [InlineData("refusal")]
    public async Task Callback_ProviderThatFails_EndsAtTheAppWithAnErrorAndNoAccount(string how)
    {
        rig.Provider.Failing = how switch
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
            var state = await rig.StartAsync(name);
            var answer = await rig.CallbackAsync(name, state, "good-code");
            Assert.Equal(("provider_error", state), (answer["error"].ToString(), answer["state"].ToString()));

            // The state is spent: the same answer of a provider is worth nothing a second time.
            Assert.Equal("invalid_state", (await rig.CallbackAsync(name, state, "good-code"))["error"].ToString());
        }

        Assert.Equal(
            0,
            await rig.Api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM profiles WHERE email = @email",
                new { email = rig.Provider.Claims["email"] as string },
                Ct
            )
        );
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
    public async Task Url_HostHeaderOfSomebody_IsNotWhereTheProviderSendsTheBrowser()
    {
        using var client = rig.Api.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/auth/social/google/url");
        request.Headers.Host = "evil.example";
        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("BACKEND_URL", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }
}
