using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using YtOptimizer.Core.Upstreams.Http;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Settings of one provider; off until it has a client id and secret.</summary>
internal class SocialOptions
{
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    [Description("where the provider sends the browser back to; default <BACKEND_URL>/auth/social/<provider>")]
    public string? RedirectUri { get; set; }

    [Description("one address that stands for all of the provider's own")]
    public Uri? BaseUrl { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(ClientId) && !string.IsNullOrWhiteSpace(ClientSecret);
}

internal sealed class GoogleOptions : SocialOptions;

internal sealed class GitHubOptions : SocialOptions;

/// <summary>Who somebody is at a provider. <paramref name="Email"/> is null unless the provider has verified it.</summary>
internal sealed record SocialIdentity(string Subject, string? Email, string? Name, string? Picture);

/// <summary>The provider answered with something that is no proof of identity.</summary>
internal sealed class SocialSignInException(string message) : Exception(message);

/// <summary>Authorization code with PKCE at Google (OpenID Connect) and GitHub (OAuth 2.0).</summary>
internal sealed class SocialProviders(
    IHttpClientFactory clients,
    IOptions<GoogleOptions> google,
    IOptions<GitHubOptions> github,
    TimeProvider time
)
{
    public const string ClientName = "social-sign-in";

    public SocialOptions Options(string provider) => provider == "google" ? google.Value : github.Value;

    public string AuthorizeUrl(string provider, string redirectUri, string state, string challenge, string nonce)
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = Options(provider).ClientId,
            ["redirect_uri"] = redirectUri,
            ["state"] = state,
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        };
        if (provider == "google")
        {
            parameters["scope"] = "openid email profile";
            parameters["nonce"] = nonce;
            parameters["access_type"] = "offline";
            parameters["prompt"] = "consent";
            return Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(
                Url(provider, "https://accounts.google.com", "/o/oauth2/v2/auth"),
                parameters
            );
        }

        parameters["scope"] = "read:user user:email";
        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(
            Url(provider, "https://github.com", "/login/oauth/authorize"),
            parameters
        );
    }

    /// <exception cref="SocialSignInException">The code, the token or the nonce is not what was asked for.</exception>
    public async Task<SocialIdentity> ExchangeAsync(
        string provider,
        string code,
        string redirectUri,
        string verifier,
        string nonce,
        CancellationToken ct
    )
    {
        var options = Options(provider);
        var tokenUrl =
            provider == "google"
                ? Url(provider, "https://oauth2.googleapis.com", "/token")
                : Url(provider, "https://github.com", "/login/oauth/access_token");
        using var request = new HttpRequestMessage(HttpMethod.Post, tokenUrl)
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["grant_type"] = "authorization_code",
                    ["code"] = code,
                    ["redirect_uri"] = redirectUri,
                    ["client_id"] = options.ClientId!,
                    ["client_secret"] = options.ClientSecret!,
                    ["code_verifier"] = verifier,
                }
            ),
        };
        var answer = await SendAsync(request, ct);
        return provider == "google"
            ? Google(Text(answer, "id_token") ?? throw new SocialSignInException("no id_token"), options.ClientId!, nonce)
            : await GitHubAsync(Text(answer, "access_token") ?? throw new SocialSignInException("no access_token"), ct);
    }

    // The token comes straight from Google's token endpoint over TLS, which stands for its signature (OpenID Connect Core 3.1.3.7, 6).
    private SocialIdentity Google(string idToken, string clientId, string nonce)
    {
        JsonWebToken token;
        try
        {
            token = new JsonWebToken(idToken);
        }
        catch (ArgumentException)
        {
            throw new SocialSignInException("unreadable id_token");
        }

        var now = time.GetUtcNow().UtcDateTime;
        if (
            token.Issuer is not ("https://accounts.google.com" or "accounts.google.com")
            || !token.Audiences.SequenceEqual([clientId], StringComparer.Ordinal)
            || token.ValidTo <= now.AddSeconds(-30)
            || Claim(token, "nonce") != nonce
            || token.Subject is not { Length: > 0 and <= 255 }
        )
        {
            throw new SocialSignInException("id_token is not for this sign-in");
        }

        var verified = string.Equals(Claim(token, "email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        return new SocialIdentity(token.Subject, verified ? Claim(token, "email") : null, Claim(token, "name"), Claim(token, "picture"));
    }

    private async Task<SocialIdentity> GitHubAsync(string accessToken, CancellationToken ct)
    {
        var user = await SendAsync(GitHub("/user", accessToken), ct);
        var mails = await SendAsync(GitHub("/user/emails", accessToken), ct);
        if (!user.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.Number || mails.ValueKind != JsonValueKind.Array)
        {
            throw new SocialSignInException("unreadable user");
        }

        var primary = mails.EnumerateArray().FirstOrDefault(m => Flag(m, "primary") && Flag(m, "verified"));
        return new SocialIdentity(
            id.GetRawText(),
            primary.ValueKind == JsonValueKind.Object ? Text(primary, "email") : null,
            Text(user, "name"),
            Text(user, "avatar_url")
        );
    }

    private HttpRequestMessage GitHub(string path, string accessToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Url("github", "https://api.github.com", path));
        request.Headers.Authorization = new("Bearer", accessToken);
        return request;
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var sent = request;
        sent.Headers.Accept.ParseAdd("application/json");
        using var client = clients.CreateClient(ClientName);
        try
        {
            using var response = await client.SendAsync(sent, ct);
            var json = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(ct));
            return response.IsSuccessStatusCode
                ? json
                : throw new SocialSignInException($"the provider answered {(int)response.StatusCode}");
        }
        catch (Exception error)
            when (error is HttpRequestException or JsonException or Polly.ExecutionRejectedException
                || (error is TaskCanceledException && !ct.IsCancellationRequested)
            )
        {
            throw new SocialSignInException("the provider is out of reach: " + error.GetType().Name);
        }
    }

    private string Url(string provider, string address, string path) =>
        (Options(provider).BaseUrl?.ToString().TrimEnd('/') ?? address) + path;

    private static string? Claim(JsonWebToken token, string name) => token.TryGetClaim(name, out var claim) ? claim.Value : null;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool Flag(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}

internal static class SocialSetup
{
    public static WebApplicationBuilder AddSocialSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<GoogleOptions>("Google");
        builder.Services.AddValidatedOptions<GitHubOptions>("GitHub");
        builder.Services.AddOutboundHttpClient(SocialProviders.ClientName, (outbound, provider) =>
        {
            outbound.AlsoChosen =
            [
                .. new[]
                {
                    provider.GetRequiredService<IOptions<GoogleOptions>>().Value.BaseUrl,
                    provider.GetRequiredService<IOptions<GitHubOptions>>().Value.BaseUrl,
                }.OfType<Uri>(),
            ];
            outbound.TotalTimeout = TimeSpan.FromSeconds(10);
            outbound.MaxResponseBytes = 1024 * 1024;
        });
        builder.Services.AddSingleton<SocialProviders>();
        builder.Services.AddSingleton<SocialAccounts>();
        builder.Services.AddSingleton<SocialHandOver>();
        return builder;
    }
}
