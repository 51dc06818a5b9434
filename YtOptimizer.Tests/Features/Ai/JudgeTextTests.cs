using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Ai;

/// <summary>POST /api/v1/ai/judge: texts of one's own under the rules of suggestions.</summary>
public sealed class JudgeTextTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/ai/judge";

    private static readonly object Video = new
    {
        title = "How to bake sourdough bread at home",
        description = "Mix rye flour, water and salt. The dough rests overnight and goes into a hot oven.",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Texts_OfTheVideo_AreAcceptedAndInventionsRefused()
    {
        var user = await api.CreateUserAsync();
        var response = await user.Client.PostAsJsonAsync(
            Path,
            new
            {
                video = Video,
                title = "I won 5000 dollars on the moon",
                description = "Mix rye flour, water and salt. The dough rests overnight and goes into a hot oven.",
                tags = new[] { "sourdough bread" },
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await Tokens.JsonAsync(response);
        Assert.False(body.GetProperty("accepted").GetBoolean());
        var verdicts = body.GetProperty("verdicts").EnumerateArray().ToDictionary(verdict => verdict.GetProperty("part").GetString()!);
        Assert.NotEmpty(verdicts["title"].GetProperty("reasons").EnumerateArray());
        Assert.True(verdicts["tag"].GetProperty("accepted").GetBoolean());
        Assert.InRange(body.GetProperty("scoreBefore").GetDouble(), 1, 100);
    }

    [Theory]
    [InlineData("""{"video":{"title":"Bread"}}""", "nothing_to_judge")]
    [InlineData("""{"title":"Bread"}""", "sources_missing")]
    [InlineData("""{"title":"Bread","video":{"title":" ","description":"x"}}""", "sources_missing")]
    [InlineData("""{"title":"Bread","video":{"title":"Bread","durationSeconds":-1}}""", "validation_failed")]
    [InlineData("""{"title":"Bread","video":{"title":"Bread","views":1}}""", null)]
    public async Task Request_NotUsable_Is400WithItsCode(string body, string? code)
    {
        var user = await api.CreateUserAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var response = await user.Client.PostAsync(Path, content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var said = (await Tokens.JsonAsync(response)).GetProperty("code").GetString();
        Assert.True(code is null || said == code, said);
    }

    [Fact]
    public async Task Anonymous_Is401()
    {
        using var client = api.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsJsonAsync(Path, new { title = "x" }, Ct)).StatusCode);
    }
}
