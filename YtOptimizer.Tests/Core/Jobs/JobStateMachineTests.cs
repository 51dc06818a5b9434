using CsCheck;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Jobs;

/// <summary>Random histories of a few jobs, run against PostgreSQL and against a model of twenty lines.</summary>
public class JobStateMachineTests(QueueDatabase fixture) : IClassFixture<QueueDatabase>
{
    private static readonly string[] Steps =
    [
        "enqueue",
        "claim",
        "complete",
        "fail",
        "retry",
        "defer",
        "release",
        "progress",
        "heartbeat",
        "cancel",
        "restart",
        "lapse",
        "zombie",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Histories_Random_AgreeWithTheModel()
    {
        await using var rig = new QueueRig(fixture.Database, ("Jobs:UserRunning", "100"));
        var step = Gen.Select(Gen.Int[0, Steps.Length - 1].Select(i => Steps[i]), Gen.Int[0, 3]);
        await step.List[1, 40].SampleAsync(history => RunAsync(rig, history), iter: 60, threads: 1);
    }

    private static async Task<bool> RunAsync(QueueRig rig, List<(string Step, int Job)> history)
    {
        var user = await rig.UserAsync();
        var jobs = new List<Model>();
        foreach (var (step, index) in history)
        {
            if (step == "enqueue")
            {
                jobs.Add(new Model(await rig.EnqueueAsync(user)));
            }
            else if (jobs.Count > 0)
            {
                await ApplyAsync(rig, user, step, jobs[index % jobs.Count], jobs);
            }

            foreach (var job in jobs)
            {
                await CheckAsync(rig, job);
            }
        }

        await rig.Db.ExecuteAsync("DELETE FROM job_queue WHERE user_id = @user", new { user }, Ct);
        return true;
    }

    private static async Task ApplyAsync(QueueRig rig, Guid user, string step, Model job, List<Model> jobs)
    {
        var lease = job.Lease ?? new JobLease(job.Id, -1);
        var held = job.Status == JobStatus.Processing;
        switch (step)
        {
            case "claim":
                // Each claim by a worker of its own: what a lapse says of one must not touch the others.
                foreach (var claimed in await rig.Leases.ClaimAsync(Guid.CreateVersion7().ToString(), 1, 1, Ct))
                {
                    var taken = jobs.Single(candidate => candidate.Id == claimed.Id);
                    Assert.Equal(JobStatus.Pending, taken.Status);
                    (taken.Status, taken.Old, taken.Lease) = (JobStatus.Processing, taken.Lease, claimed.Lease);
                    Assert.Equal(++taken.Attempts, claimed.Attempt);
                }

                break;
            case "complete":
                Assert.Equal(held, await rig.Leases.CompleteAsync(lease, null, null, _ => Task.CompletedTask, Ct));
                job.End(held, JobStatus.Completed, "charged");
                break;
            case "fail":
                Assert.Equal(held, await rig.Leases.FailAsync(lease, "code", "message", null, null, Ct));
                job.End(held, JobStatus.Failed, "refunded");
                break;
            case "retry":
                Assert.Equal(held, await rig.Leases.RetryAsync(lease, TimeSpan.Zero, false, "code", "message", Ct));
                job.End(held, JobStatus.Pending, "reserved");
                break;
            case "defer":
                Assert.Equal(held, await rig.Leases.RetryAsync(lease, TimeSpan.Zero, true, "code", "message", Ct));
                job.Attempts -= held ? 1 : 0;
                job.End(held, JobStatus.Pending, "reserved");
                break;
            case "release":
                Assert.Equal(held ? 1 : 0, (await rig.Leases.ReleaseAsync([lease], Ct)).Count);
                job.Attempts -= held ? 1 : 0;
                job.End(held, JobStatus.Pending, "reserved");
                break;
            case "progress":
                await rig.Leases.ReportAsync(lease, new JobProgress(40, "s"), Ct);
                job.Progress = held ? Math.Max(job.Progress, 40) : job.Progress;
                break;
            case "heartbeat":
                Assert.Equal(held ? 1 : 0, (await rig.Leases.HeartbeatAsync([lease], Ct)).Count);
                break;
            case "cancel":
                var isOpen = job.Status is JobStatus.Pending or JobStatus.Processing;
                Assert.Equal(isOpen ? JobStatus.Cancelled : job.Status, await rig.Cancellation.CancelAsync(job.Id, user, Ct));
                job.End(isOpen, JobStatus.Cancelled, "refunded");
                break;
            case "restart":
                var mayRestart = job.Status is JobStatus.Failed or JobStatus.Cancelled;
                Assert.Equal(mayRestart ? "restarted" : "wrong_state", (await rig.Queue.RestartAsync(job.Id, user, Ct)).Outcome);
                if (mayRestart)
                {
                    (job.Status, job.Quota, job.Attempts, job.Crashes, job.Progress) = (JobStatus.Pending, "reserved", 0, 0, 0);
                }

                break;
            case "lapse":
                await rig.LapseAsync(job.Id);
                await rig.Rescue.RunAsync(Ct);
                job.Crashes += held ? 1 : 0;
                job.End(held, job.Crashes >= 3 ? JobStatus.Failed : JobStatus.Pending, job.Crashes >= 3 ? "refunded" : "reserved");
                break;
            case "zombie" when job.Old is { } old:
                Assert.False(await rig.Leases.CompleteAsync(old, null, null, _ => Task.CompletedTask, Ct));
                break;
        }
    }

    private static async Task CheckAsync(QueueRig rig, Model job)
    {
        var row = (await rig.RowAsync(job.Id))!;
        Assert.Equal(
            (job.Status, job.Attempts, job.Quota, job.Status == JobStatus.Completed ? 100 : job.Progress),
            (row.Status, row.Attempts, row.Quota, row.Progress)
        );
    }

    private sealed class Model(Guid id)
    {
        public Guid Id { get; } = id;

        public string Status { get; set; } = JobStatus.Pending;

        public string Quota { get; set; } = "reserved";

        public int Attempts { get; set; }

        public int Crashes { get; set; }

        public int Progress { get; set; }

        public JobLease? Lease { get; set; }

        /// <summary>The token of an earlier claim.</summary>
        public JobLease? Old { get; set; }

        public void End(bool applies, string status, string quota)
        {
            if (applies)
            {
                (Status, Quota, Old, Lease) = (status, quota, Lease, null);
            }
        }
    }
}
