using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <content>The other titles of the video's channel.</content>
public sealed partial class AnalysisPipelineTests
{
    private const string OwnChannel = "UC_test_channel_0000000000";

    [Fact]
    public async Task OtherTitles_AreThoseOfTheUsersVideosOfTheSameChannel_NewestFirst()
    {
        var services = fixture.Instance(null);
        var someoneElse = await fixture.UserAsync();
        await KnowAsync(services, user, "aaaaaaaaaaa", OwnChannel, "Sowing tomato seeds | Garden Year", 3);
        await KnowAsync(services, user, "bbbbbbbbbbb", OwnChannel, "Feeding tomato plants | Garden Year", 2);
        await KnowAsync(services, user, "bbbbbbbbbbb", OwnChannel, "Feeding tomatoes | Garden Year", 1);
        await KnowAsync(services, user, "ccccccccccc", "UC_another_channel_000000", "Concrete stairs", 1);
        await KnowAsync(services, someoneElse, "ddddddddddd", OwnChannel, "Not analysed by this user", 1);
        await KnowAsync(services, user, Id, OwnChannel, Title, 1);
        fixture.Upstreams.YouTube.Add(Id, Title, Description, "PT12M", "tomato");

        var outcome = await RunAsync(Request, services: services);

        Assert.Equal(["Feeding tomatoes | Garden Year", "Sowing tomato seeds | Garden Year"], outcome.Input.OtherTitles);
        Assert.Contains(outcome.Result.Checks, check => check is { Id: "N", Applicable: true });
    }

    [Fact]
    public async Task OtherTitles_GrownSince_DoNotAskTheModelAgain()
    {
        var services = fixture.Instance(null);
        fixture.Upstreams.YouTube.Add(Id, Title, Description, "PT12M", "tomato");
        Assert.Equal("llm", (await RunAsync(Request, services: services)).SuggestionOrigin);
        await KnowAsync(services, user, "aaaaaaaaaaa", OwnChannel, "Sowing tomato seeds | Garden Year", 1);

        var again = await RunAsync(Request, services: services);

        Assert.NotEmpty(again.Input.OtherTitles);
        Assert.Equal("cache", again.SuggestionOrigin);
    }

    [Fact]
    public async Task Titles_OfAUserWhoImportedAChannel_CarryItsPredictions()
    {
        var services = fixture.Instance(null);
        fixture.Upstreams.YouTube.Add(Id, Title, Description, "PT12M", "tomato");
        var without = await RunAsync(Request, services: services);
        Assert.All(without.Result.Titles, title => Assert.Null(title.Channel));
        Assert.DoesNotContain(
            "\"channel\":",
            JsonSerializer.Serialize(without.Result.Titles, AnalysisJson.Options),
            StringComparison.Ordinal
        );
        await fixture.Db.ExecuteAsync(
            """
            INSERT INTO channel_videos (user_id, video_id, title, published_at, views, imported_at)
            SELECT @user, 'v' || lpad(i::text, 10, '0'), CASE i % 2 WHEN 0 THEN @title ELSE 'Repairing bicycle brakes at home' END,
                now() - make_interval(days => i), 100 + i * 7 % 50, now()
            FROM generate_series(1, 60) AS i
            """,
            new { user, title = Title },
            Ct
        );

        var outcome = await RunAsync(Request, services: services);

        Assert.NotEmpty(outcome.Result.Titles);
        Assert.All(outcome.Result.Titles, title => Assert.Equal(title.Text, title.Channel?.Title));
        Assert.Contains(outcome.Result.Titles, title => title.Channel is { Basis: PredictionBasis.Neighbours, Neighbours.Count: > 0 });
        Assert.Equal(without.Result.Titles.Select(title => title.Text), outcome.Result.Titles.Select(title => title.Text));
    }

    private async Task KnowAsync(IServiceProvider services, Guid owner, string videoId, string channelId, string title, int daysAgo)
    {
        await services
            .GetRequiredService<VideoMetadataCache>()
            .WriteAsync(videoId, new YouTubeVideo { ChannelId = channelId, Title = title }, VideoMetadataCache.YouTubeApiSource, Ct);
        await fixture.Db.ExecuteAsync(
            """
            INSERT INTO audits (user_id, video_id, video_url, video_title, created_at)
            VALUES (@owner, @videoId, 'https://www.youtube.com/watch?v=' || @videoId, @title, now() - make_interval(days => @daysAgo))
            """,
            new
            {
                owner,
                videoId,
                title,
                daysAgo,
            },
            Ct
        );
    }
}
