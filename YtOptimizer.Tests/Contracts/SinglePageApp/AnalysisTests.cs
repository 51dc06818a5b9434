using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.Contracts.SinglePageApp.AppCalls;

namespace YtOptimizer.Tests.Contracts.SinglePageApp;

/// <summary>Submissions, jobs, history and the workflow, as the app uses them; also those that are refused.</summary>
public class AnalysisTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SubmissionsAndJobs_GiveJobIdsAndABareArray()
    {
        using var user = await api.UserAsync();
        Assert.Empty((await OkAsync(user, HttpMethod.Get, "analyze/jobs")).EnumerateArray());
        var video = await OkAsync(
            user,
            HttpMethod.Post,
            "analyze/video",
            new
            {
                configuration = new
                {
                    url = Video,
                    language = "english",
                    tone = "Professional & Authoritative",
                    model = "midjourney",
                },
            }
        );
        var transcript = await OkAsync(
            user,
            HttpMethod.Post,
            "analyze/transcript",
            new
            {
                transcript = new string('a', 60),
                configuration = new
                {
                    language = "english",
                    tone = "Professional & Authoritative",
                    aiModel = "midjourney",
                },
            }
        );
        var upload = await UploadAsync(user, Mp4(), "clip.mp4");
        var jobs = await OkAsync(user, HttpMethod.Get, "analyze/jobs");
        Assert.Equal(3, jobs.GetArrayLength());
        Assert.Equal(
            new[] { video, transcript, upload }.Select(j => j.GetProperty("jobId").GetString()).Order(),
            jobs.EnumerateArray().Select(j => j.GetProperty("id").GetString()).Order()
        );
        foreach (var job in jobs.EnumerateArray())
        {
            Has(job, "id", "status", "createdAt", "progress", "data.video_title");
            Assert.False(string.IsNullOrWhiteSpace(job.GetProperty("data").GetProperty("video_title").GetString()));
        }

        var id = video.GetProperty("jobId").GetString();
        await OkAsync(user, HttpMethod.Post, $"analyze/job/{id}/cancel", new { });
        await OkAsync(user, HttpMethod.Post, $"analyze/job/{id}/restart", new { });
        await OkAsync(user, HttpMethod.Post, $"analyze/job/{id}/restart", new { });
    }

    [Fact]
    public async Task History_IsAPageOfAuditsAndTheOwnerDeletes()
    {
        var account = await api.CreateUserAsync();
        using var user = api.App(account.AccessToken);
        Assert.Equal(
            0,
            (await OkAsync(user, HttpMethod.Get, "analyze/history?page=1&limit=5"))
                .GetProperty("pagination")
                .GetProperty("total")
                .GetInt32()
        );
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO audits (user_id, video_url, video_title) VALUES (@Id, @Video, 'A title')",
            new { account.Id, Video },
            Ct
        );
        var page = await OkAsync(user, HttpMethod.Get, "analyze/history?page=1&limit=5");
        Has(
            page,
            "pagination.page",
            "pagination.limit",
            "pagination.total",
            "pagination.totalPages",
            "pagination.hasNext",
            "pagination.hasPrev"
        );
        var audit = page.GetProperty("data")[0];
        Has(audit, "id", "video_title", "created_at", "thumbnail_url");
        Assert.Equal(JsonValueKind.Array, audit.GetProperty("ai_tags").ValueKind);
        await OkAsync(user, HttpMethod.Delete, $"analyze/delete/{audit.GetProperty("id").GetString()}");
    }

    [Fact]
    public async Task SixthAnalysis_OnTheFreePlan_IsAFailedJobWithAReasonAndANotification()
    {
        var account = await api.CreateUserAsync();
        using var user = api.App(account.AccessToken);
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var accepted = await OkAsync(
                user,
                HttpMethod.Post,
                "analyze/transcript",
                new { transcript = $"{i} " + new string('a', 60), configuration = new { language = "english" } },
                HttpStatusCode.Accepted
            );
            ids.Add(accepted.GetProperty("jobId").GetString()!);
        }

        var jobs = await OkAsync(user, HttpMethod.Get, "analyze/jobs");
        var sixth = jobs.EnumerateArray().Single(j => j.GetProperty("id").GetString() == ids[5]);
        Assert.Equal("failed", sixth.GetProperty("status").GetString());
        Assert.Contains("5 analyses", sixth.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["error Monthly analyses used up", "warning 80 % of your analyses used", "warning No analyses left in this period"],
            (
                await api.Database.Db.QueryAsync<string>(
                    "SELECT severity || ' ' || title FROM notifications WHERE user_id = @Id AND type = 'usage' ORDER BY 1",
                    new { account.Id },
                    Ct
                )
            )
        );
        Assert.Equal(
            5,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM quota_reservations WHERE user_id = @Id",
                new { account.Id },
                Ct
            )
        );

        // Starting it again is refused in the same way; a program gets the precise status.
        Assert.False((await OkAsync(user, HttpMethod.Post, $"analyze/job/{ids[5]}/restart", new { })).GetProperty("success").GetBoolean());
        using var program = api.ClientFor(account.AccessToken);
        using var precise = await program.PostAsync($"/api/v1/analyze/job/{ids[5]}/restart", null, Ct);
        Assert.Equal(HttpStatusCode.PaymentRequired, precise.StatusCode);
        user.DefaultRequestHeaders.Add("Prefer", "handling=strict");
        using var strict = await user.PostAsJsonAsync("/api/v1/analyze/transcript", new { transcript = new string('b', 60) }, Ct);
        Assert.Equal(HttpStatusCode.PaymentRequired, strict.StatusCode);
        Assert.Equal("handling=strict", strict.Headers.GetValues("Preference-Applied").Single());
    }

    [Theory]
    [InlineData("https://vimeo.com/12345")]
    [InlineData("not a link")]
    [InlineData("https://www.youtube.com/playlist?list=PL123")]
    [InlineData("")]
    public async Task Submission_OfWhatIsNoVideo_IsAFailedJob(string url)
    {
        using var user = await api.UserAsync();
        var accepted = await OkAsync(
            user,
            HttpMethod.Post,
            "analyze/video",
            new { configuration = new { url, language = "english" } },
            HttpStatusCode.Accepted
        );
        var job = Assert.Single((await OkAsync(user, HttpMethod.Get, "analyze/jobs")).EnumerateArray());
        Assert.Equal(
            (accepted.GetProperty("jobId").GetString(), "failed"),
            (job.GetProperty("id").GetString(), job.GetProperty("status").GetString())
        );
        Assert.False(string.IsNullOrWhiteSpace(job.GetProperty("data").GetProperty("video_title").GetString()));
        NoWordTheAppActsOn(job.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task Upload_OfSomethingElse_IsAFailedJob()
    {
        using var user = await api.UserAsync();
        Assert.Equal(
            "failed",
            (await UploadAsync(user, Encoding.UTF8.GetBytes(new string('x', 600)), "notes.mp4")).GetProperty("status").GetString()
        );
        Assert.Equal(
            "failed",
            Assert.Single((await OkAsync(user, HttpMethod.Get, "analyze/jobs")).EnumerateArray()).GetProperty("status").GetString()
        );
    }

    [Theory]
    [InlineData(Video)]
    [InlineData("https://vimeo.com/12345")]
    public async Task Workflow_OfAnUnknownVideo_GoesOnWithTheReason(string videoUrl)
    {
        var account = await api.CreateUserAsync();
        using var user = api.App(account.AccessToken);
        var video = await OkAsync(user, HttpMethod.Post, "workflow/analyze", new { videoUrl });
        Assert.All(["title", "category", "thumbnailUrl", "description"], name =>
            Assert.False(string.IsNullOrWhiteSpace(video.GetProperty(name).GetString()))
        );
        NoWordTheAppActsOn(video.GetProperty("description").GetString()!);
        var content = await OkAsync(
            user,
            HttpMethod.Post,
            "workflow/generate-content",
            new { videoUrl, fields = new[] { "title", "description", "tags", "thumbnail", "keywords" } }
        );
        Assert.Equal(
            (JsonValueKind.Array, JsonValueKind.Array),
            (content.GetProperty("title").ValueKind, content.GetProperty("tags").ValueKind)
        );
        Assert.False(string.IsNullOrWhiteSpace(content.GetProperty("description").GetString()));
        var template = content.GetProperty("thumbnail").GetProperty("template").GetString();
        var picture = await OkAsync(
            user,
            HttpMethod.Post,
            "workflow/generate-thumbnail",
            new
            {
                videoUrl,
                template,
                templateData = new { type = template, config = new { mainText = "HELLO" } },
            }
        );
        Assert.False(string.IsNullOrWhiteSpace(picture.GetProperty("thumbnailUrl").GetString()));
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM notifications WHERE user_id = @Id AND severity = 'warning'",
                new { account.Id },
                Ct
            )
        );

        using var program = api.ClientFor(account.AccessToken);
        using var precise = await program.PostAsJsonAsync("/api/v1/workflow/analyze", new { videoUrl }, Ct);
        Assert.Contains(precise.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
    }
}
