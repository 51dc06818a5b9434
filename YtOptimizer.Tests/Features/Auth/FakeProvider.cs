using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>Google and GitHub on one loopback port. Checks what a provider checks (PKCE, client secret) and answers what the test
/// says.</summary>
public sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private string challenge = "";

    private FakeProvider(WebApplication app) => this.app = app;

    public string Address { get; private set; } = "";

    public Dictionary<string, object?> Claims { get; } = new(StringComparer.Ordinal);

    public string Nonce { get; set; } = "";

    /// <summary>What happens at the token endpoint instead of an answer; null for the ordinary one.</summary>
    public Func<HttpContext, Task>? Failing { get; set; }

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new FakeProvider(builder.Build());
        provider.app.Run(provider.HandleAsync);
        await provider.app.StartAsync();
        provider.Address = provider.app.Urls.First();
        return provider;
    }

    /// <summary>What the browser does at the provider: reads the address it was sent to.</summary>
    public void Visit(Uri url)
    {
        var query = QueryHelpers.ParseQuery(url.Query);
        challenge = query["code_challenge"].ToString();
        Nonce = query.TryGetValue("nonce", out var nonce) ? nonce.ToString() : "";
        Assert.Equal("S256", query["code_challenge_method"].ToString());
        Assert.Equal("code", query["response_type"].ToString());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case not null when Failing is { } fail:
                await fail(context);
                break;
            case "/token" or "/login/oauth/access_token":
                var form = await context.Request.ReadFormAsync();
                var proof = System.Buffers.Text.Base64Url.EncodeToString(
                    SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))
                );
                if (proof != challenge || form["client_secret"] != "dummy-client-secret" || form["code"] != "good-code")
                {
                    context.Response.StatusCode = 400;
                    await context.Response.WriteAsJsonAsync(new { error = "invalid_grant" });
                    return;
                }

                await context.Response.WriteAsJsonAsync(new { access_token = "at", id_token = IdToken() });
                break;
            case "/user":
                await context.Response.WriteAsJsonAsync(
                    new
                    {
                        id = 4711,
                        name = "Octo Cat",
                        avatar_url = "https://example.com/a.png",
                    }
                );
                break;
            case "/user/emails":
                await context.Response.WriteAsJsonAsync(
                    new[]
                    {
                        new
                        {
                            email = Claims["email"],
                            primary = true,
                            verified = Claims["email_verified"],
                        },
                    }
                );
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private string IdToken()
    {
        var claims = new Dictionary<string, object?>(Claims, StringComparer.Ordinal);
        claims.TryAdd("nonce", Nonce);
        static string Part(object value) => System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
        return $"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(claims)}.AAAA";
    }
}
