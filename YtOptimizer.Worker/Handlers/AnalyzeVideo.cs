using System.Text.Json;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Worker.Handlers;

/// <summary>Runs the analysis pipeline for videos, transcripts and uploads.</summary>
internal sealed class AnalyzeVideo(AnalysisPipeline pipeline, Db db, TimeProvider time) : IJobHandler
{
    public IReadOnlyCollection<string> JobTypes { get; } = [AnalysisKinds.Video, AnalysisKinds.Transcript, AnalysisKinds.Upload];

    public async Task<JobResult> RunAsync(ClaimedJob job, IProgress<JobProgress> progress, CancellationToken ct)
    {
        var request = Read(job);
        var started = time.GetTimestamp();
        await AnalysisStore.StartAsync(db, job, ct);
        progress.Report(new JobProgress(10, "starting"));

        var run = new AnalysisRun(job.UserId, job.Id, job.Attempt, job.CorrelationId ?? job.Id.ToString());
        var outcome = await pipeline.RunAsync(request, run, progress, ct);
        progress.Report(new JobProgress(90, "saving"));

        var auditId = Guid.CreateVersion7();
        return new JobResult(
            scope => SaveAsync(scope, job, auditId, outcome, time.GetElapsedTime(started)),
            JsonSerializer.Serialize(new { auditId, outcome.Degraded }, AnalysisJson.Options),
            outcome.Input.Title
        );
    }

    private static async Task SaveAsync(DbScope scope, ClaimedJob job, Guid auditId, AnalysisOutcome outcome, TimeSpan elapsed)
    {
        await AnalysisStore.SaveAsync(scope, job, auditId, outcome, elapsed);
        if (outcome.IsFree)
        {
            await QuotaLedger.RefundAsync(scope, job.Id);
        }
    }

    private static AnalysisRequest Read(ClaimedJob job)
    {
        try
        {
            var request = JsonSerializer.Deserialize<AnalysisRequest>(job.Payload, AnalysisJson.Options);
            return request is { Kind: not null } ? request : throw new UnreadablePayloadException("The job's payload is empty.");
        }
        catch (JsonException exception)
        {
            throw new UnreadablePayloadException(
                "The job's payload cannot be read. It was written by another version, or by hand.",
                exception
            );
        }
    }
}
