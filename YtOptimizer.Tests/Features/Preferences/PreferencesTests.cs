using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Preferences;

public class PreferencesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/user-preferences";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preferences_SavedInParts_AreKeptAndNestedForTheApp()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal("null", await user.Client.GetStringAsync(Path, Ct));
        var first = await Tokens.JsonAsync(await user.Client.PostAsJsonAsync(Path, new { customInstructions = "No emojis." }, Ct));
        Assert.False(first.GetProperty("isCompleted").GetBoolean());

        var answer = await user.Client.PostAsJsonAsync(
            Path,
            new
            {
                language = "en",
                tone = "casual",
                thumbnailStyle = "bold",
                imageStyle = "abstract",
            },
            Ct
        );
        var saved = await Tokens.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            ("casual", "No emojis.", true),
            (
                saved.GetProperty("preferences").GetProperty("tone").GetString(),
                saved.GetProperty("customInstructions").GetString(),
                saved.GetProperty("success").GetBoolean()
            )
        );

        await user.Client.PutAsJsonAsync(
            Path,
            new
            {
                language = "en",
                tone = "casual",
                thumbnailStyle = "bold",
                imageStyle = "abstract",
                customInstructions = "",
            },
            Ct
        );
        var read = await Tokens.JsonAsync(await user.Client.GetAsync(Path, Ct));
        Assert.Equal(
            (System.Text.Json.JsonValueKind.Null, true, user.Id),
            (
                read.GetProperty("customInstructions").ValueKind,
                read.GetProperty("isCompleted").GetBoolean(),
                read.GetProperty("userId").GetGuid()
            )
        );
    }

    [Theory]
    [InlineData("""{"language":"much-too-long"}""")]
    [InlineData("""{"surprise":"x"}""")]
    [InlineData("""{"tone":"a\u0000"}""")]
    public async Task Preferences_Invalid_Are400(string body)
    {
        var user = await api.CreateUserAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await user.Client.PostAsync(Path, content, Ct)).StatusCode);
    }

    [Fact]
    public async Task Preferences_Anonymous_Are401()
    {
        using var client = api.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Path, Ct)).StatusCode);
    }
}
