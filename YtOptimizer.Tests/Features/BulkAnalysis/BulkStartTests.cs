using System.Net;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.BulkAnalysis;

/// <summary>What is accepted, what is refused, and why.</summary>
public sealed class BulkStartTests(BulkFixture api) : IClassFixture<BulkFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Videos_SomeTwiceSomeNone_AreTakenOnceAndReportedOneByOne()
    {
        var user = await api.UserAsync();
        var ids = api.Videos(3);
        var accepted = await BulkCalls.StartAsync(
            user,
            new
            {
                videos = new[]
                {
                    "https://youtu.be/" + ids[0],
                    ids[1],
                    "https://www.youtube.com/watch?v=" + ids[0] + "&t=5",
                    "https://example.com/watch?v=" + ids[1],
                    "https://www.youtube.com/@somebody",
                    ids[2],
                },
                title = "My knives",
                configuration = new { language = "english", tone = "calm" },
            }
        );

        Assert.Equal((3, "pending", "videos"), (accepted.Number("accepted"), accepted.Text("status"), accepted.Text("source")));
        Assert.Equal([ids[0]], accepted.GetProperty("duplicates").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(
            ["host_not_youtube", "handle_not_video"],
            accepted.GetProperty("refused").EnumerateArray().Select(video => video.Text("code"))
        );
        var shown = await BulkCalls.GetAsync(user, accepted.Text("statusUrl")!);
        var bulk = shown.GetProperty("bulk");
        Assert.Equal(
            (3, 3, 2, 1, 0),
            (bulk.Number("total"), bulk.Number("pending"), bulk.Number("refused"), bulk.Number("duplicates"), bulk.Number("percent"))
        );
        Assert.Equal(("My knives", "english", "calm"), (bulk.Text("title"), bulk.Text("language"), bulk.Text("tone")));
        Assert.Equal(
            ["pending", "pending", "refused", "refused", "pending"],
            shown.GetProperty("items").EnumerateArray().Select(item => item.Text("status"))
        );
        // The job is what a single submission would have made.
        var job = shown.GetProperty("items")[0].GetProperty("jobId").GetGuid();
        var facts = await api.Database.Db.FirstOrDefaultAsync<string>(
            """
            SELECT q.job_type || ' ' || (q.payload ->> 'language') || ' ' || (q.payload ->> 'url') || ' ' || r.state || ' ' || l.status
            FROM job_queue q JOIN quota_reservations r ON r.job_id = q.id JOIN video_analysis_logs l ON l.job_id = q.id WHERE q.id = @job
            """,
            new { job },
            Ct
        );
        Assert.Equal($"video english https://www.youtube.com/watch?v={ids[0]} reserved initiated", facts);
    }

    [Fact]
    public async Task List_Pages_NewestFirstAndOnlyOnesOwn()
    {
        var (user, other) = (await api.UserAsync(), await api.UserAsync());
        for (var i = 1; i <= 3; i++)
        {
            await BulkCalls.StartAsync(user, new { videos = api.Videos(i), title = $"No. {i}" });
        }

        await BulkCalls.StartAsync(other, new { videos = api.Videos(1) });
        var page = await BulkCalls.GetAsync(user, BulkCalls.Path + "?page=1&limit=2");
        Assert.Equal(["No. 3", "No. 2"], page.GetProperty("data").EnumerateArray().Select(bulk => bulk.Text("title")));
        Assert.Equal((3, 2), (page.Number("total"), page.Number("totalPages")));
        Assert.Equal(3, page.GetProperty("data")[0].Number("total"));
        Assert.Equal(HttpStatusCode.BadRequest, (await user.Client.GetAsync(BulkCalls.Path + "?page=0", Ct)).StatusCode);
    }

    [Fact]
    public async Task Videos_NoneValid_Is400WithTheReasonOfEach()
    {
        var user = await api.UserAsync();
        var problem = await BulkCalls.RefusedAsync(
            user,
            new { videos = new[] { "https://example.com/a", "short" } },
            HttpStatusCode.BadRequest,
            "no_valid_videos"
        );
        Assert.Contains("YouTube", problem.GetProperty("errors").GetProperty("videos[0]")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(2, problem.GetProperty("errors").EnumerateObject().Count());
    }

    public static TheoryData<string, string> BadBodies =>
        new()
        {
            { "{}", "bulk_source" },
            { """{"videos":[]}""", "bulk_source" },
            { """{"videos":["dQw4w9WgXcQ"],"channel":"@somebody"}""", "bulk_source" },
            { """{"playlist":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"}""", "playlist_id_missing" },
            { """{"playlist":"https://example.com/playlist?list=PL0123456789ABCDEF"}""", "host_not_youtube" },
            { """{"playlist":"https://me:secret@www.youtube.com/playlist?list=PL0123456789ABCDEF"}""", "url_with_credentials_or_port" },
            { """{"playlist":"WL"}""", "playlist_private" },
            { """{"playlist":"https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=RDdQw4w9WgXcQ"}""", "playlist_is_mix" },
            { """{"playlist":"PL/../../x"}""", "playlist_invalid" },
            { """{"channel":"https://www.youtube.com/c/Somebody"}""", "channel_custom_address" },
            { """{"channel":"somebody"}""", "channel_invalid" },
            { """{"channel":"javascript://youtube.com/@somebody"}""", "channel_invalid" },
            { """{"channel":"@a b"}""", "channel_invalid" },
            { """{"videos":["dQw4w9WgXcQ"],"configuration":{"url":"x"}}""", "validation_failed" },
        };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Body_Unusable_Is400WithACodeOfItsOwn(string body, string code)
    {
        var user = await api.UserAsync();
        var problem = await BulkCalls.RefusedAsync(user, JsonDocument.Parse(body).RootElement, HttpStatusCode.BadRequest, code);
        Assert.NotEmpty(problem.Text("detail")!);
    }

    [Fact]
    public async Task Videos_MoreThanOneRequestTakes_Is400AndSaysHowMany()
    {
        var problem = await BulkCalls.RefusedAsync(
            await api.UserAsync(),
            new { videos = Enumerable.Range(0, 51).Select(_ => BulkCalls.NewVideoId()) },
            HttpStatusCode.BadRequest,
            "too_many_videos"
        );
        Assert.Contains("50", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tier_WithoutBulk_Is403AndNamesThoseThatHaveIt()
    {
        var problem = await BulkCalls.RefusedAsync(
            await api.UserAsync("free"),
            new { videos = api.Videos(1) },
            HttpStatusCode.Forbidden,
            "bulk_not_in_plan"
        );
        Assert.Contains("pro, premium, enterprise", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anonymous_AndForeignOwner_SeeNothing()
    {
        var (owner, other) = (await api.UserAsync(), await api.UserAsync());
        var accepted = await BulkCalls.StartAsync(owner, new { videos = api.Videos(1) });
        using var anonymous = api.Anonymous();
        var own = accepted.Text("statusUrl")!;
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(BulkCalls.Path, null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(BulkCalls.Path, Ct)).StatusCode);
        foreach (var path in (string[])[own, own + "/results.json", own + "/results.csv"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(path, Ct)).StatusCode);
            using var foreign = await other.Client.GetAsync(path, Ct);
            Assert.Equal((HttpStatusCode.NotFound, "bulk_not_found"), (foreign.StatusCode, (await Tokens.JsonAsync(foreign)).Text("code")));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(own + "/cancel", null, Ct)).StatusCode);
        using var cancel = await other.Client.PostAsync(own + "/cancel", null, Ct);
        Assert.Equal((HttpStatusCode.NotFound, "bulk_not_found"), (cancel.StatusCode, (await Tokens.JsonAsync(cancel)).Text("code")));
        Assert.Equal("pending", (await BulkCalls.GetAsync(owner, own)).GetProperty("bulk").Text("status"));
    }

    [Fact]
    public async Task IdempotencyKey_TwentyAtOnce_MakeOneBatchAndOneAnswer()
    {
        var user = await api.UserAsync();
        var body = new { videos = api.Videos(3) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => BulkCalls.PostAsync(user, body, "bulk-1")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync(Ct)))).Distinct());
        Assert.Equal(
            (1L, 3L),
            (
                await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM bulk_analyses WHERE user_id = @Id", new { user.Id }, Ct),
                await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM quota_reservations WHERE user_id = @Id", new { user.Id }, Ct)
            )
        );

        await BulkCalls.RefusedAsync(
            user,
            new { videos = api.Videos(1) },
            HttpStatusCode.UnprocessableEntity,
            "idempotency_key_reused",
            "bulk-1"
        );
        await BulkCalls.RefusedAsync(user, body, HttpStatusCode.BadRequest, "invalid_idempotency_key", "has space");
    }

    [Fact]
    public async Task OpenBatches_AsManyAsAllowed_AnotherIs429()
    {
        var user = await api.UserAsync();
        for (var i = 0; i < 10; i++)
        {
            await BulkCalls.StartAsync(user, new { videos = api.Videos(1) });
        }

        await BulkCalls.RefusedAsync(user, new { videos = api.Videos(1) }, HttpStatusCode.TooManyRequests, "too_many_bulk_analyses");
    }

    [Fact]
    public async Task Queue_Full_Is503AndStoresNothing()
    {
        await using var busy = await ApiFixture.StartAsync(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:ytoptimizer"] = api.Database.ConnectionString,
                ["JWT_SECRET"] = api.JwtSecret,
                ["Jobs:GlobalDepth"] = "1",
            }
        );
        var user = await api.UserAsync();
        await BulkCalls.StartAsync(user, new { videos = api.Videos(2) });
        await BulkCalls.RefusedAsync(
            user with
            {
                Client = busy.ClientFor(user.AccessToken),
            },
            new { videos = api.Videos(1) },
            HttpStatusCode.ServiceUnavailable,
            "queue_full"
        );
        Assert.Equal(
            1,
            await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM bulk_analyses WHERE user_id = @Id", new { user.Id }, Ct)
        );
    }
}
