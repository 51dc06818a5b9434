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
        var response = await client.PostAsJsonAsync(
            path,
            new
            {
                email,
                password = "Test123!@#",
                name = "Test",
            },
            Ct
        );
        var body = await Tokens.JsonAsync(response);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(900, body.GetProperty("expiresIn").GetInt32());
        Assert.Equal(email.ToLowerInvariant(), body.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal("user", Tokens.Payload(body.GetProperty("accessToken").GetString()!).GetProperty("roles")[0].GetString());
    }

    [Theory]
    [InlineData("  spaces around are part of it  ", "spaces around are part of it")]
    [InlineData(
        "\U0001F984\U0001F9ED\U0001F36A\U0001F41D\U0001F3BB\U0001FA81\U0001F9C2\U0001F9F6",
        "\U0001F984\U0001F9ED\U0001F36A\U0001F41D\U0001F3BB\U0001FA81\U0001F9C2\U0001F9F5"
    )]
    [InlineData(
        "\u0633\u0644\u0627\u0645 \u5bc6\u7801 \u043f\u0430\u0440\u043e\u043b\u044c\u0000\u200f",
        "\u0633\u0644\u0627\u0645 \u5bc6\u7801 \u043f\u0430\u0440\u043e\u043b\u044c"
    )]
    [InlineData("long", "longer")]
    public async Task Password_AnyCharacters_IsTakenExactlyAsSent(string password, string twin)
    {
        // 300 characters, of which the twin differs after the first 72 bytes only.
        (password, twin) = password == "long" ? (new string('w', 299) + "1", new string('w', 299) + "2") : (password, twin);
        var user = await api.CreateUserAsync(password: password);
        await api.SignInAsync(user.Email, password);
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/login", new { email = user.Email, password = twin }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Password_ComposedOrDecomposed_IsTheSame()
    {
        const string Composed = "caf\u00e9-au-lait-17",
            Decomposed = "cafe\u0301-au-lait-17";
        var user = await api.CreateUserAsync(password: Decomposed);
        await api.SignInAsync(user.Email, Composed);
        await api.SignInAsync(user.Email, Decomposed);
    }

    [Fact]
    public async Task Register_HalfACharacter_Is400()
    {
        using var client = api.Anonymous();
        using var content = new StringContent(
            """{"email":"half@example.com","password":"half a character \ud800 here"}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var response = await client.PostAsync(new Uri("/auth/register", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Profile_WithTokenOfRegistration_Answers()
    {
        var user = await api.CreateUserAsync("admin");
        var profile = await user.Client.GetFromJsonAsync<System.Text.Json.JsonElement>("/auth/profile", Ct);
        Assert.Equal("admin", profile.GetProperty("role").GetString());
    }
}
