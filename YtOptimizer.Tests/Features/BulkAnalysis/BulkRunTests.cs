using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CsvHelper;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.BulkAnalysis;

/// <summary>What workers make of a batch: results, cancelling, restarting, and what is left when the account goes.</summary>
public sealed class BulkRunTests(BulkFixture api) : IClassFixture<BulkFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_LongerThanItsShareOfTheQueue_IsAnalysedAndExported()
    {
        var user = await api.UserAsync("pro");
        var ids = api.Videos(14);
        var unknown = BulkCalls.NewVideoId();
        var accepted = await BulkCalls.StartAsync(user, new { videos = ids.Append(unknown).Append("nothing") });
        await using var worker = await TestWorker.StartAsync(api.Database, null, null, api.WorkerSettings);

        var ended = await BulkCalls.EndAsync(user, accepted);
        var bulk = ended.GetProperty("bulk");
        Assert.Equal(
            ("completed", 15, 14, 1, 1, 100),
            (
                bulk.Text("status"),
                bulk.Number("total"),
                bulk.Number("completed"),
                bulk.Number("failed"),
                bulk.Number("refused"),
                bulk.Number("percent")
            )
        );
        Assert.Equal("video_not_found", ended.GetProperty("items")[14].Text("errorCode"));
        Assert.NotEqual(JsonValueKind.Null, ended.GetProperty("items")[0].GetProperty("auditId").ValueKind);

        var results = await BulkCalls.GetAsync(user, accepted.Text("statusUrl") + "/results.json");
        Assert.Equal(16, results.GetArrayLength());
        Assert.Equal((ids[0], "completed"), (results[0].Text("videoId"), results[0].Text("status")));
        Assert.Equal(results[0].GetProperty("suggestedTitles")[0].GetString(), results[0].Text("bestTitle"));
        Assert.InRange(results[0].Number("score"), 1, 100);
        Assert.NotEqual(0, results[0].GetProperty("suggestedTags").GetArrayLength());
        Assert.Equal(("refused", "nothing"), (results[15].Text("status"), results[15].Text("url")));

        using var csv = await user.Client.GetAsync(accepted.Text("statusUrl") + "/results.csv", Ct);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"ytoptimizer-bulk-{accepted.Id()}.csv", csv.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var bytes = await csv.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal(Encoding.UTF8.Preamble, bytes.AsSpan(0, 3));
        var lines = Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n");
        Assert.Equal("video id,url,status,title,score,best suggested title,tags,error", lines[0]);
        Assert.StartsWith($"{ids[0]},https://www.youtube.com/watch?v={ids[0]},completed,", lines[1], StringComparison.Ordinal);
        Assert.Equal((18, ""), (lines.Length, lines[^1]));

        // One place of the plan for each video that was analysed, and one card for the whole.
        Assert.Equal(
            "14 charged, 1 refunded; Bulk analysis completed",
            await api.Database.Db.ScalarAsync<string>(
                """
                SELECT (SELECT string_agg(n || ' ' || state, ', ' ORDER BY state) FROM (SELECT state, count(*) AS n FROM quota_reservations
                    WHERE user_id = @Id GROUP BY state) s)
                    || '; ' || (SELECT string_agg(title, ', ') FROM notifications WHERE user_id = @Id AND type = 'processing')
                """,
                new { user.Id },
                Ct
            )
        );
    }

    [Fact]
    public async Task Csv_TextsThatBeginLikeFormulas_AreText()
    {
        var user = await api.UserAsync();
        var accepted = await BulkCalls.StartAsync(
            user,
            new { videos = new[] { api.Videos(1)[0], "=HYPERLINK(\"https://example.com\")", "@SUM(A1)", "-1+2", "+3", "a\",\nb" } }
        );
        await api.Database.Db.ExecuteAsync(
            """
            UPDATE job_queue SET status = 'completed' WHERE user_id = @Id;
            INSERT INTO audits (user_id, job_id, video_url, video_title, ai_titles, ai_tags, score)
            SELECT user_id, id, 'x', E'\tTabbed', ARRAY['=1+1', 'second'], ARRAY['-a', 'b'], 50 FROM job_queue WHERE user_id = @Id
            """,
            new { user.Id },
            Ct
        );
        var text = await user.Client.GetStringAsync(accepted.Text("statusUrl") + "/results.csv", Ct);
        using var csv = new CsvParser(new StringReader(text), CultureInfo.InvariantCulture);
        var rows = new List<string[]>();
        while (await csv.ReadAsync())
        {
            rows.Add(csv.Record!);
        }

        Assert.Equal(["completed", "'\tTabbed", "50", "'=1+1", "'-a, b", ""], rows[1][2..]);
        Assert.Equal(["'=HYPERLINK(\"https://example.com\")", "'@SUM(A1)", "'-1+2", "'+3", "a\",\nb"], rows.Skip(2).Select(row => row[1]));
    }

    [Fact]
    public async Task Cancel_StopsWhatWaitsAndRuns_KeepsWhatIsDone_AndGivesThePlacesBack()
    {
        var user = await api.UserAsync("pro");
        var accepted = await BulkCalls.StartAsync(user, new { videos = api.Videos(30) });
        await using var rig = new QueueRig(api.Database);
        var mine = (await rig.Leases.ClaimAsync("w", 100, 1, Ct)).Where(job => job.UserId == user.Id).ToList();
        Assert.Equal(5, mine.Count);
        Assert.True(await rig.Leases.CompleteAsync(mine[0].Lease, null, null, _ => Task.CompletedTask, Ct));
        var running = (await BulkCalls.GetAsync(user, accepted.Text("statusUrl")!)).GetProperty("bulk");
        Assert.Equal(("processing", 4, 1), (running.Text("status"), running.Number("processing"), running.Number("completed")));

        using var cancel = await user.Client.PostAsync(accepted.Text("statusUrl") + "/cancel", null, Ct);
        var answer = await Tokens.JsonAsync(cancel);
        Assert.Equal(
            (HttpStatusCode.OK, true, 29),
            (cancel.StatusCode, answer.GetProperty("cancelled").GetBoolean(), answer.Number("videos"))
        );
        // The claim's fence is closed.
        Assert.False(await rig.Leases.CompleteAsync(mine[1].Lease, null, null, _ => Task.CompletedTask, Ct));
        await rig.Feeder.RunAsync(Ct);

        var bulk = (await BulkCalls.GetAsync(user, accepted.Text("statusUrl")!)).GetProperty("bulk");
        Assert.Equal(
            ("cancelled", 1, 29, 100),
            (bulk.Text("status"), bulk.Number("completed"), bulk.Number("cancelled"), bulk.Number("percent"))
        );
        Assert.NotEqual(JsonValueKind.Null, bulk.GetProperty("finishedAt").ValueKind);
        Assert.Equal(
            "1 29 0",
            await api.Database.Db.ScalarAsync<string>(
                """
                SELECT (SELECT count(*) FROM quota_reservations WHERE user_id = @Id AND state = 'charged') || ' '
                    || (SELECT count(*) FROM quota_reservations WHERE user_id = @Id AND state = 'refunded') || ' '
                    || (SELECT count(*) FROM job_queue WHERE user_id = @Id AND status IN ('pending', 'processing'))
                """,
                new { user.Id },
                Ct
            )
        );
        var again = await Tokens.JsonAsync(await user.Client.PostAsync(accepted.Text("statusUrl") + "/cancel", null, Ct));
        Assert.Equal((false, 0), (again.GetProperty("cancelled").GetBoolean(), again.Number("videos")));
    }

    [Fact]
    public async Task FailedVideo_Restarted_OpensItsBatchAgain()
    {
        var user = await api.UserAsync();
        var accepted = await BulkCalls.StartAsync(user, new { videos = api.Videos(1) });
        await using var rig = new QueueRig(api.Database);
        var job = (await rig.Leases.ClaimAsync("w", 100, 1, Ct)).Single(claimed => claimed.UserId == user.Id);
        Assert.True(await rig.Leases.FailAsync(job.Lease, "video_not_found", "It is gone.", null, null, Ct));
        await rig.Feeder.RunAsync(Ct);
        var failed = await BulkCalls.GetAsync(user, accepted.Text("statusUrl")!);
        Assert.Equal("failed", failed.GetProperty("bulk").Text("status"));
        Assert.Equal("video_not_found", failed.GetProperty("items")[0].Text("errorCode"));

        using var restart = await user.Client.PostAsync($"/api/v1/analyze/job/{job.Id}/restart", null, Ct);
        Assert.True(restart.IsSuccessStatusCode);
        var open = (await BulkCalls.GetAsync(user, accepted.Text("statusUrl")!)).GetProperty("bulk");
        Assert.Equal(("pending", JsonValueKind.Null), (open.Text("status"), open.GetProperty("finishedAt").ValueKind));
        var second = (await rig.Leases.ClaimAsync("w", 100, 1, Ct)).Single(claimed => claimed.UserId == user.Id);
        Assert.True(await rig.Leases.CompleteAsync(second.Lease, null, null, _ => Task.CompletedTask, Ct));
        await rig.Feeder.RunAsync(Ct);
        Assert.Equal("completed", (await BulkCalls.GetAsync(user, accepted.Text("statusUrl")!)).GetProperty("bulk").Text("status"));
    }

    [Fact]
    public async Task Retention_FinishedLongAgo_IsDeletedAndTheAnalysesStay()
    {
        var user = await api.UserAsync();
        var (old, fresh) = (
            await BulkCalls.StartAsync(user, new { videos = api.Videos(1) }),
            await BulkCalls.StartAsync(user, new { videos = api.Videos(1) })
        );
        await api.Database.Db.ExecuteAsync(
            "UPDATE bulk_analyses SET finished_at = now() - interval '91 days' WHERE id = @id",
            new { id = old.Id() },
            Ct
        );
        await using var rig = new QueueRig(api.Database);
        Assert.Equal(1, await rig.Bulk.PurgeBatchAsync(Ct));
        Assert.Equal(HttpStatusCode.NotFound, (await user.Client.GetAsync(old.Text("statusUrl"), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await user.Client.GetAsync(fresh.Text("statusUrl"), Ct)).StatusCode);
        Assert.Equal(2, await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM job_queue WHERE user_id = @Id", new { user.Id }, Ct));
    }

    [Fact]
    public async Task Account_DeletedWhileABatchRuns_LeavesNothing()
    {
        var user = await api.UserAsync();
        await BulkCalls.StartAsync(user, new { videos = api.Videos(30) });
        await api.Database.Db.ExecuteAsync("DELETE FROM profiles WHERE id = @Id", new { user.Id }, Ct);
        await using var rig = new QueueRig(api.Database);
        await rig.Feeder.RunAsync(Ct);
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<long>(
                """
                SELECT (SELECT count(*) FROM bulk_analyses WHERE user_id = @Id)
                    + (SELECT count(*) FROM bulk_analysis_items WHERE user_id = @Id)
                    + (SELECT count(*) FROM job_queue WHERE user_id = @Id) + (SELECT count(*) FROM quota_reservations WHERE user_id = @Id)
                """,
                new { user.Id },
                Ct
            )
        );
    }
}
