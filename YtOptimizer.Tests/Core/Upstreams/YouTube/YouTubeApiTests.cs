using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Upstreams.YouTube;

/// <summary>What the Data API answers, refuses and counts.</summary>
public sealed class YouTubeApiTests(UpstreamFixture fixture) : IClassFixture<UpstreamFixture>, IAsyncLifetime
{
    private const string Id = "dQw4w9WgXcQ";

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FakeYouTube YouTube => fixture.Upstreams.YouTube;

    public async ValueTask InitializeAsync() => await fixture.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task RecordedAnswer_AllFields_AreRead()
    {
        YouTube.Default = Recorded("videos_info_multi.json");
        var videos = await Api().ListAsync(["D-lhorsDlUQ", "ovdbrdCIP7U"], Ct);
        YouTube.Restore();

        Assert.Equal(2, videos.Count);
        var video = videos["D-lhorsDlUQ"];
        Assert.Equal("What are Actions on Google (Assistant on Air)", video.Title);
        Assert.Equal("Google Developers", video.ChannelTitle);
        Assert.Equal("UC_x5XG1OV2P6uZZ5FSM9Ttw", video.ChannelId);
        Assert.Equal(20, video.Tags!.Count);
        Assert.Equal("en", video.DefaultLanguage);
        Assert.Equal("https://i.ytimg.com/vi/D-lhorsDlUQ/maxresdefault.jpg", video.ThumbnailUrl);
        Assert.Equal(1280, video.ThumbnailWidth);
        Assert.Equal("28", video.CategoryId);
        Assert.Equal("none", video.LiveBroadcast);
        Assert.Null(video.LikeCount); // not recorded: unknown, never zero
    }

    [Theory]
    [InlineData("error_response.json", 400, YouTubeFailure.Configuration)]
    [InlineData("error_permission_resp.json", 403, YouTubeFailure.Transient)]
    [InlineData("error_response_simple.json", 400, YouTubeFailure.Refused)]
    public async Task RecordedError_IsMapped(string file, int status, YouTubeFailure expected)
    {
        YouTube.Enqueue([.. Enumerable.Repeat(FakeReply.Json(File.ReadAllText(DataFile(file)), status), 3)]);
        var failure = await Assert.ThrowsAsync<YouTubeApiException>(() => Api().ListAsync([Id], Ct));
        Assert.Equal(expected, failure.Failure);
        Assert.Equal(expected == YouTubeFailure.Transient ? 3 : 1, YouTube.Calls.Count);
    }

    [Fact]
    public async Task QuotaExceeded_IsNotAskedAgainByAnyInstance_UntilMidnightInLosAngeles()
    {
        YouTube.Add(Id, "Title from the API");
        YouTube.Enqueue(FakeYouTube.Error(403, "quotaExceeded"));
        var first = Source();
        var lookup = await first.FindAsync(Id, needTitle: true, Ct);
        Assert.True(lookup.Degraded);
        Assert.Equal("quotaExceeded", lookup.DegradedReason);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), lookup.RetryAt);

        time.SetUtcNow(new DateTimeOffset(2026, 11, 24, 7, 59, 59, TimeSpan.Zero));
        Assert.True((await Source().FindAsync(Id, needTitle: true, Ct)).Degraded);
        Assert.Single(YouTube.Calls);

        time.SetUtcNow(new DateTimeOffset(2026, 11, 24, 8, 0, 1, TimeSpan.Zero));
        var after = await Source().FindAsync(Id, needTitle: true, Ct);
        Assert.False(after.Degraded);
        Assert.Equal("Title from the API", after.Video!.Title);
    }

    [Theory]
    [InlineData("2026-03-08T09:00:00Z", "2026-03-09T07:00:00Z")] // the day with 23 hours
    [InlineData("2026-11-01T08:00:00Z", "2026-11-02T08:00:00Z")] // the day with 25 hours
    [InlineData("2026-07-01T06:59:59Z", "2026-07-01T07:00:00Z")]
    public void QuotaReset_IsTheNextMidnightInLosAngeles(string now, string expected) =>
        Assert.Equal(Utc(expected), YouTubeApi.QuotaReset(Utc(now)));

    [Fact]
    public async Task RefusedKey_IsNotRetried_AndAnotherKeyIsTriedAtOnce()
    {
        YouTube.Add(Id, "Title from the API");
        YouTube.Enqueue(FakeYouTube.Error(400, "keyInvalid"));
        Assert.Equal("keyInvalid", (await Source().FindAsync(Id, needTitle: true, Ct)).DegradedReason);
        await Source().FindAsync(Id, needTitle: true, Ct);
        Assert.Single(YouTube.Calls);

        var other = Source(new() { ["YOUTUBE_API_KEY"] = "another-dummy-key" });
        Assert.Equal("Title from the API", (await other.FindAsync(Id, needTitle: true, Ct)).Video!.Title);
    }

    [Fact]
    public async Task ConcurrentLookups_ShareCallsOfFifty_AndOneIdIsAskedOnce()
    {
        var ids = Enumerable.Range(0, 120).Select(number => $"video{number:000000}").ToList();
        foreach (var id in ids)
        {
            YouTube.Add(id, "Title of " + id);
        }

        var batcher = Get<YouTubeBatcher>(new() { ["YouTube:BatchWindow"] = "00:00:00.200" });
        var videos = await Task.WhenAll(ids.Concat(ids).Select(id => batcher.GetAsync(id, Ct)));

        Assert.All(videos.Zip(ids.Concat(ids)), pair => Assert.Equal("Title of " + pair.Second, pair.First!.Title));
        Assert.Equal(3, YouTube.Calls.Count);
        Assert.All(YouTube.Calls, call => Assert.InRange(call.Query["id"].Split(',').Length, 1, 50));
        Assert.Equal(3, await fixture.Db.ScalarAsync<long>("SELECT units FROM upstream_usage WHERE upstream = 'youtube'", null, Ct));
    }

    [Fact]
    public async Task ServerError_IsRetried()
    {
        YouTube.Add(Id, "Title");
        YouTube.Enqueue(FakeReply.Status(500), FakeReply.Reset());
        Assert.Equal("Title", (await Source().FindAsync(Id, needTitle: true, Ct)).Video!.Title);
        Assert.Equal(3, YouTube.Calls.Count);
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string DataFile(string name) => Repository.PathOf("YtOptimizer.Tests", "Data", "YouTube", name);

    private static FakeReply Recorded(string name) => FakeReply.Json(File.ReadAllText(DataFile(name)));

    private YouTubeApi Api() => Get<YouTubeApi>();

    private VideoMetadataSource Source(Dictionary<string, string?>? settings = null) => Get<VideoMetadataSource>(settings);

    private T Get<T>(Dictionary<string, string?>? settings = null)
        where T : notnull => fixture.Instance(settings, time).GetRequiredService<T>();
}
