using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.AnalysisLogs;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Answer to an accepted submission. The result comes by event, or by polling <c>statusUrl</c>.</summary>
internal sealed record SubmissionAccepted(Guid JobId, string Message, string Status, string StatusUrl, int PollAfterSeconds)
{
    public static string UrlOf(Guid jobId) => $"/api/v1/analyze/job/{jobId}/status";
}

/// <summary>What the three ways to submit share: one statement that queues the job, and one translation of its outcome.</summary>
internal sealed class Submission(JobQueue queue)
{
    /// <param name="context">For the Idempotency-Key and the correlation id.</param>
    /// <param name="user">Owner of the job.</param>
    /// <param name="jobId">Id of the new job.</param>
    /// <param name="request">The payload.</param>
    /// <param name="fingerprint">What makes two submissions the same, where the payload alone does not (uploads).</param>
    /// <param name="ct">Cancels waiting.</param>
    public async Task<(IResult Result, bool Created)> SubmitAsync(
        HttpContext context,
        CurrentUser user,
        Guid jobId,
        AnalysisRequest request,
        string? fingerprint,
        CancellationToken ct
    )
    {
        if (!IdempotencyKey.TryRead(context, out var key, out var refused))
        {
            return (refused!, false);
        }

        var payload = JsonSerializer.Serialize(request, AnalysisJson.Options);
        var job = new NewJob
        {
            Id = jobId,
            UserId = user.Id,
            JobType = request.Kind,
            Payload = payload,
            Configuration = JsonSerializer.Serialize(
                new
                {
                    request.Url,
                    request.Language,
                    request.Tone,
                },
                AnalysisJson.Options
            ),
            Title = request.Metadata?.Title is { Length: > 0 } title
                ? title
                : JobTitles.Of(request.Kind, request.VideoId ?? request.UploadName),
            RequestHash = SHA256.HashData(Encoding.UTF8.GetBytes(fingerprint ?? payload)),
            IdempotencyKey = key,
            Response = Body(jobId),
            CorrelationId = CorrelationId(context),
            Traceparent = Activity.Current?.Id,
        };
        var log = new
        {
            LogId = Guid.CreateVersion7(),
            LogVideoId = request.VideoId ?? jobId.ToString(),
            LogVideoUrl = request.Url ?? (request.Kind == AnalysisKinds.Upload ? $"upload://{request.UploadName}" : "transcript://direct"),
            LogType = AnalysisKinds.LogTypeOf(request.Kind),
            LogStage = request.Kind == AnalysisKinds.Video ? "queued" : $"{request.Kind}_queued",
        };
        var result = await queue.EnqueueAsync(job, AnalysisLogStore.WithNewLog, log, ct);
        if (result.JobId is null)
        {
            context.Features.Set(new RefusedJob(job));
        }

        return (Answer(context, result), result.Outcome == EnqueueOutcome.Created);
    }

    private static IResult Answer(HttpContext context, EnqueueResult result)
    {
        switch (result.Outcome)
        {
            case EnqueueOutcome.Created or EnqueueOutcome.Replayed or EnqueueOutcome.Duplicate:
                context.Response.Headers.Location = SubmissionAccepted.UrlOf(result.JobId!.Value);
                return TypedResults.Text(result.Response ?? Body(result.JobId.Value), "application/json", Encoding.UTF8, 202);
            case EnqueueOutcome.KeyConflict:
                return IdempotencyKey.Reused();
            default:
                return EnqueueProblems.Of(result);
        }
    }

    // The stored answer is repeated byte for byte, so it holds only what stays true.
    private static string Body(Guid jobId) =>
        JsonSerializer.Serialize(
            new SubmissionAccepted(jobId, "Analysis queued.", JobStatus.Pending, SubmissionAccepted.UrlOf(jobId), 2),
            JsonSerializerOptions.Web
        );

    private static string CorrelationId(HttpContext context)
    {
        var id = context.Response.Headers["X-Correlation-Id"].ToString();
        return id.Length is > 0 and <= 128 ? id : Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
    }
}
