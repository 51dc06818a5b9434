using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>YouTube's texts go after 30 days, also from the log of analyses; what users sent stays.</summary>
public sealed class ApiDataRetentionTests(UpstreamFixture fixture) : IClassFixture<UpstreamFixture>
{
    private const string LogSql = """
        INSERT INTO video_analysis_logs (user_id, job_id, video_id, video_url, video_title, analysis_type, status, created_at)
        VALUES (@user, @job, 'dQw4w9WgXcQ', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', @title, @type, 'completed',
            now() - make_interval(days => @days))
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Purge_LogsOfVideos_LoseTheirTitleAfter30Days()
    {
        var user = await fixture.UserAsync();
        foreach (
            var (type, title, days) in new[]
            {
                (AnalysisKinds.LogTypeOf(AnalysisKinds.Video), "old video", 31),
                (AnalysisKinds.LogTypeOf(AnalysisKinds.Video), "young video", 29),
                (AnalysisKinds.LogTypeOf(AnalysisKinds.Transcript), "old transcript", 31),
                (AnalysisKinds.LogTypeOf(AnalysisKinds.Upload), "old upload", 31),
            }
        )
        {
            await fixture.Db.ExecuteAsync(
                LogSql,
                new
                {
                    user,
                    job = Guid.CreateVersion7(),
                    title,
                    type,
                    days,
                },
                Ct
            );
        }

        await fixture.Instance().GetRequiredService<ApiDataRetention>().PurgeAsync(Ct);

        Assert.Equal(
            ["old transcript", "old upload", "young video"],
            await fixture.Db.QueryAsync<string>(
                "SELECT video_title FROM video_analysis_logs WHERE user_id = @user AND video_title IS NOT NULL ORDER BY video_title",
                new { user },
                Ct
            )
        );
    }
}
