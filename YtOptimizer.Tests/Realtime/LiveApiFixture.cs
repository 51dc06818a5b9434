using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>The API on a real port, for real WebSockets. Heartbeats are quick, so that silence shows within a test.</summary>
public class LiveApiFixture : ApiFixture
{
    public LiveApiFixture() => UseKestrel(0);

    /// <summary>http://127.0.0.1:port</summary>
    public Uri Address
    {
        get
        {
            StartServer();
            return new Uri(
                Services
                    .GetRequiredService<IServer>()
                    .Features.Get<IServerAddressesFeature>()!
                    .Addresses.First()
                    .Replace("[::]", "127.0.0.1", StringComparison.Ordinal)
                    .Replace("localhost", "127.0.0.1", StringComparison.Ordinal)
            );
        }
    }

    public override HttpClient Anonymous() =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    public static async Task<LiveApiFixture> StartLiveAsync(params (string Key, string Value)[] settings)
    {
        var fixture = new LiveApiFixture();
        fixture.With(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        await fixture.InitializeAsync();
        return fixture;
    }

    /// <summary>The session cookie that signing in sets, as <c>name=value</c>.</summary>
    public async Task<string> CookieAsync(ApiUser user)
    {
        using var client = Anonymous();
        var response = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            client,
            "/api/v1/auth/login",
            new { email = user.Email, password = user.Password },
            TestContext.Current.CancellationToken
        );
        return response
            .Headers.GetValues("Set-Cookie")
            .First(c => c.StartsWith(SessionCookieCheck.Name + "=", StringComparison.Ordinal))
            .Split(';')[0];
    }
}
