using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

public sealed class RegisterTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/auth/register")]
    [InlineData("/api/v1/auth/register")]
    public async Task Register_RunbookProbe_AnswersTokens(string path)
    {
        using var client = api.Anonymous();
        var email = $"Probe-{Guid.CreateVersion7():N}@Example.com";
        var response = await client.PostAsJsonAsync(path, new { email, password = "Test123!@#", name = "Test" }, Ct);
        var body = await Tokens.JsonAsync(response);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(900, body.GetProperty("expiresIn").GetInt32());
        Assert.Equal(email.ToLowerInvariant(), body.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal("user", Tokens.Payload(body.GetProperty("accessToken").GetString()!).GetProperty("roles")[0].GetString());
    }

    [Fact]
    public async Task Profile_WithTokenOfRegistration_Answers()
    {
        var user = await api.CreateUserAsync("admin");
        var profile = await user.Client.GetFromJsonAsync<System.Text.Json.JsonElement>("/auth/profile", Ct);
        Assert.Equal("admin", profile.GetProperty("role").GetString());
    }
}
