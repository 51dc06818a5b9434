using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>The API, a provider, and a browser that keeps its cookies.</summary>
internal sealed class SocialSignInRig : IAsyncDisposable
{
    private SocialSignInRig(FakeProvider provider, ApiFixture api) => (Provider, Api) = (provider, api);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>State → the cookie of the browser that began.</summary>
    public Dictionary<string, string> Browser { get; } = new(StringComparer.Ordinal);

    public FakeProvider Provider { get; }

    public ApiFixture Api { get; }

    public static async Task<SocialSignInRig> CreateAsync()
    {
        var provider = await FakeProvider.StartAsync();
        var api = await ApiFixture.StartAsync(
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
        var rig = new SocialSignInRig(provider, api);
        rig.Google($"{Guid.CreateVersion7():N}@example.com");
        return rig;
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Provider.DisposeAsync();
    }

    public async Task<Guid> SubjectAsync(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> answer)
    {
        using var client = Api.Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/refresh", new { refreshToken = answer["code"].ToString() }, Ct);
        return Tokens.Payload((await Tokens.JsonAsync(response)).GetProperty("accessToken").GetString()!).GetProperty("sub").GetGuid();
    }

    public void Google(string email)
    {
        Provider.Claims.Clear();
        Provider.Claims["iss"] = "https://accounts.google.com";
        Provider.Claims["aud"] = "google-client";
        Provider.Claims["sub"] = Guid.CreateVersion7().ToString();
        Provider.Claims["exp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 600;
        Provider.Claims["email"] = email;
        Provider.Claims["email_verified"] = true;
        Provider.Claims["name"] = "Google Person";
    }

    public async Task<(string State, Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Answer)> SignInAsync(
        string name,
        string callback
    )
    {
        var state = await StartAsync(name);
        return (state, await CallbackAsync(name, state, "good-code", callback));
    }

    public async Task<string> StartAsync(string name)
    {
        using var client = Api.Anonymous();
        using var response = await client.GetAsync(new Uri($"/api/v1/auth/social/{name}/url", UriKind.Relative), Ct);
        var start = await Tokens.JsonAsync(response);
        Provider.Visit(new Uri(start.GetProperty("url").GetString()!));
        var state = start.GetProperty("state").GetString()!;
        Browser[state] = response
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("yto_oauth=", StringComparison.Ordinal))
            .Split(';')[0];
        return state;
    }

    public async Task<Dictionary<string, Microsoft.Extensions.Primitives.StringValues>> CallbackAsync(
        string name,
        string state,
        string code,
        string? callback = null,
        string? cookie = null
    )
    {
        using var client = Api.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{callback ?? "/auth/social/" + name}?state={state}&code={code}");
        if ((cookie ?? Browser.GetValueOrDefault(state)) is { Length: > 0 } sent)
        {
            request.Headers.Add("Cookie", sent);
        }

        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.StartsWith("http://localhost:4200/auth/callback?", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(response.Headers.Location.Query);
    }
}
