using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Analysis;

/// <summary>Videos and transcripts that are sent to be analysed, and what the plan allows.</summary>
public class SubmissionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Video_AsTheSinglePageAppSendsIt_IsAcceptedWithLocation()
    {
        var user = await api.CreateUserAsync();
        var answer = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new
            {
                configuration = new
                {
                    url = Submissions.Url,
                    language = "english",
                    tone = "Professional & Authoritative",
                    model = "midjourney",
                },
            },
            Ct
        );
        var body = await Tokens.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var job = body.GetProperty("jobId").GetGuid();
        Assert.Equal(
            ("pending", $"/api/v1/analyze/job/{job}/status"),
            (body.GetProperty("status").GetString(), answer.Headers.Location!.OriginalString)
        );
        Assert.True(body.TryGetProperty("message", out _));
        var log = await api.Database.Db.FirstOrDefaultAsync<string>(
            "SELECT analysis_type || ' ' || status || ' ' || stage || ' ' || video_id FROM video_analysis_logs WHERE job_id = @job",
            new { job },
            Ct
        );
        Assert.Equal("standard initiated queued dQw4w9WgXcQ", log);
    }

    [Fact]
    public async Task Video_AnonymousCaller_Is401()
    {
        using var client = api.Anonymous();
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await client.PostAsJsonAsync("/api/v1/analyze/video", new { configuration = new { url = Submissions.Url } }, Ct)).StatusCode
        );
    }

    [Theory]
    [InlineData("{}", "validation_failed")]
    [InlineData("""{"configuration":{"url":""}}""", "validation_failed")]
    [InlineData(
        """{"configuration":{"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"},"metadata":{"durationSeconds":-1}}""",
        "validation_failed"
    )]
    [InlineData(
        """{"configuration":{"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"},"metadata":{"tags":[null]}}""",
        "validation_failed"
    )]
    [InlineData(
        """{"configuration":{"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"},"metadata":{"title":"a\u0000b"}}""",
        "validation_failed"
    )]
    public async Task Video_InvalidBody_Is400WithItsCode(string body, string code)
    {
        var user = await api.CreateUserAsync();
        var answer = await Submissions.PostAsync(user, "video", body);
        Assert.Equal(
            (HttpStatusCode.BadRequest, code),
            (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("code").GetString())
        );
    }

    [Theory]
    [InlineData("""{"configuration":{"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ","surprise":1}}""")]
    [InlineData("""{"configuration":{"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"},"surprise":{}}""")]
    [InlineData("""{"configuration":{"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"},"metadata":{"surprise":1}}""")]
    [InlineData("""{"configuration":""")]
    [InlineData("""{"configuration":{"url":"https://example.com/watch?v=dQw4w9WgXcQ"}}""")]
    [InlineData("""{"configuration":{"url":"not a url"}}""")]
    public async Task Video_UnknownFieldBrokenJsonOrOtherSite_Is400(string body)
    {
        var user = await api.CreateUserAsync();
        var answer = await Submissions.PostAsync(user, "video", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(string.IsNullOrEmpty((await Tokens.JsonAsync(answer)).GetProperty("code").GetString()));
        Assert.Equal(0, await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM job_queue WHERE user_id = @Id", new { user.Id }, Ct));
    }

    [Fact]
    public async Task Transcript_FiftyToTwoMillionCharacters_IsAccepted()
    {
        var user = await api.CreateUserAsync();
        var configuration = new
        {
            language = "english",
            tone = "Professional & Authoritative",
            aiModel = "midjourney",
        };
        foreach (
            var (length, status) in ((int, HttpStatusCode)[])
                [
                    (49, HttpStatusCode.BadRequest),
                    (50, HttpStatusCode.Accepted),
                    (2_000_000, HttpStatusCode.Accepted),
                    (2_000_001, HttpStatusCode.BadRequest),
                ]
        )
        {
            Assert.Equal(
                status,
                (
                    await user.Client.PostAsJsonAsync(
                        "/api/v1/analyze/transcript",
                        new { transcript = new string('x', length), configuration },
                        Ct
                    )
                ).StatusCode
            );
        }
    }

    [Fact]
    public async Task Transcript_BodyWithByteOrderMark_IsRead()
    {
        var user = await api.CreateUserAsync();
        using var body = new ByteArrayContent([
            0xEF,
            0xBB,
            0xBF,
            .. JsonSerializer.SerializeToUtf8Bytes(new { transcript = new string('x', 60) }),
        ]);
        body.Headers.ContentType = new("application/json");
        Assert.Equal(HttpStatusCode.Accepted, (await user.Client.PostAsync("/api/v1/analyze/transcript", body, Ct)).StatusCode);
    }

    [Fact]
    public async Task Plan_UsedUp_Is402WithWhatIsAllowed()
    {
        var user = await api.CreateUserAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(
                HttpStatusCode.Accepted,
                (
                    await Submissions.PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Submissions.Url}}}","tone":"{{{i}}}"}}""")
                ).StatusCode
            );
        }

        var refused = await Submissions.PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Submissions.Url}}}","tone":"6"}}""");
        var body = await Tokens.JsonAsync(refused);
        Assert.Equal((HttpStatusCode.PaymentRequired, "quota_exceeded"), (refused.StatusCode, body.GetProperty("code").GetString()));
        Assert.Equal((5, 5), (body.GetProperty("limit").GetInt32(), body.GetProperty("used").GetInt32()));
    }

    [Fact]
    public async Task ActiveJobs_TwentyFirst_Is429WithRetryAfter()
    {
        var user = await PremiumAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(
                HttpStatusCode.Accepted,
                (
                    await Submissions.PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Submissions.Url}}}","tone":"{{{i}}}"}}""")
                ).StatusCode
            );
        }

        var refused = await Submissions.PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Submissions.Url}}}","tone":"21"}}""");
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "too_many_active_jobs"),
            (refused.StatusCode, (await Tokens.JsonAsync(refused)).GetProperty("code").GetString())
        );
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    private async Task<ApiUser> PremiumAsync()
    {
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO user_subscriptions (user_id, tier) VALUES (@Id, 'premium') ON CONFLICT (user_id) DO UPDATE SET tier = 'premium'",
            new { user.Id },
            Ct
        );
        return user;
    }
}
