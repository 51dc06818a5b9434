using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts;

/// <summary>
/// The calls of the existing single-page app as it makes them, and the fields that it reads. It signs its user out on every error of a
/// signed-in call, so "nothing there yet", "not allowed any more" and "cannot be analysed" are ordinary answers to it.
/// </summary>
public class SinglePageAppTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Origin = "http://localhost:4200";
    private const string Video = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RegisterLoginRefreshLogout_GiveTheTokenAnswer()
    {
        using var anonymous = App(null);
        var email = $"app-{Guid.CreateVersion7():N}@example.com";
        foreach (
            var (path, body) in new (string, object)[]
            {
                (
                    "auth/register",
                    new
                    {
                        email,
                        password = ApiFixture.Password,
                        name = "Ada",
                    }
                ),
                ("auth/login", new { email, password = ApiFixture.Password }),
            }
        )
        {
            var tokens = await OkAsync(anonymous, HttpMethod.Post, path, body);
            Assert.True(tokens.GetProperty("expiresIn").GetInt32() >= 900);
            var refreshed = await OkAsync(
                anonymous,
                HttpMethod.Post,
                "auth/refresh",
                new { refreshToken = tokens.GetProperty("refreshToken").GetString() }
            );
            Assert.All(["accessToken", "refreshToken"], name => Assert.Equal(JsonValueKind.String, refreshed.GetProperty(name).ValueKind));
            Assert.True(Tokens.Payload(refreshed.GetProperty("accessToken").GetString()!).GetProperty("roles").GetArrayLength() > 0);
            using var user = App(refreshed.GetProperty("accessToken").GetString());
            Assert.True((await OkAsync(user, HttpMethod.Post, "auth/logout", new { })).GetProperty("success").GetBoolean());
        }
    }

    [Fact]
    public async Task Profile_HasWhatIsShown()
    {
        using var user = await UserAsync();
        var profile = await OkAsync(user, HttpMethod.Get, "auth/profile/subscription");
        Has(
            profile,
            "name",
            "email",
            "picture",
            "subscription.tier",
            "subscription.status",
            "subscription.currentPeriodStart",
            "subscription.currentPeriodEnd",
            "subscription.cancelAtPeriodEnd",
            "subscription.trialEnd",
            "features.maxAnalysesPerMonth",
            "features.maxChannelsPerUser",
            "features.aiSuggestionsLimit",
            "features.advancedAnalytics",
            "features.prioritySupport",
            "features.customBranding",
            "features.apiAccess",
            "features.bulkOperations",
            "features.exportFeatures"
        );
    }

    [Fact]
    public async Task ChangePassword_AnswersJsonAndTheSessionGoesOnWithItsToken()
    {
        using var user = await UserAsync();
        var answer = await OkAsync(
            user,
            HttpMethod.Put,
            "auth/change-password",
            new { currentPassword = ApiFixture.Password, newPassword = "umbrella Wagon 77" }
        );
        Assert.Equal(JsonValueKind.Object, answer.ValueKind);
        await OkAsync(user, HttpMethod.Get, "analyze/jobs");
        Assert.True((await OkAsync(user, HttpMethod.Post, "auth/logout", new { })).GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task SubmissionsAndJobs_GiveJobIdsAndABareArray()
    {
        using var user = await UserAsync();
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
        using var user = App(account.AccessToken);
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
        using var user = App(account.AccessToken);
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
        using var user = await UserAsync();
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
        using var user = await UserAsync();
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
        using var user = App(account.AccessToken);
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

    [Fact]
    public async Task Preferences_AreNullThenSavedUnderPreferences()
    {
        using var user = await UserAsync();
        using var before = await user.GetAsync(new Uri("/api/v1/user-preferences", UriKind.Relative), Ct);
        Assert.True(before.IsSuccessStatusCode);
        var saved = await OkAsync(
            user,
            HttpMethod.Post,
            "user-preferences",
            new
            {
                language = "en",
                tone = "casual",
                thumbnailStyle = "bold",
                customInstructions = "",
                imageStyle = "cartoon",
            }
        );
        Has(saved.GetProperty("preferences"), "language", "tone", "thumbnailStyle", "customInstructions", "imageStyle");
        Has(await OkAsync(user, HttpMethod.Get, "user-preferences"), "language", "tone");
    }

    [Fact]
    public async Task Administration_HasWhatItsPagesRead()
    {
        var administrator = await api.CreateUserAsync("admin");
        var account = await api.CreateUserAsync();
        using var admin = App(administrator.AccessToken);
        var list = await OkAsync(admin, HttpMethod.Get, "admin/users?page=1&limit=10&sortBy=created_at&sortOrder=asc&search=user");
        Has(list, "total", "page", "totalPages");
        Has(list.GetProperty("users")[0], "id", "email", "name", "role", "provider", "createdAt");
        Has(
            await OkAsync(admin, HttpMethod.Get, $"admin/users/{account.Id}"),
            "id",
            "email",
            "name",
            "role",
            "provider",
            "status",
            "createdAt",
            "updatedAt"
        );
        foreach (
            var change in new object[]
            {
                new { name = "New Name" },
                new { role = "premium" },
                new { status = "suspended" },
                new { status = "active" },
            }
        )
        {
            var changed = await OkAsync(admin, HttpMethod.Put, $"admin/users/{account.Id}", change);
            Has(changed.GetProperty("user"), "id", "email", "name", "role", "provider", "status", "createdAt", "updatedAt");
            Assert.Equal(JsonValueKind.String, changed.GetProperty("message").ValueKind);
        }

        var usage = await OkAsync(admin, HttpMethod.Get, $"admin/users/{account.Id}/usage-overview");
        Has(
            usage,
            "message",
            "data.videoAnalysis.totalAnalyzed",
            "data.videoAnalysis.limit",
            "data.tokens.totalUsed",
            "data.tokens.limit",
            "data.apiCalls.totalCalls",
            "data.period.endDate"
        );
        await OkAsync(
            admin,
            HttpMethod.Post,
            "admin/notifications/send",
            new
            {
                severity = "info",
                title = "T",
                message = "M",
                priority = "low",
                sendToAll = true,
            }
        );
        var told = await OkAsync(
            admin,
            HttpMethod.Post,
            "admin/notifications/send",
            new
            {
                severity = "info",
                title = "T",
                message = "M",
                priority = "low",
                sendToAll = true,
                link = "javascript:alert(1)",
            }
        );
        Assert.Contains("left out", told.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>("SELECT count(*)::int FROM notifications WHERE action_url LIKE 'javascript%'", null, Ct)
        );

        // Errors reach the page by message, in whole sentences.
        using var missing = await admin.PutAsJsonAsync($"/api/v1/admin/users/{Guid.CreateVersion7()}", new { name = "Nobody" }, Ct);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.EndsWith(".", (await Tokens.JsonAsync(missing)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorReport_IsTakenFromAnyone()
    {
        using var anonymous = App(null);
        using var answer = await anonymous.PostAsJsonAsync(
            "/api/v1/errors/report",
            new
            {
                message = "x",
                stack = "at y",
                type = "TypeError",
                url = "http://localhost:4200/dashboard",
                timestamp = "2026-11-29T00:00:00.000Z",
                userAgent = "UA",
                context = new
                {
                    url = "u",
                    userAgent = "UA",
                    timestamp = "t",
                    online = true,
                    viewport = "1x1",
                },
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Errors_CarryCorsHeadersToo()
    {
        using var user = App("not-a-token");
        using var answer = await user.GetAsync(new Uri("/api/v1/analyze/jobs", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(
            (Origin, "true"),
            (
                answer.Headers.GetValues("Access-Control-Allow-Origin").Single(),
                answer.Headers.GetValues("Access-Control-Allow-Credentials").Single()
            )
        );
    }

    /// <summary>As the browser sends it: from the app's origin, with the token.</summary>
    private HttpClient App(string? token)
    {
        var client = token is null ? api.Anonymous() : api.ClientFor(token);
        client.DefaultRequestHeaders.Add("Origin", Origin);
        return client;
    }

    private async Task<HttpClient> UserAsync() => App((await api.CreateUserAsync()).AccessToken);

    private static async Task<JsonElement> OkAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        object? body = null,
        HttpStatusCode? status = null
    )
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request, Ct);
        var answer = await Tokens.JsonAsync(response);
        Assert.True(
            status is null ? response.IsSuccessStatusCode : response.StatusCode == status,
            $"{method} {path} answered {(int)response.StatusCode}: {answer}"
        );
        return answer;
    }

    private static async Task<JsonElement> UploadAsync(HttpClient client, byte[] content, string name)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
        form.Add(file, "video", name);
        form.Add(new StringContent("{\"language\":\"english\",\"aiModel\":\"midjourney\",\"tone\":\"casual\"}"), "configuration");
        using var response = await client.PostAsync("/api/v1/analyze/upload", form, Ct);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await Tokens.JsonAsync(response);
    }

    private static byte[] Mp4() => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2mp41"u8, .. new byte[1024]];

    private static void Has(JsonElement body, params string[] paths) => Assert.All(paths, path =>
        {
            var at = body;
            foreach (var name in path.Split('.'))
            {
                Assert.True(at.TryGetProperty(name, out at), $"{path} is missing");
            }
        });

    private static void NoWordTheAppActsOn(string text) =>
        Assert.DoesNotMatch(
            "(?i)unauthorized|permission denied|invalid|required|validation|network error|failed to fetch|cannot read properties",
            text
        );
}
