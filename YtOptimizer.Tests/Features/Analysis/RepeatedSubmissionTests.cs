using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Analysis;

/// <summary>The same submission twice, with a key and without: one job.</summary>
public class RepeatedSubmissionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IdempotencyKey_Repeated_GivesTheSameBytesAndOneJob()
    {
        var user = await api.CreateUserAsync();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ => Submissions.PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Submissions.Url}}}"}}""", "key-1"))
        );
        var bodies = new HashSet<string>();
        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            bodies.Add(await answer.Content.ReadAsStringAsync(Ct));
        }

        Assert.Single(bodies);
        Assert.Equal(1, await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM job_queue WHERE user_id = @Id", new { user.Id }, Ct));
    }

    [Fact]
    public async Task IdempotencyKey_OtherBody_Is422AndOtherUsersAreFree()
    {
        var (user, other) = (await api.CreateUserAsync(), await api.CreateUserAsync());
        await Submissions.PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Submissions.Url}}}"}}""", "key-2");
        var conflict = await Submissions.PostAsync(
            user,
            "video",
            $$$"""{"configuration":{"url":"{{{Submissions.Url}}}","tone":"other"}}""",
            "key-2"
        );
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"),
            (conflict.StatusCode, (await Tokens.JsonAsync(conflict)).GetProperty("code").GetString())
        );
        Assert.Equal(
            HttpStatusCode.Accepted,
            (
                await Submissions.PostAsync(
                    other,
                    "video",
                    $$$"""{"configuration":{"url":"{{{Submissions.Url}}}","tone":"other"}}""",
                    "key-2"
                )
            ).StatusCode
        );
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("ü")]
    public async Task IdempotencyKey_Unusable_Is400(string key)
    {
        var user = await api.CreateUserAsync();
        var answer = await Submissions.PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Submissions.Url}}}"}}""", key);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "invalid_idempotency_key"),
            (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("code").GetString())
        );
    }

    [Fact]
    public async Task Resubmission_WithoutKey_IsToleratedAndMakesNoSecondJob()
    {
        var user = await api.CreateUserAsync();
        var first = await Tokens.JsonAsync(
            await Submissions.PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Submissions.Url}}}"}}""")
        );
        var second = await Tokens.JsonAsync(
            await Submissions.PostAsync(user, "video", $$$"""{"configuration":{"url":"https://youtu.be/dQw4w9WgXcQ"}}""")
        );
        Assert.Equal(first.GetProperty("jobId").GetGuid(), second.GetProperty("jobId").GetGuid());
    }

    /// <summary>Two instances, one key: one job and one answer, byte for byte.</summary>
    [Fact]
    public async Task IdempotencyKey_OverTwoInstancesAtOnce_MakesOneJob()
    {
        await using var second = await ApiFixture.StartAsync(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:ytoptimizer"] = api.Database.ConnectionString,
                ["JWT_SECRET"] = api.JwtSecret,
            }
        );
        var user = await api.CreateUserAsync();
        using var elsewhere = second.ClientFor(user.AccessToken);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async i =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/analyze/video")
                    {
                        Content = JsonContent.Create(new { configuration = new { url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ" } }),
                    };
                    request.Headers.Add("Idempotency-Key", "two-instances");
                    using var response = await (i % 2 == 0 ? user.Client : elsewhere).SendAsync(request, Ct);
                    Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
                    return await response.Content.ReadAsStringAsync(Ct);
                })
        );
        Assert.Single(answers.Distinct());
        Assert.Equal(1, await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM job_queue WHERE user_id = @Id", new { user.Id }, Ct));
    }
}
