using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Users;

/// <summary>What staff look at and do for one account.</summary>
public sealed class SupportTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private static readonly object Reason = new { reason = "asked by mail" };

    private ApiUser admin = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => admin = await api.CreateUserAsync("admin");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static TheoryData<string, string, bool> Endpoints() =>
        new()
        {
            { "GET", "activity", true },
            { "GET", "videos", true },
            { "GET", "errors", true },
            { "GET", "billing", false },
            { "GET", "notes", false },
            { "POST", "notes", false },
            { "POST", "reset-limits", false },
            { "POST", "bonus-credits", false },
            { "POST", "suspend", false },
            { "POST", "activate", false },
            { "POST", "rerun/dQw4w9WgXcQ", false },
        };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Endpoint_IsForItsRolesOnly_AndKnowsUnknownAccounts(string method, string path, bool forModerators)
    {
        var (user, moderator) = (await api.CreateUserAsync(), await api.CreateUserAsync("moderator"));
        using var anonymous = api.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(anonymous, method, user.Id, path));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(user.Client, method, user.Id, path));
        var looks = forModerators ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        Assert.Equal(looks, await StatusAsync(moderator.Client, method, user.Id, path));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(admin.Client, method, Guid.CreateVersion7(), path));
    }

    [Fact]
    public async Task Suspend_EndsSessionsAtOnce_AndActivateLetsIn()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(user.Id, "suspend", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(user.Id, "suspend", Reason)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(user.Client));
        using var anonymous = api.Anonymous();
        using var refresh = await anonymous.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = user.RefreshToken }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refresh.StatusCode);
        using var login = await anonymous.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = user.Password }, Ct);
        Assert.NotEqual(HttpStatusCode.OK, login.StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(user.Id, "activate", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync((await api.SignInAsync(user.Email)).Client));
        Assert.Equal(
            """suspend_user {"account_locked": false} {"account_locked": true} asked by mail""",
            await AuditAsync(user.Id, "suspend_user")
        );
        Assert.Equal("""activate_user {"account_locked": true} {"account_locked": false} """, await AuditAsync(user.Id, "activate_user"));
        Assert.Equal(2, await LoggedAsync(user.Id, "suspend_user", "activate_user"));
    }

    [Fact]
    public async Task Suspend_OfOneself_IsRefusedInEveryWay()
    {
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(admin.Id, "suspend", Reason)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(admin.Id, "disable", new { })).StatusCode);
        using var put = await admin.Client.PutAsJsonAsync($"/api/v1/admin/users/{admin.Id}", new { status = "inactive" }, Ct);
        Assert.Equal(HttpStatusCode.Conflict, put.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(admin.Client));
    }

    [Fact]
    public async Task BonusCredits_AddToThePlan_AndAreAudited()
    {
        var user = await api.CreateUserAsync();
        var body = new
        {
            credits = 3,
            reason = "a lost analysis",
            expiresInDays = 30,
        };
        using var given = await PostAsync(user.Id, "bonus-credits", body);
        Assert.Equal(HttpStatusCode.Created, given.StatusCode);
        Assert.Equal(8, (await Tokens.JsonAsync(given)).GetProperty("analysesAllowed").GetInt32());
        var profile = await user.Client.GetFromJsonAsync<JsonElement>("/api/v1/auth/profile/subscription", Ct);
        Assert.Equal(8, profile.GetProperty("usage").GetProperty("analysesAllowed").GetInt32());
        Assert.Equal(5, profile.GetProperty("features").GetProperty("maxAnalysesPerMonth").GetInt32());
        Assert.Equal(
            """grant_bonus_credits {"bonusLeft": 0} {"bonusLeft": 3} a lost analysis""",
            await AuditAsync(user.Id, "grant_bonus_credits")
        );
        Assert.Equal(1, await LoggedAsync(user.Id, "grant_bonus_credits"));
        foreach (var bad in new object[] { new { credits = 0, reason = "x" }, new { credits = 1 }, new { credits = 10_001, reason = "x" } })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(user.Id, "bonus-credits", bad)).StatusCode);
        }
    }

    [Fact]
    public async Task ResetLimits_LetsThePeriodBeginAtZero_AndKeepsTheLedger()
    {
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync(
            """
            INSERT INTO quota_reservations (job_id, user_id, period_start, state) SELECT gen_random_uuid(), @Id, p.period_start, 'charged'
            FROM plan_state(@Id, now()) p, generate_series(1, 5);
            INSERT INTO spend_counters (scope, period, tokens) VALUES ('user:' || @Id, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM'), 9000)
            """,
            new { user.Id },
            Ct
        );
        using var reset = await PostAsync(user.Id, "reset-limits", Reason);
        var body = await Tokens.JsonAsync(reset);
        Assert.Equal((0, 5), (body.GetProperty("analysesUsed").GetInt32(), body.GetProperty("analysesAllowed").GetInt32()));
        Assert.Equal("""reset_limits {"analysesUsed": 5} {"analysesUsed": 0} asked by mail""", await AuditAsync(user.Id, "reset_limits"));
        Assert.Equal(
            "0 5",
            await api.Database.Db.ScalarAsync<string>(
                "SELECT (SELECT tokens FROM spend_counters WHERE scope = 'user:' || @Id) || ' ' || (SELECT count(*) FROM "
                    + "quota_reservations WHERE user_id = @Id)",
                new { user.Id },
                Ct
            )
        );
    }

    [Fact]
    public async Task ActivityVideosErrorsAndBilling_ShowTheAccountsOwn()
    {
        var (user, stranger) = (await api.CreateUserAsync(), await api.CreateUserAsync());
        await api.Database.Db.ExecuteAsync(
            """
            INSERT INTO video_analysis_logs (user_id, video_id, video_url, video_title, analysis_type, status, created_at)
            SELECT u, 'dQw4w9WgXcQ', 'https://youtu.be/dQw4w9WgXcQ', 'Title ' || i, 'standard', 'failed', now() - i * interval '1 minute'
            FROM unnest(ARRAY[@Id, @other]) u, generate_series(1, 3) i;
            INSERT INTO error_logs (error_type, message, user_id, status_code) SELECT 'InternalError', 'It broke', @Id, 500
            FROM generate_series(1, 2);
            INSERT INTO billing_history (user_id, amount, status, billing_date)
            VALUES (@Id, 1900, 'paid', now()), (@other, 1, 'paid', now())
            """,
            new { user.Id, other = stranger.Id },
            Ct
        );
        var videos = await GetAsync(user.Id, "videos?page=2&limit=2");
        Assert.Equal((3, 2), (videos.GetProperty("total").GetInt32(), videos.GetProperty("totalPages").GetInt32()));
        Assert.Equal("Title 3", Assert.Single(videos.GetProperty("data").EnumerateArray()).GetProperty("videoTitle").GetString());
        Assert.Equal(2, (await GetAsync(user.Id, "errors")).GetProperty("total").GetInt32());
        var activity = await GetAsync(user.Id, "activity?limit=100");
        Assert.Contains(activity.GetProperty("data").EnumerateArray(), row =>
            row.GetProperty("activityType").GetString() == "user_registration"
        );
        var billing = await GetAsync(user.Id, "billing");
        Assert.Equal("free", billing.GetProperty("subscription").GetProperty("tier").GetString());
        Assert.Equal(1900, Assert.Single(billing.GetProperty("invoices").EnumerateArray()).GetProperty("amount").GetInt32());
        foreach (var path in new[] { "videos?page=0", "errors?limit=1000", "activity?limit=0", "notes?page=-1" })
        {
            using var bad = await admin.Client.GetAsync(new Uri($"/api/v1/admin/users/{user.Id}/{path}", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        }

        var error = (await GetAsync(user.Id, "errors")).GetProperty("data")[0].GetProperty("id").GetGuid();
        using var resolved = await admin.Client.PostAsJsonAsync(
            $"/api/v1/admin/errors/{error}/resolve",
            new { resolutionNotes = "Fixed" },
            Ct
        );
        Assert.Equal(HttpStatusCode.OK, resolved.StatusCode);
    }

    [Fact]
    public async Task Notes_AreKeptForAdministrators()
    {
        var user = await api.CreateUserAsync();
        using var written = await PostAsync(user.Id, "notes", new { note = "  Called twice about chapters. " });
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        var note = Assert.Single((await GetAsync(user.Id, "notes")).GetProperty("data").EnumerateArray());
        Assert.Equal(
            ("Called twice about chapters.", admin.Id),
            (note.GetProperty("note").GetString(), note.GetProperty("authorId").GetGuid())
        );
        Assert.Equal(1, await LoggedAsync(user.Id, "add_note"));
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(user.Id, "notes", new { note = " " })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(user.Id, "notes", new { note = new string('x', 2001) })).StatusCode);
    }

    [Fact]
    public async Task Rerun_QueuesTheOwnersAnalysisOnceMore_Uncounted()
    {
        var user = await api.CreateUserAsync();
        var submit = new
        {
            configuration = new { url = "https://youtu.be/dQw4w9WgXcQ" },
            metadata = new { title = "How to sharpen a kitchen knife" },
        };
        using var submitted = await user.Client.PostAsJsonAsync("/api/v1/analyze/video", submit, Ct);
        var job = (await Tokens.JsonAsync(submitted)).GetProperty("jobId").GetGuid();
        using var running = await admin.Client.PostAsync($"/api/v1/admin/rerun-analysis/{job}", null, Ct);
        Assert.Equal(HttpStatusCode.NotFound, running.StatusCode);
        (await user.Client.PostAsync($"/api/v1/analyze/job/{job}/cancel", null, Ct)).EnsureSuccessStatusCode();

        var stranger = await api.CreateUserAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(stranger.Id, $"rerun/{job}", new { })).StatusCode);
        using var again = await admin.Client.PostAsync($"/api/v1/admin/users/{user.Id}/rerun/dQw4w9WgXcQ", null, Ct);
        var answer = await Tokens.JsonAsync(again);
        Assert.True(again.StatusCode == HttpStatusCode.OK, answer.ToString());
        Assert.Equal(user.Id, answer.GetProperty("userId").GetGuid());
        var made = answer.GetProperty("jobId").GetGuid();
        Assert.Equal(
            "pending 0 1 1",
            await api.Database.Db.ScalarAsync<string>(
                """
                SELECT q.status || ' ' || (SELECT count(*) FROM quota_reservations r WHERE r.job_id = q.id) || ' ' || (SELECT count(*) FROM
                    video_analysis_logs l WHERE l.job_id = q.id) || ' ' || (SELECT count(*) FROM audit_trail a WHERE a.action =
                    'rerun_analysis' AND a.new_values ->> 'newJobId' = q.id::text)
                FROM job_queue q WHERE q.id = @made AND q.user_id = @Id
                """,
                new { made, user.Id },
                Ct
            )
        );
    }

    private Task<HttpResponseMessage> PostAsync(Guid user, string path, object body) =>
        admin.Client.PostAsJsonAsync($"/api/v1/admin/users/{user}/{path}", body, Ct);

    private async Task<JsonElement> GetAsync(Guid user, string path) =>
        await admin.Client.GetFromJsonAsync<JsonElement>($"/api/v1/admin/users/{user}/{path}", Ct);

    /// <summary>Action, old and new values, reason.</summary>
    private Task<string?> AuditAsync(Guid user, string action) =>
        api.Database.Db.ScalarAsync<string>(
            "SELECT action || ' ' || old_values || ' ' || new_values || ' ' || coalesce(reason, '') FROM audit_trail WHERE entity_id = @id "
                + "AND action = @action AND actor_id = @actor",
            new
            {
                id = user.ToString(),
                action,
                actor = admin.Id,
            },
            Ct
        );

    private Task<int> LoggedAsync(Guid user, params string[] actions) =>
        api.Database.Db.ScalarAsync<int>(
            "SELECT count(*)::int FROM user_logs WHERE user_id = @actor AND log_type = 'security' AND activity_type = ANY (@actions) AND "
                + "description LIKE '%' || @user || '%'",
            new
            {
                actor = admin.Id,
                actions,
                user = user.ToString(),
            },
            Ct
        );

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string method, Guid user, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/admin/users/{user}/{path}");
        if (method == "POST" && !path.StartsWith("rerun", StringComparison.Ordinal))
        {
            request.Content = path switch
            {
                "notes" => JsonContent.Create(new { note = "A note" }),
                "bonus-credits" => JsonContent.Create(new { credits = 1, reason = "x" }),
                "suspend" => JsonContent.Create(Reason),
                _ => JsonContent.Create(new { }),
            };
        }

        using var response = await client.SendAsync(request, Ct);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> ProfileAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/auth/profile", UriKind.Relative), Ct);
        return response.StatusCode;
    }
}
