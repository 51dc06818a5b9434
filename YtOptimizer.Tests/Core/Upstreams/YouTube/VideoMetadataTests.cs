using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Core;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Upstreams.YouTube;

/// <summary>Cache → Data API → oEmbed, with what each may and may not say.</summary>
public sealed class VideoMetadataTests(UpstreamFixture fixture) : IClassFixture<UpstreamFixture>, IAsyncLifetime
{
    private const string Id = "dQw4w9WgXcQ";
    private static readonly Dictionary<string, string?> NoKey = new() { ["YOUTUBE_API_KEY"] = null };

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
        RestoreYouTube();

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

    [Fact]
    public async Task ManyReadersOfOneUncachedVideo_OnThreeInstances_AskYouTubeOnceAndNoneFails()
    {
        var sources = Enumerable.Range(0, 3).Select(_ => fixture.Instance(null, time).GetRequiredService<VideoMetadataSource>()).ToList();
        YouTube.Default = Recorded("videos_info_multi.json");
        var lookups = await Task.WhenAll(
            Enumerable.Range(0, 150).Select(i => sources[i % 3].FindAsync("D-lhorsDlUQ", needTitle: true, Ct))
        );
        RestoreYouTube();
        Assert.All(lookups, lookup => Assert.Equal("What are Actions on Google (Assistant on Air)", lookup.Video?.Title));
        Assert.Single(YouTube.Calls);
    }

    [Theory]
    [InlineData("video", null, "video_id_missing")]
    [InlineData("transcript", null, "transcript_too_short")]
    [InlineData("transcript", "  \n\t  ", "transcript_too_short")]
    public async Task NothingToAnalyse_IsSaidAtOnceAndNobodyIsAskedOrBlamed(string kind, string? transcript, string code)
    {
        var assembler = fixture.Instance(null, time).GetRequiredService<InputAssembler>();
        var failure = await Assert.ThrowsAsync<AnalysisException>(() =>
            assembler.AssembleAsync(new AnalysisRequest { Kind = kind, Transcript = transcript }, Ct)
        );
        Assert.Equal((code, false), (failure.Code, failure.IsTransient));
        Assert.DoesNotContain("cannot be asked", failure.Message, StringComparison.Ordinal);
        Assert.Empty(YouTube.Calls);
    }

    [Fact]
    public async Task WritersOfOneVideo_AtOnce_WaitForOneAnother()
    {
        var cache = fixture.Instance(null, time).GetRequiredService<VideoMetadataCache>();
        var videos = Enumerable
            .Range(0, 40)
            .Select(i => new YouTubeVideo
            {
                Title = "t" + i,
                ChannelTitle = "c",
                ViewCount = i,
                Description = "d",
                Tags = ["a"],
            });
        await Task.WhenAll(videos.Select(video => cache.WriteAsync(Id, video, VideoMetadataCache.YouTubeApiSource, Ct)));
        Assert.StartsWith("t", (await cache.ReadAsync(Id, Ct))!.Video!.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SingleFlight_CallersLeave_WorkIsGivenUpWithTheLast()
    {
        var flight = new SingleFlight<int>();
        var (runs, givenUp, go) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        async Task<int> WorkAsync(CancellationToken token)
        {
            Interlocked.Increment(ref runs);
            try
            {
                await go.Task.WaitAsync(token);
                return 7;
            }
            catch (OperationCanceledException)
            {
                givenUp.TrySetResult();
                throw;
            }
        }

        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var one = flight.RunAsync("k", WorkAsync, first.Token);
        var two = flight.RunAsync("k", WorkAsync, second.Token);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(givenUp.Task.IsCompleted);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        await givenUp.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        go.SetResult();
        Assert.Equal(7, await flight.RunAsync("k", WorkAsync, Ct));
        Assert.Equal(2, runs);
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
    public async Task EmptyItems_MeanNotFound_AndAreRememberedForMinutes()
    {
        var source = Source();
        Assert.True((await source.FindAsync(Id, needTitle: true, Ct)).NotFound);
        Assert.True((await source.FindAsync(Id, needTitle: true, Ct)).NotFound);
        Assert.Single(YouTube.Calls);

        YouTube.Add(Id, "Published meanwhile");
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("Published meanwhile", (await source.FindAsync(Id, needTitle: true, Ct)).Video!.Title);
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
    public async Task FreshAnswer_IsSharedByInstances_AndAskedAgainWhenStale()
    {
        YouTube.Add(Id, "First title", "Text", "PT4M", "tag");
        Assert.False((await Source().FindAsync(Id, needTitle: true, Ct)).FromCache);
        var cached = await Source().FindAsync(Id, needTitle: true, Ct);
        Assert.True(cached.FromCache);
        Assert.Equal("youtube_api", cached.Sources["title"]);
        Assert.Equal(["tag"], cached.Video!.Tags);
        Assert.Equal(1000, cached.Video.ViewCount);
        Assert.Single(YouTube.Calls);

        time.Advance(TimeSpan.FromHours(7));
        YouTube.Add(Id, "Second title");
        Assert.Equal("Second title", (await Source().FindAsync(Id, needTitle: true, Ct)).Video!.Title);
    }

    [Fact]
    public async Task TextOnly_KeepsNoStatisticsPastTheirFreshness_AndNothingPastThirtyDays()
    {
        YouTube.Add(Id, "Title");
        await Source().FindAsync(Id, needTitle: true, Ct);
        time.Advance(TimeSpan.FromHours(7));
        YouTube.Enqueue([.. Enumerable.Repeat(FakeReply.Status(503), 3)]);
        var stale = await Source().FindAsync(Id, needTitle: true, Ct);
        Assert.True(stale.Degraded);
        Assert.Equal("Title", stale.Video!.Title);
        Assert.Null(stale.Video.ViewCount);

        time.Advance(TimeSpan.FromDays(30));
        Assert.Null(await Get<VideoMetadataCache>().ReadAsync(Id, Ct));
        Assert.True(await Get<VideoMetadataCache>().PurgeAsync(Ct) > 0);
        Assert.Equal(0, await fixture.Db.ScalarAsync<long>("SELECT count(*) FROM video_metadata_cache", null, Ct));
    }

    [Fact]
    public async Task DerivedMetrics_KeepsStatisticsWithTheMetadata()
    {
        YouTube.Add(Id, "Title");
        Dictionary<string, string?> granted = new() { ["Compliance:Mode"] = "DerivedMetrics" };
        await Source(granted).FindAsync(Id, needTitle: true, Ct);
        time.Advance(TimeSpan.FromHours(7));
        YouTube.Enqueue([.. Enumerable.Repeat(FakeReply.Status(503), 3)]);
        Assert.Equal(1000, (await Source(granted).FindAsync(Id, needTitle: true, Ct)).Video!.ViewCount);
    }

    [Fact]
    public async Task NoKey_OEmbedGivesTitleAndChannel()
    {
        fixture.Upstreams.OEmbed.Default = FakeReply.Json(
            """{"title":"Title by oEmbed","author_name":"A Channel","thumbnail_url":"https://i.ytimg.com/vi/x/hqdefault.jpg","type":"video"}"""
        );
        var lookup = await Source(NoKey).FindAsync(Id, needTitle: true, Ct);
        Assert.Equal("Title by oEmbed", lookup.Video!.Title);
        Assert.Equal("oembed", lookup.Sources["title"]);
        Assert.False(lookup.Degraded);
        Assert.Null(lookup.Video.Description);
        Assert.Empty(YouTube.Calls);
        Assert.Equal("https://www.youtube.com/watch?v=" + Id, fixture.Upstreams.OEmbed.Calls[0].Query["url"]);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task NoKey_OEmbedRefuses_MeansNotFound(int status)
    {
        fixture.Upstreams.OEmbed.Default = FakeReply.Status(status);
        Assert.True((await Source(NoKey).FindAsync(Id, needTitle: true, Ct)).NotFound);
    }

    [Fact]
    public async Task NoKey_OEmbedUnreachable_IsNotAskedForEveryVideo()
    {
        fixture.Upstreams.OEmbed.Default = FakeReply.Status(500);
        var source = Source(NoKey);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null((await source.FindAsync($"video{i:000000}", needTitle: true, Ct)).Video);
        }

        Assert.Equal(5, fixture.Upstreams.OEmbed.Calls.Count);
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

    private void RestoreYouTube() => YouTube.Restore();

    private YouTubeApi Api() => Get<YouTubeApi>();

    private VideoMetadataSource Source(Dictionary<string, string?>? settings = null) => Get<VideoMetadataSource>(settings);

    private T Get<T>(Dictionary<string, string?>? settings = null)
        where T : notnull => fixture.Instance(settings, time).GetRequiredService<T>();
}
