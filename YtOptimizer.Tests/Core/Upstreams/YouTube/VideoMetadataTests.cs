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
    public async Task ManyReadersOfOneUncachedVideo_OnThreeInstances_AskYouTubeOnceAndNoneFails()
    {
        var sources = Enumerable.Range(0, 3).Select(_ => fixture.Instance(null, time).GetRequiredService<VideoMetadataSource>()).ToList();
        YouTube.Default = Recorded("videos_info_multi.json");
        var lookups = await Task.WhenAll(
            Enumerable.Range(0, 150).Select(i => sources[i % 3].FindAsync("D-lhorsDlUQ", needTitle: true, Ct))
        );
        YouTube.Restore();
        Assert.All(lookups, lookup => Assert.Equal("What are Actions on Google (Assistant on Air)", lookup.Video?.Title));
        Assert.Single(YouTube.Calls);
    }

    [Theory]
    [InlineData("video", null, "video_id_missing")]
    [InlineData("transcript", null, "transcript_too_short")]
    [InlineData("transcript", "  \n\t  ", "transcript_too_short")]
    public async Task NothingToAnalyse_IsSaidAtOnceAndNobodyIsAskedOrBlamed(string kind, string? transcript, string code)
    {
        var services = fixture.Instance(null, time);
        var assembler = services.GetRequiredService<InputAssembler>();
        using var limit = services.GetRequiredService<AnalysisDeadline>().Start(Ct);
        var failure = await Assert.ThrowsAsync<AnalysisException>(() =>
            assembler.AssembleAsync(new AnalysisRequest { Kind = kind, Transcript = transcript }, limit, Ct)
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
            """{"title":"Title by oEmbed","author_name":"A """
                + """Channel","thumbnail_url":"https://i.ytimg.com/vi/x/hqdefault.jpg","type":"video"}"""
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

    private static string DataFile(string name) => Repository.PathOf("YtOptimizer.Tests", "Data", "YouTube", name);

    private static FakeReply Recorded(string name) => FakeReply.Json(File.ReadAllText(DataFile(name)));

    private VideoMetadataSource Source(Dictionary<string, string?>? settings = null) => Get<VideoMetadataSource>(settings);

    private T Get<T>(Dictionary<string, string?>? settings = null)
        where T : notnull => fixture.Instance(settings, time).GetRequiredService<T>();
}
