using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Feedback;

public class FeedbackTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/feedback";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_ShowsAmongMineOnly_AndIsAnEvent()
    {
        var user = await api.CreateUserAsync();
        var stranger = await api.CreateUserAsync();
        var answer = await user.Client.PostAsJsonAsync(
            Path + "/submit",
            new
            {
                type = "bug_report",
                title = "  Chapters are shifted ",
                description = "All chapters begin ten seconds late.",
                priority = "high",
                tags = new[] { "Chapters", "chapters ", "UI" },
                currentPage = "/videos",
                userAgent = "ignored",
            },
            Ct
        );
        var sent = await Tokens.JsonAsync(answer);
        Assert.Equal((HttpStatusCode.Created, "new"), (answer.StatusCode, sent.GetProperty("status").GetString()));
        var mine = Assert.Single((await Tokens.JsonAsync(await user.Client.GetAsync(Path + "/my-feedback", Ct))).EnumerateArray());
        Assert.Equal("Chapters are shifted", mine.GetProperty("title").GetString());
        Assert.Equal(["chapters", "ui"], mine.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.False(mine.TryGetProperty("ipAddress", out _) || mine.TryGetProperty("adminNotes", out _));
        Assert.Equal(0, (await Tokens.JsonAsync(await stranger.Client.GetAsync(Path + "/my-feedback", Ct))).GetArrayLength());
        Assert.Equal(1, await EventsAsync("feedback_submitted", user));
    }

    [Fact]
    public async Task FeatureRequest_CountsTheAuthorsVote_AndEachUserOnce()
    {
        var author = await api.CreateUserAsync();
        var voters = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.CreateUserAsync()));
        var asked = await AskAsync(author, "Chapters from silence");
        var id = asked.GetProperty("id").GetGuid();
        Assert.Equal((1, "submitted"), (asked.GetProperty("votes").GetInt32(), asked.GetProperty("status").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await author.Client.PostAsync($"{Path}/vote/{id}", null, Ct)).StatusCode);

        // Each of five users votes eight times at once.
        var answers = await Task.WhenAll(
            voters.SelectMany(voter => Enumerable.Range(0, 8).Select(_ => voter.Client.PostAsync($"{Path}/vote/{id}", null, Ct)))
        );
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(35, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        var listed = await Listed(voters[0], id);
        Assert.Equal((6, true, false), Facts(listed));
        Assert.Equal((6, true, true), Facts(await Listed(author, id)));
        Assert.False(listed.TryGetProperty("userId", out _) || listed.TryGetProperty("willingnessToPay", out _));
        var mine = Assert.Single(
            (await Tokens.JsonAsync(await author.Client.GetAsync(Path + "/my-feature-requests", Ct))).EnumerateArray()
        );
        Assert.Equal(6, mine.GetProperty("votes").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await author.Client.PostAsync($"{Path}/vote/{Guid.CreateVersion7()}", null, Ct)).StatusCode);
    }

    [Fact]
    public async Task TrackUsage_StoresWhatWasUsed_AndNotesStrongOpinions()
    {
        var user = await api.CreateUserAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path + "/track-usage");
        request.Content = JsonContent.Create(
            new
            {
                feature = "titles",
                satisfaction = 5,
                metadata = new { picked = 2 },
            }
        );
        request.Headers.Add("session-id", "tab-1");
        Assert.Equal(HttpStatusCode.OK, (await user.Client.SendAsync(request, Ct)).StatusCode);
        await user.Client.PostAsJsonAsync(Path + "/track-usage", new { feature = "tags", satisfaction = 3 }, Ct);
        Assert.Equal(
            "tags|3||,titles|5|tab-1|2",
            await api.Database.Db.ScalarAsync<string>(
                """
                SELECT string_agg(feature || '|' || satisfaction || '|' || coalesce(session_id, '') || '|'
                    || coalesce(metadata ->> 'picked', ''), ',' ORDER BY feature)
                FROM usage_events WHERE user_id = @id
                """,
                new { id = user.Id },
                Ct
            )
        );
        Assert.Equal(1, await EventsAsync("feature_used", user));
    }

    [Fact]
    public async Task Analytics_ForModerators_CountsWhatWasSaid()
    {
        await using var own = await ApiFixture.StartAsync();
        var moderator = await own.CreateUserAsync("moderator");
        var user = await own.CreateUserAsync();
        foreach (var type in new[] { "general", "general", "usability" })
        {
            await user.Client.PostAsJsonAsync(
                Path + "/submit",
                new
                {
                    type,
                    title = "A title",
                    description = "Long enough to be read.",
                },
                Ct
            );
        }

        await AskAsync(user, "Dark mode please");
        await AskAsync(user, "dark mode PLEASE");
        foreach (var satisfaction in new[] { 2, 5 })
        {
            await user.Client.PostAsJsonAsync(Path + "/track-usage", new { feature = "titles", satisfaction }, Ct);
        }

        var analytics = await Tokens.JsonAsync(await moderator.Client.GetAsync(Path + "/admin/analytics?timeRange=week", Ct));
        Assert.Equal(
            (3, 3.5),
            (analytics.GetProperty("totalFeedbacks").GetInt32(), analytics.GetProperty("averageSatisfaction").GetDouble())
        );
        Assert.Equal(2, analytics.GetProperty("feedbacksByType").GetProperty("general").GetInt32());
        var feature = Assert.Single(analytics.GetProperty("topRequestedFeatures").EnumerateArray());
        Assert.Equal((2, 7.0), (feature.GetProperty("requests").GetInt32(), feature.GetProperty("avgImportance").GetDouble()));
        Assert.Equal(3, analytics.GetProperty("recentFeedbacks").GetArrayLength());
        Assert.Equal(2, analytics.GetProperty("featureUsageStats")[0].GetProperty("usageCount").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, (await moderator.Client.GetAsync(Path + "/admin/analytics?timeRange=year", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await user.Client.GetAsync(Path + "/admin/analytics", Ct)).StatusCode);
    }

    [Fact]
    public async Task Update_ByAModerator_ChangesWhatIsSentAndIsAudited()
    {
        var moderator = await api.CreateUserAsync("moderator");
        var user = await api.CreateUserAsync();
        var id = (await AskAsync(user, "Exports as CSV files")).GetProperty("id").GetGuid();
        var path = $"{Path}/admin/feature-requests/{id}";
        var first = await Tokens.JsonAsync(await PatchAsync(moderator, path, """{"status":"planned","targetRelease":"2.0"}"""));
        var second = await Tokens.JsonAsync(await PatchAsync(moderator, path, """{"estimatedEffort":"small"}"""));
        Assert.Equal(
            ("planned", "2.0", "small"),
            (
                second.GetProperty("status").GetString(),
                second.GetProperty("targetRelease").GetString(),
                second.GetProperty("estimatedEffort").GetString()
            )
        );
        Assert.Equal("planned", first.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await PatchAsync(moderator, path, """{"status":"done"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PatchAsync(user, path, """{"status":"completed"}""")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await PatchAsync(moderator, $"{Path}/admin/feature-requests/{Guid.CreateVersion7()}", "{}")).StatusCode
        );
        var missing = $"{Path}/admin/feedback/{Guid.CreateVersion7()}";
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync(moderator, missing, "{}")).StatusCode);

        var said = await Tokens.JsonAsync(
            await user.Client.PostAsJsonAsync(
                Path + "/submit",
                new
                {
                    type = "general",
                    title = "Thank you",
                    description = "It works well for me.",
                },
                Ct
            )
        );
        var feedback = $"{Path}/admin/feedback/{said.GetProperty("id").GetGuid()}";
        Assert.Equal(
            HttpStatusCode.OK,
            (await PatchAsync(moderator, feedback, """{"status":"completed","adminNotes":"Nice."}""")).StatusCode
        );
        Assert.Equal(
            3L,
            await api.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM audit_trail WHERE actor_id = @id AND action IN ('update_feature_request', 'update_feedback')",
                new { id = moderator.Id },
                Ct
            )
        );
    }

    [Theory]
    [InlineData("submit", """{"type":"praise","title":"A title","description":"Long enough to be read."}""", "type")]
    [InlineData("submit", """{"type":"general","title":"Tiny","description":"Long enough to be read."}""", "title")]
    [InlineData("submit", """{"type":"general","title":"A title","description":"short"}""", "description")]
    [InlineData(
        "submit",
        """{"type":"general","title":"A title","description":"Long enough to be read.","priority":"urgent"}""",
        "priority"
    )]
    [InlineData(
        "submit",
        """{"type":"general","title":"A title","description":"Long enough to be read.","tags":["much longer than twenty"]}""",
        "tags"
    )]
    [InlineData(
        "feature-request",
        """{"featureName":"A name","description":"Twenty characters are few.","useCase":"To save time.","importance":11}""",
        "importance"
    )]
    [InlineData("track-usage", """{"feature":"titles","satisfaction":0}""", "satisfaction")]
    [InlineData("track-usage", """{"feature":"titles","metadata":[1]}""", "metadata")]
    [InlineData("track-usage", """{"feature":"titles","metadata":{"a":"\u0000"}}""", "metadata")]
    [InlineData("track-usage", """{"feature":""}""", "feature")]
    public async Task Feedback_WrongBodies_Are400AndSayWhich(string path, string body, string named)
    {
        var user = await api.CreateUserAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await user.Client.PostAsync($"{Path}/{path}", content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(Ct), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<JsonElement> AskAsync(ApiUser user, string name)
    {
        var answer = await user.Client.PostAsJsonAsync(
            Path + "/feature-request",
            new
            {
                featureName = name,
                description = "It would save me a lot of time every week.",
                useCase = "Every upload needs it.",
                importance = 7,
                willingnessToPay = 3,
                categories = new[] { "Editor" },
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await Tokens.JsonAsync(answer);
    }

    private static async Task<JsonElement> Listed(ApiUser user, Guid id) =>
        (await Tokens.JsonAsync(await user.Client.GetAsync(Path + "/feature-requests?limit=100&status=submitted", Ct)))
            .GetProperty("data")
            .EnumerateArray()
            .Single(item => item.GetProperty("id").GetGuid() == id);

    private static (int, bool, bool) Facts(JsonElement item) =>
        (item.GetProperty("votes").GetInt32(), item.GetProperty("voted").GetBoolean(), item.GetProperty("isMine").GetBoolean());

    private static async Task<HttpResponseMessage> PatchAsync(ApiUser user, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await user.Client.PatchAsync(path, content, Ct);
    }

    private Task<long> EventsAsync(string type, ApiUser user) =>
        api.Database.Db.ScalarAsync<long>(
            "SELECT count(*) FROM security_events WHERE event_type = @type AND user_id = @id",
            new { type, id = user.Id },
            Ct
        );
}
