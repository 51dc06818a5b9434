using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Worker;

/// <summary>What the token ledger holds of a call whose worker was killed.</summary>
public sealed class LedgerAfterKillTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_WhileTheModelAnswers_TheNextWorkerFinishes_AndTheLedgerHoldsTheBill()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstreams = await FakeUpstreams.StartAsync(Ct);
        await using var rig = new QueueRig(database);
        upstreams.YouTube.Add(
            "dQw4w9WgXcQ",
            "Pruning tomato plants in summer",
            "We prune tomato plants step by step in the summer garden. You see which side shoots to remove.",
            "PT4M",
            "tomato"
        );
        // Billed, but nobody lives to read it.
        upstreams.OpenAi.Chat.Enqueue(upstreams.OpenAi.BilledThenSilent(promptTokens: 700, completionTokens: 300));
        upstreams.OpenAi.Chat.Default = upstreams.OpenAi.Answer(Suggestions.Answer(), promptTokens: 650, completionTokens: 250);
        var job = await rig.EnqueueAsync(
            await rig.UserAsync(),
            AnalysisKinds.Video,
            payload: """{"kind":"video","url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ","videoId":"dQw4w9WgXcQ"}"""
        );
        await using (var first = StartedWorker.Start(database, upstreams))
        {
            await Eventually.TrueAsync(
                () => Task.FromResult(upstreams.OpenAi.BilledTokens == 1000),
                "the model is asked",
                TimeSpan.FromSeconds(60)
            );
            await first.KillAsync();
        }

        await using var second = StartedWorker.Start(database, upstreams);
        await Eventually.TrueAsync(
            async () => (await rig.RowAsync(job))!.Status == JobStatus.Completed,
            "another worker finishes the job",
            TimeSpan.FromSeconds(90)
        );
        await second.KillAsync();
        Assert.Equal(
            900,
            await database.Db.ScalarAsync<long>("SELECT sum(total_tokens) FROM llm_calls WHERE status = 'settled'", null, Ct)
        );
        Assert.Equal(1, await database.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status <> 'settled'", null, Ct));

        // What the killed process left open counts with its upper bound once its time is over.
        await database.Db.ExecuteAsync("UPDATE llm_calls SET deadline_at = now() - interval '1 second' WHERE status = 'intent'", null, Ct);
        await using var survivor = await TestWorker.StartAsync(database);
        await survivor.Services.GetRequiredService<AiUsageLedger>().ReconcileAsync(Ct);
        Assert.Equal(0, await database.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status = 'intent'", null, Ct));
        Assert.Equal(
            1,
            await database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM llm_calls WHERE status = 'unknown' AND total_tokens = reserved_tokens",
                null,
                Ct
            )
        );
        Assert.True(
            await database.Db.ScalarAsync<long>("SELECT sum(total_tokens) FROM user_token_usage", null, Ct) >= upstreams.OpenAi.BilledTokens
        );
    }
}
