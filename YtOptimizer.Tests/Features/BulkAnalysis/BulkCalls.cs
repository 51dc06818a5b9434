using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.BulkAnalysis;

/// <summary>The API over scripted upstreams, and what tests of bulk analyses do with it.</summary>
public sealed class BulkFixture : ApiFixture
{
    internal FakeUpstreams Upstreams { get; private set; } = null!;

    /// <summary>Settings of a worker that asks the same upstreams.</summary>
    internal (string Key, string Value)[] WorkerSettings =>
        [
            ("YouTube:BaseUrl", Upstreams.Address + "/youtube/v3"),
            ("YouTube:ApiKey", "dummy-youtube-key"),
            ("YouTube:OEmbedUrl", ""),
            ("Jobs:PollSeconds", "0.1"),
        ];

    public override async ValueTask InitializeAsync()
    {
        Upstreams = await FakeUpstreams.StartAsync(TestContext.Current.CancellationToken);
        With(Upstreams.Settings);
        With(new Dictionary<string, string?> { ["AI_ENABLED"] = "false" });
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Upstreams.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>An account on a tier; pro has 50 analyses a month, premium any number.</summary>
    internal async Task<ApiUser> UserAsync(string tier = "premium")
    {
        var user = await CreateUserAsync();
        await Database.Db.ExecuteAsync(
            "UPDATE user_subscriptions SET tier = @tier::subscription_tier WHERE user_id = @Id",
            new { tier, user.Id },
            TestContext.Current.CancellationToken
        );
        return user;
    }

    /// <summary>Ids of public videos that this server's YouTube knows.</summary>
    internal string[] Videos(int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => BulkCalls.NewVideoId()).ToArray();
        foreach (var id in ids)
        {
            Upstreams.YouTube.Add(
                id,
                "How to sharpen a kitchen knife with a whetstone",
                "I sharpen a dull chef's knife on a 1000 grit whetstone, then polish it on 6000 grit: soak the stone, find the angle.",
                "PT7M",
                "knife sharpening"
            );
        }

        return ids;
    }
}

internal static class BulkCalls
{
    public const string Path = "/api/v1/analyze/bulk";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string NewVideoId() => RandomNumberGenerator.GetHexString(10) + "A";

    public static async Task<HttpResponseMessage> PostAsync(ApiUser user, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await user.Client.SendAsync(request, Ct);
    }

    /// <summary>Posts what must be accepted; the answer.</summary>
    public static async Task<JsonElement> StartAsync(ApiUser user, object body, string? key = null)
    {
        var response = await PostAsync(user, body, key);
        var answer = await Tokens.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{(int)response.StatusCode}: {answer}");
        Assert.Equal(answer.GetProperty("statusUrl").GetString(), response.Headers.Location?.ToString());
        return answer;
    }

    /// <summary>Posts what must be refused so.</summary>
    public static async Task<JsonElement> RefusedAsync(ApiUser user, object body, HttpStatusCode status, string code, string? key = null)
    {
        var response = await PostAsync(user, body, key);
        var answer = await Tokens.JsonAsync(response);
        Assert.Equal((status, code), (response.StatusCode, answer.GetProperty("code").GetString()));
        return answer;
    }

    public static async Task<JsonElement> GetAsync(ApiUser user, string path)
    {
        var response = await user.Client.GetAsync(path, Ct);
        var answer = await Tokens.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {answer}");
        return answer;
    }

    /// <summary>Waits until nothing of the batch is unfinished and its end is noted; the last answer.</summary>
    public static async Task<JsonElement> EndAsync(ApiUser user, JsonElement accepted)
    {
        object? last = await Eventually.ValueAsync<object>(
            async () =>
            {
                var bulk = await GetAsync(user, accepted.GetProperty("statusUrl").GetString()! + "?limit=100");
                return bulk.GetProperty("bulk").GetProperty("finishedAt").ValueKind == JsonValueKind.Null ? null : bulk;
            },
            "the batch ends"
        );
        return (JsonElement)last;
    }

    public static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static Guid Id(this JsonElement accepted) => accepted.GetProperty("bulkId").GetGuid();
}
