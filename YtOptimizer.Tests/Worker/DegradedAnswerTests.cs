using System.Text.Json;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.ServiceDefaults.Configuration;
using YtOptimizer.Tests.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Worker;

/// <summary>What a job costs while the model server is away, and what it leaves behind.</summary>
public sealed class DegradedAnswerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outage_JobFinishesMarked_Uncharged_Uncached_AndTheNextOneIsWhole()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        await using var rig = new QueueRig(database);
        var user = await rig.UserAsync();
        upstreams.OpenAi.Chat.Default = FakeOpenAi.Error(503, "overloaded");
        await using var worker = await TestWorker.StartAsync(database, settings: [.. Settings(upstreams)]);

        var degraded = await EnqueueAsync(rig, user, "Pruning tomato plants in summer");
        await Eventually.TrueAsync(
            async () => (await rig.RowAsync(degraded))!.Status == JobStatus.Completed,
            "the job finishes without the model"
        );
        Assert.Equal("refunded", (await rig.RowAsync(degraded))!.Quota);
        using var analysis = JsonDocument.Parse(
            (await database.Db.ScalarAsync<string>("SELECT analysis::text FROM audits WHERE job_id = @degraded", new { degraded }, Ct))!
        );
        Assert.True(analysis.RootElement.GetProperty("degraded").GetBoolean());
        Assert.Equal("server_error", analysis.RootElement.GetProperty("degradedReason").GetString());
        Assert.Equal(0, await database.Db.ScalarAsync<long>("SELECT count(*) FROM suggestion_cache", null, Ct));
        Assert.Equal(0, await database.Db.ScalarAsync<long>("SELECT COALESCE(sum(total_tokens), 0) FROM user_token_usage", null, Ct));

        upstreams.OpenAi.Chat.Default = upstreams.OpenAi.Answer(Suggestions.Answer());
        var whole = await EnqueueAsync(rig, user, "Pruning tomato plants in autumn");
        await Eventually.TrueAsync(async () => (await rig.RowAsync(whole))!.Status == JobStatus.Completed, "the next job finishes");
        Assert.Equal("charged", (await rig.RowAsync(whole))!.Quota);
    }

    [Theory]
    [InlineData("circuit_open", true)]
    [InlineData("quotaExceeded", true)]
    [InlineData("spend_cap_user", false)]
    [InlineData("refused", false)]
    [InlineData("invalid_answer", false)]
    public void IsFree_OnlyWhatWasNotTheUsers(string reason, bool expected) =>
        Assert.Equal(expected, Outcome(degraded: true, reason).IsFree);

    [Fact]
    public void IsFree_WholeAnswer_IsNot() => Assert.False(Outcome(degraded: false, null).IsFree);

    private static AnalysisOutcome Outcome(bool degraded, string? reason) =>
        new()
        {
            Result = null!,
            Input = new VideoInput { Title = "t" },
            VideoUrl = "",
            Degraded = degraded,
            DegradedReason = reason,
        };

    private static Task<Guid> EnqueueAsync(QueueRig rig, Guid user, string title) =>
        rig.EnqueueAsync(
            user,
            AnalysisKinds.Video,
            payload: JsonSerializer.Serialize(
                new
                {
                    kind = "video",
                    metadata = new
                    {
                        title,
                        description = "We prune tomato plants step by step in the garden. You see which side shoots to remove.",
                    },
                }
            )
        );

    // One attempt per question, so that the breaker stays closed.
    private static IEnumerable<(string Key, string Value)> Settings(FakeUpstreams upstreams) =>
        upstreams
            .Settings.Select(setting => (EnvironmentVariableMap.All.First(plain => plain.Name == setting.Key).Key, setting.Value!))
            .Append(("OpenAi:MaxAttempts", "1"));
}
