using System.Net;
using System.Security.Cryptography;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.BulkAnalysis;

/// <summary>Playlists and channels, as YouTube's Data API lists them.</summary>
public sealed class BulkListingTests(BulkFixture api) : IClassFixture<BulkFixture>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FakeYouTube YouTube => api.Upstreams.YouTube;

    public async ValueTask InitializeAsync()
    {
        YouTube.Reset();
        await api.Database.Db.ExecuteAsync("TRUNCATE upstream_states, upstream_usage", null, Ct);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("PLtest00000000001", "PLtest00000000001")]
    [InlineData("https://www.youtube.com/playlist?list=PLtest00000000002", "PLtest00000000002")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PLtest00000000003&index=2", "PLtest00000000003")]
    [InlineData("youtu.be/dQw4w9WgXcQ?list=PLtest00000000004", "PLtest00000000004")]
    public async Task Playlist_WithAPrivateVideo_IsListedAndThatIsRefused(string link, string id)
    {
        var videos = api.Videos(2);
        YouTube.Playlists[id] =
        [
            (videos[0], "public"),
            (BulkCalls.NewVideoId(), "private"),
            (videos[1], "unlisted"),
            (videos[0], "public"),
        ];
        var user = await api.UserAsync();
        var accepted = await BulkCalls.StartAsync(user, new { playlist = link });
        Assert.Equal(("playlist", 2, 0), (accepted.Text("source"), accepted.Number("accepted"), accepted.Number("beyondLimit")));
        Assert.Equal("video_not_public", Assert.Single(accepted.GetProperty("refused").EnumerateArray()).Text("code"));
        Assert.Equal(videos[0], Assert.Single(accepted.GetProperty("duplicates").EnumerateArray()).GetString());
        var bulk = (await BulkCalls.GetAsync(user, accepted.Text("statusUrl")!)).GetProperty("bulk");
        Assert.Equal((id, $"Playlist {id}"), (bulk.Text("sourceId"), bulk.Text("title")));
    }

    [Theory]
    [InlineData("@Some.Body", "@Some.Body", "forHandle")]
    [InlineData("https://www.youtube.com/@%E6%96%99%E7%90%86%E4%BA%BA/videos", "@料理人", "forHandle")]
    [InlineData("youtube.com/channel/UC0123456789abcdefghijkl", "UC0123456789abcdefghijkl", "id")]
    [InlineData("UC0123456789abcdefghijkm", "UC0123456789abcdefghijkm", "id")]
    [InlineData("https://www.youtube.com/user/somebody", "somebody", "forUsername")]
    public async Task Channel_ItsNewestVideos_AreTakenUpToTheLimit(string link, string name, string filter)
    {
        var uploads = "UU" + RandomNumberGenerator.GetHexString(22);
        YouTube.Channels[name] = uploads;
        YouTube.Playlists[uploads] = [.. api.Videos(120).Select(id => (id, "public"))];
        var user = await api.UserAsync();
        var accepted = await BulkCalls.StartAsync(user, new { channel = link });
        Assert.Equal(("channel", 50, 70), (accepted.Text("source"), accepted.Number("accepted"), accepted.Number("beyondLimit")));
        Assert.Equal(name, YouTube.Calls[0].Query[filter]);
        var first = (await BulkCalls.GetAsync(user, accepted.Text("statusUrl")!)).GetProperty("items")[0];
        Assert.Equal(YouTube.Playlists[uploads][0].VideoId, first.Text("videoId"));
        // Each call is counted as a unit of YouTube's quota.
        Assert.Equal(2, await api.Database.Db.ScalarAsync<long>("SELECT sum(units) FROM upstream_usage", null, Ct));
    }

    [Fact]
    public async Task Playlist_OfSeveralPages_IsReadToTheEnd()
    {
        await using var many = await ApiFixture.StartAsync(
            new Dictionary<string, string?>(api.Upstreams.Settings)
            {
                ["ConnectionStrings:ytoptimizer"] = api.Database.ConnectionString,
                ["JWT_SECRET"] = api.JwtSecret,
                ["BulkAnalysis:MaxVideos"] = "120",
            }
        );
        YouTube.Playlists["PLpages000000001"] = [.. api.Videos(110).Select(id => (id, "public"))];
        var user = await api.UserAsync();
        var accepted = await BulkCalls.StartAsync(
            user with
            {
                Client = many.ClientFor(user.AccessToken),
            },
            new { playlist = "PLpages000000001" }
        );
        Assert.Equal((110, 0), (accepted.Number("accepted"), accepted.Number("beyondLimit")));
        Assert.Equal(3, YouTube.Calls.Count);
    }

    [Fact]
    public async Task Repeated_WithItsKey_AsksYouTubeOnce()
    {
        YouTube.Playlists["PLkey00000000001"] = [(BulkCalls.NewVideoId(), "public")];
        var user = await api.UserAsync();
        var first = await BulkCalls.StartAsync(user, new { playlist = "PLkey00000000001" }, "k");
        var second = await BulkCalls.StartAsync(user, new { playlist = "https://youtube.com/playlist?list=PLkey00000000001" }, "k");
        Assert.Equal(first.Id(), second.Id());
        Assert.Single(YouTube.Calls);
    }

    [Fact]
    public async Task NotThere_Is404_AndNothingPublicIs400()
    {
        var user = await api.UserAsync();
        await BulkCalls.RefusedAsync(user, new { playlist = "PLmissing00000001" }, HttpStatusCode.NotFound, "playlist_not_found");
        await BulkCalls.RefusedAsync(user, new { channel = "@nobody" }, HttpStatusCode.NotFound, "channel_not_found");
        YouTube.Channels["@empty"] = "UUempty000000000000000000";
        await BulkCalls.RefusedAsync(user, new { channel = "@empty" }, HttpStatusCode.BadRequest, "no_valid_videos");
        YouTube.Playlists["PLprivate00000001"] = [(BulkCalls.NewVideoId(), "private")];
        await BulkCalls.RefusedAsync(user, new { playlist = "PLprivate00000001" }, HttpStatusCode.BadRequest, "no_valid_videos");
    }

    [Fact]
    public async Task Tier_WithoutBulk_CostsYouTubeNothing()
    {
        await BulkCalls.RefusedAsync(
            await api.UserAsync("free"),
            new { channel = "@somebody" },
            HttpStatusCode.Forbidden,
            "bulk_not_in_plan"
        );
        Assert.Empty(YouTube.Calls);
    }

    [Fact]
    public async Task YouTube_QuotaUsedUp_Is503WithTheTimeOfItsReturn()
    {
        YouTube.Enqueue(FakeYouTube.Error(403, "quotaExceeded"));
        var user = await api.UserAsync();
        var response = await BulkCalls.PostAsync(user, new { playlist = "PLquota0000000001" });
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "youtube_unavailable"),
            (response.StatusCode, (await Tokens.JsonAsync(response)).Text("code"))
        );
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalHours, 0, 25);
        // Links need no quota of YouTube.
        await BulkCalls.StartAsync(user, new { videos = api.Videos(1) });
    }

    [Fact]
    public async Task Key_RefusedOrAbsent_Is400AndNamesTheSetting()
    {
        YouTube.Enqueue(FakeYouTube.Error(400, "keyInvalid"));
        var user = await api.UserAsync();
        var refused = await BulkCalls.RefusedAsync(
            user,
            new { playlist = "PLkeyless00000001" },
            HttpStatusCode.BadRequest,
            "youtube_api_not_configured"
        );
        Assert.Contains("YOUTUBE_API_KEY", refused.Text("detail"), StringComparison.Ordinal);

        await using var keyless = await ApiFixture.StartAsync(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:ytoptimizer"] = api.Database.ConnectionString,
                ["JWT_SECRET"] = api.JwtSecret,
            }
        );
        var absent = await BulkCalls.RefusedAsync(
            user with
            {
                Client = keyless.ClientFor(user.AccessToken),
            },
            new { channel = "@somebody" },
            HttpStatusCode.BadRequest,
            "youtube_api_not_configured"
        );
        Assert.Contains("YOUTUBE_API_KEY", absent.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("videos", absent.Text("detail"), StringComparison.Ordinal);
    }
}
