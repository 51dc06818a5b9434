using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Analysis;

public class SubmissionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

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
                    url = Url,
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
            (await client.PostAsJsonAsync("/api/v1/analyze/video", new { configuration = new { url = Url } }, Ct)).StatusCode
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
        var answer = await PostAsync(user, "video", body);
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
        var answer = await PostAsync(user, "video", body);
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
    public async Task IdempotencyKey_Repeated_GivesTheSameBytesAndOneJob()
    {
        var user = await api.CreateUserAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Url}}}"}}""", "key-1"))
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
        await PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Url}}}"}}""", "key-2");
        var conflict = await PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Url}}}","tone":"other"}}""", "key-2");
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"),
            (conflict.StatusCode, (await Tokens.JsonAsync(conflict)).GetProperty("code").GetString())
        );
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await PostAsync(other, "video", $$$"""{"configuration":{"url":"{{{Url}}}","tone":"other"}}""", "key-2")).StatusCode
        );
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("ü")]
    public async Task IdempotencyKey_Unusable_Is400(string key)
    {
        var user = await api.CreateUserAsync();
        var answer = await PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Url}}}"}}""", key);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "invalid_idempotency_key"),
            (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("code").GetString())
        );
    }

    [Fact]
    public async Task Resubmission_WithoutKey_IsToleratedAndMakesNoSecondJob()
    {
        var user = await api.CreateUserAsync();
        var first = await Tokens.JsonAsync(await PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Url}}}"}}"""));
        var second = await Tokens.JsonAsync(
            await PostAsync(user, "video", $$$"""{"configuration":{"url":"https://youtu.be/dQw4w9WgXcQ"}}""")
        );
        Assert.Equal(first.GetProperty("jobId").GetGuid(), second.GetProperty("jobId").GetGuid());
    }

    [Fact]
    public async Task Plan_UsedUp_Is402WithWhatIsAllowed()
    {
        var user = await api.CreateUserAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(
                HttpStatusCode.Accepted,
                (await PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Url}}}","tone":"{{{i}}}"}}""")).StatusCode
            );
        }

        var refused = await PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Url}}}","tone":"6"}}""");
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
                (await PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Url}}}","tone":"{{{i}}}"}}""")).StatusCode
            );
        }

        var refused = await PostAsync(user, "video", $$$"""{"configuration":{"url":"{{{Url}}}","tone":"21"}}""");
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "too_many_active_jobs"),
            (refused.StatusCode, (await Tokens.JsonAsync(refused)).GetProperty("code").GetString())
        );
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task Upload_VideoFile_IsStoredOnceAndQueued()
    {
        var user = await api.CreateUserAsync();
        var file = new byte[100_000];
        "\0\0\0\u0018ftypisom"u8.CopyTo(file);
        using var form = Form(file, "../../holiday.mp4", """{"language":"english","aiModel":"midjourney","tone":"casual"}""");
        var answer = await user.Client.PostAsync("/api/v1/analyze/upload", form, Ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var job = (await Tokens.JsonAsync(answer)).GetProperty("jobId").GetGuid();
        var payload = JsonDocument
            .Parse((await api.Database.Db.ScalarAsync<string>("SELECT payload::text FROM job_queue WHERE id = @job", new { job }, Ct))!)
            .RootElement;
        Assert.Equal(
            ("holiday.mp4", "video/mp4", "casual"),
            (
                payload.GetProperty("uploadName").GetString(),
                payload.GetProperty("uploadContentType").GetString(),
                payload.GetProperty("tone").GetString()
            )
        );
        Assert.StartsWith("uploads/", payload.GetProperty("uploadKey").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GIF89a, not a video at all", "{}", HttpStatusCode.UnsupportedMediaType, "unsupported_media")]
    [InlineData(null, "{}", HttpStatusCode.BadRequest, "file_missing")]
    [InlineData("ID3 an audio file of some length", "{\"surprise\":1}", HttpStatusCode.BadRequest, "invalid_configuration")]
    public async Task Upload_Unusable_IsRefusedWithItsCode(string? content, string configuration, HttpStatusCode status, string code)
    {
        var user = await api.CreateUserAsync();
        using var form = Form(content is null ? null : Encoding.ASCII.GetBytes(content), "a.mp4", configuration);
        var answer = await user.Client.PostAsync("/api/v1/analyze/upload", form, Ct);
        Assert.Equal((status, code), (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Upload_NotMultipart_Is415()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PostAsync(user, "upload", "{}")).StatusCode);
    }

    private static MultipartFormDataContent Form(byte[]? file, string name, string configuration)
    {
        var form = new MultipartFormDataContent();
        if (file is not null)
        {
            form.Add(new ByteArrayContent(file), "video", name);
        }

        form.Add(new StringContent(configuration), "configuration");
        return form;
    }

    private static async Task<HttpResponseMessage> PostAsync(ApiUser user, string kind, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/analyze/{kind}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await user.Client.SendAsync(request, Ct);
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
