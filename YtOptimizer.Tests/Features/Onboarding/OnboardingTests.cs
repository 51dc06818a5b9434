using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CsCheck;
using YtOptimizer.Api.Features.Onboarding;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Onboarding;

public class OnboardingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/onboarding";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Onboarding_StepByStep_ReachesOneHundredPercent()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal(("welcome", 0), Where(await Tokens.JsonAsync(await user.Client.GetAsync(Path + "/progress", Ct))));
        var start = await user.Client.PostAsJsonAsync(Path + "/start", new { name = "Anna", channelName = "Anna Bakes" }, Ct);
        Assert.Equal(("user_type", 20), Where(await Tokens.JsonAsync(start)));
        Assert.Equal(
            ("first_analysis", 40),
            await PutAsync(user, "user-type", """{"userType":"creator","contentCategories":["tech","music"],"monthlyVideoCount":4}""")
        );
        Assert.Equal(
            ("features_tour", 60),
            await PutAsync(user, "first-analysis", """{"videoReference":"dQw4w9WgXcQ","analysisRating":5,"feedback":"Useful."}""")
        );
        Assert.Equal(("preferences", 80), await PutAsync(user, "skip/features_tour", ""));
        const string Preferences =
            """{"preferredTone":"casual","targetAudience":"young-adults","emailNotifications":true,"browserNotifications":false}""";
        Assert.Equal(("completed", 100), await PutAsync(user, "preferences", Preferences));

        var last = await Tokens.JsonAsync(await user.Client.GetAsync(Path + "/progress", Ct));
        Assert.Equal("complete", last.GetProperty("estimatedTimeRemaining").GetString());
        Assert.Equal(OnboardingProgress.Steps, last.GetProperty("completedSteps").EnumerateArray().Select(step => step.GetString()));
        var stored = await api.Database.Db.ScalarAsync<string>(
            """
            SELECT concat_ws('|', current_step, user_type, array_to_string(content_categories, ','), monthly_video_count, channel_name,
                first_analysis_rating, first_analysis_reference, first_analysis_feedback, preferences ->> 'preferred_tone',
                preferences ->> 'email_notifications', completed_at IS NOT NULL)
            FROM user_onboarding WHERE user_id = @id
            """,
            new { id = user.Id },
            Ct
        );
        Assert.Equal("completed|creator|tech,music|4|Anna Bakes|5|dQw4w9WgXcQ|Useful.|casual|true|t", stored);
        Assert.Equal(1, await CompletionsAsync(user));
    }

    [Fact]
    public async Task Complete_TwiceAndSkippedSteps_IsNotedOnce()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal(("user_type", 40), await PutAsync(user, "skip/preferences", ""));
        Assert.Equal(("user_type", 40), await PutAsync(user, "skip/preferences", ""));
        Assert.Equal(("completed", 100), await PutAsync(user, "complete", ""));
        Assert.Equal(("completed", 100), await PutAsync(user, "complete", ""));
        Assert.Equal(("completed", 100), await PutAsync(user, "skip/welcome", ""));
        Assert.Equal(1, await CompletionsAsync(user));
    }

    [Fact]
    public async Task Start_ByManyAtOnce_KeepsOneRowAndEveryStep()
    {
        var user = await api.CreateUserAsync();
        await Task.WhenAll(OnboardingProgress.Steps.Select(step => PutAsync(user, "skip/" + step, "")));
        Assert.Equal(("completed", 100), Where(await Tokens.JsonAsync(await user.Client.GetAsync(Path + "/progress", Ct))));
        Assert.Equal(1, await CompletionsAsync(user));
    }

    [Fact]
    public async Task Progress_OfAnImportedRowWithRepeatedAndUnknownSteps_StaysWithinOneHundred()
    {
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO user_onboarding (user_id, completed_steps) VALUES (@id, '{user_type,user_type,completed,welcome}')",
            new { id = user.Id },
            Ct
        );
        Assert.Equal(("first_analysis", 40), Where(await Tokens.JsonAsync(await user.Client.GetAsync(Path + "/progress", Ct))));
    }

    [Fact]
    public void Of_AnyStepsInAnyOrder_GrowsToOneHundredAndNeverBeyond() =>
        Samples
            .Array[0, 12]
            .Sample(done =>
            {
                var progress = OnboardingProgress.Of(done);
                Assert.Equal(progress.CompletedSteps.Distinct(StringComparer.Ordinal), progress.CompletedSteps);
                Assert.Equal(progress.CompletedSteps.Count * 20, progress.ProgressPercentage);
                Assert.Equal(progress.ProgressPercentage == 100, progress.CurrentStep == OnboardingProgress.Completed);
                Assert.DoesNotContain(progress.CurrentStep, progress.CompletedSteps);
            });

    [Theory]
    [InlineData("user-type", """{"userType":"hobbyist","contentCategories":[],"monthlyVideoCount":1}""", "userType")]
    [InlineData("user-type", """{"userType":"creator","contentCategories":["travel"],"monthlyVideoCount":1}""", "contentCategories")]
    [InlineData("user-type", """{"userType":"creator","contentCategories":["tech","tech"],"monthlyVideoCount":1}""", "contentCategories")]
    [InlineData("user-type", """{"userType":"creator","contentCategories":[],"monthlyVideoCount":101}""", "monthlyVideoCount")]
    [InlineData("user-type", """{"contentCategories":[],"monthlyVideoCount":1}""", "userType")]
    [InlineData("first-analysis", """{"videoReference":"x","analysisRating":6}""", "analysisRating")]
    [InlineData("first-analysis", """{"videoReference":" ","analysisRating":5}""", "videoReference")]
    [InlineData(
        "preferences",
        """{"preferredTone":"rude","targetAudience":"all","emailNotifications":true,"browserNotifications":true}""",
        "preferredTone"
    )]
    [InlineData("skip/completed", "", "welcome, user_type")]
    [InlineData("skip/nonsense", "", "welcome, user_type")]
    public async Task Onboarding_WrongAnswers_Are400AndSayWhich(string path, string body, string named)
    {
        var user = await api.CreateUserAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await user.Client.PutAsync($"{Path}/{path}", content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(Ct), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("welcome", 0), Where(await Tokens.JsonAsync(await user.Client.GetAsync(Path + "/progress", Ct))));
    }

    private static readonly Gen<string> Samples = Gen.Int[0, OnboardingProgress.Steps.Length]
        .Select(i => i == OnboardingProgress.Steps.Length ? "unknown" : OnboardingProgress.Steps[i]);

    private static async Task<(string, int)> PutAsync(ApiUser user, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await user.Client.PutAsync($"{Path}/{path}", content, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Where(await Tokens.JsonAsync(answer));
    }

    private static (string, int) Where(JsonElement progress) =>
        (progress.GetProperty("currentStep").GetString()!, progress.GetProperty("progressPercentage").GetInt32());

    private Task<long> CompletionsAsync(ApiUser user) =>
        api.Database.Db.ScalarAsync<long>(
            "SELECT count(*) FROM audit_trail WHERE action = 'complete_onboarding' AND actor_id = @id",
            new { id = user.Id },
            Ct
        );
}
