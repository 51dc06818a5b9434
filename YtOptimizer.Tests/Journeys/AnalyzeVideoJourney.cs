using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Journeys;

/// <summary>What a creator does: submit, wait, read, find it again in the history.</summary>
public class AnalyzeVideoJourney(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_WithMetadata_EndsInSuggestionsHistoryChargeAndNotifications()
    {
        await using var worker = await TestWorker.StartAsync(api.Database, null, null, ("YouTube:OEmbedUrl", ""));
        var user = await api.CreateUserAsync();
        var accepted = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new
            {
                configuration = new
                {
                    url = "https://youtu.be/dQw4w9WgXcQ",
                    language = "english",
                    tone = "casual",
                },
                metadata = new
                {
                    title = "how to sharpen a kitchen knife with a whetstone",
                    description = "I sharpen a dull chef's knife on a 1000 grit whetstone, then polish it on 6000 grit.\nSteps: soak the "
                        + "stone, find the angle, raise a burr, remove it.",
                    tags = new[] { "knife sharpening", "whetstone" },
                    channelTitle = "Kitchen Bench",
                    durationSeconds = 421,
                },
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        var status = await Eventually.ValueAsync<object>(
            async () =>
            {
                var body = await Tokens.JsonAsync(await user.Client.GetAsync(accepted.Headers.Location, Ct));
                return body.GetProperty("status").GetString() is "pending" or "processing" ? null : body;
            },
            "the job ends"
        )
            is JsonElement element
            ? element
            : default;
        Assert.Equal(("completed", 100), (status.GetProperty("status").GetString(), status.GetProperty("progress").GetInt32()));
        var result = status.GetProperty("result");
        Assert.NotEqual(0, result.GetProperty("ai_titles").GetArrayLength());
        Assert.NotEqual(0, result.GetProperty("ai_tags").GetArrayLength());
        Assert.Contains("whetstone", result.GetProperty("ai_description").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.InRange(result.GetProperty("score").GetInt32(), 1, 100);
        Assert.Equal(JsonValueKind.Array, result.GetProperty("ai_thumbnail_prompts").ValueKind);

        var history = await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/analyze/history?page=1&limit=5", Ct));
        Assert.Equal(result.GetProperty("id").GetString(), history.GetProperty("data")[0].GetProperty("id").GetString());
        var jobs = await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/analyze/jobs", Ct));
        Assert.StartsWith("how to sharpen", jobs[0].GetProperty("data").GetProperty("video_title").GetString(), StringComparison.Ordinal);

        var facts = await api.Database.Db.FirstOrDefaultAsync<string>(
            """
            SELECT r.state || ' ' || l.status || ' ' || (l.audit_id IS NOT NULL) || ' ' || (SELECT string_agg(severity::text, ','
                ORDER BY created_at) FROM notifications n WHERE n.user_id = @Id AND n.type = 'processing')
            FROM quota_reservations r JOIN video_analysis_logs l ON l.job_id = r.job_id WHERE r.user_id = @Id
            """,
            new { user.Id },
            Ct
        );
        Assert.Equal("charged completed true success", facts);
    }

    [Fact]
    public async Task Submit_Transcript_IsAnalysed()
    {
        await using var worker = await TestWorker.StartAsync(api.Database, null, null, ("YouTube:OEmbedUrl", ""));
        var user = await api.CreateUserAsync();
        var accepted = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/transcript",
            new
            {
                transcript = "Today I show you how to sharpen a kitchen knife with a whetstone. First you soak the stone in water. Then "
                    + "you find the angle and raise a burr.",
                configuration = new
                {
                    language = "english",
                    tone = "casual",
                    aiModel = "midjourney",
                },
            },
            Ct
        );
        await Eventually.TrueAsync(
            async () =>
                (await Tokens.JsonAsync(await user.Client.GetAsync(accepted.Headers.Location, Ct))).GetProperty("status").GetString()
                == "completed",
            "the transcript is analysed"
        );
    }

    [Fact]
    public async Task Submit_NothingKnownAboutTheVideo_FailsWithAReasonAndARefund()
    {
        await using var worker = await TestWorker.StartAsync(api.Database, null, null, ("YouTube:OEmbedUrl", ""));
        var user = await api.CreateUserAsync();
        var accepted = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new { configuration = new { url = "https://youtu.be/dQw4w9WgXcQ" } },
            Ct
        );
        await Eventually.TrueAsync(
            async () =>
                (await Tokens.JsonAsync(await user.Client.GetAsync(accepted.Headers.Location, Ct))).GetProperty("status").GetString()
                == "failed",
            "the job fails"
        );
        var body = await Tokens.JsonAsync(await user.Client.GetAsync(accepted.Headers.Location, Ct));
        Assert.False(string.IsNullOrWhiteSpace(body.GetProperty("error").GetString()));
        Assert.Equal(
            "refunded",
            await api.Database.Db.ScalarAsync<string>("SELECT state FROM quota_reservations WHERE user_id = @Id", new { user.Id }, Ct)
        );
    }
}
