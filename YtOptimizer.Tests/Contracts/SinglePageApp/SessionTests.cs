using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.Contracts.SinglePageApp.AppCalls;

namespace YtOptimizer.Tests.Contracts.SinglePageApp;

/// <summary>Session, profile, preferences, error reports, as the app uses them.</summary>
public class SessionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RegisterLoginRefreshLogout_GiveTheTokenAnswer()
    {
        using var anonymous = api.App(null);
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
            using var user = api.App(refreshed.GetProperty("accessToken").GetString());
            Assert.True((await OkAsync(user, HttpMethod.Post, "auth/logout", new { })).GetProperty("success").GetBoolean());
        }
    }

    [Fact]
    public async Task Profile_HasWhatIsShown()
    {
        using var user = await api.UserAsync();
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
        using var user = await api.UserAsync();
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
    public async Task Preferences_AreNullThenSavedUnderPreferences()
    {
        using var user = await api.UserAsync();
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
    public async Task ErrorReport_IsTakenFromAnyone()
    {
        using var anonymous = api.App(null);
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
        using var user = api.App("not-a-token");
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
}
