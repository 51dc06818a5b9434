using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
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
    // The log row that operators count analyses by is written with the job or not at all.
    private static string WithLog(string enqueue) =>
        $"""
            WITH e AS ({enqueue}), log AS (
                INSERT INTO video_analysis_logs (id, user_id, job_id, video_id, video_url, video_title, analysis_type, status, stage)
                SELECT @LogId, @UserId, e.job_id, @LogVideoId, @LogVideoUrl, @Title, @LogType, 'initiated', @LogStage FROM e
                    WHERE e.outcome = 'created'
            )
            SELECT * FROM e
            """;

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
        var key = context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } sent ? sent : null;
        if (key is { Length: > 255 } || key?.Any(character => character is < '!' or > '~') == true)
        {
            return (
                Problems.BadRequest(
                    "invalid_idempotency_key",
                    "Idempotency-Key must be 1 to 255 visible ASCII characters, for example a UUID."
                ),
                false
            );
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
            LogType = AnalysisLogTypes.Of(request.Kind),
            LogStage = request.Kind == AnalysisKinds.Video ? "queued" : $"{request.Kind}_queued",
        };
        var result = await queue.EnqueueAsync(job, WithLog, log, ct);
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
                return Problems.Unprocessable(
                    "idempotency_key_reused",
                    "This Idempotency-Key was used for a different request. Send a new key."
                );
            case EnqueueOutcome.UserFull:
                return With(
                    Problems.TooMany(
                        "too_many_active_jobs",
                        $"You have {result.Used} analyses waiting or running, the most allowed. Wait for one to finish or cancel one.",
                        TimeSpan.FromSeconds(15)
                    ),
                    result
                );
            case EnqueueOutcome.QuotaExceeded:
                return With(
                    Problems.Create(
                        402,
                        "quota_exceeded",
                        $"Your plan allows {result.Allowed} analyses per period and they are used. Wait for the next period or "
                            + $"change the plan."
                    ),
                    result
                );
            default:
                return Problems.Unavailable(
                    "queue_full",
                    "Too many analyses are waiting. Try again in half a minute.",
                    TimeSpan.FromSeconds(30)
                );
        }
    }

    private static ProblemHttpResult With(ProblemHttpResult problem, EnqueueResult result)
    {
        problem.ProblemDetails.Extensions["limit"] = result.Allowed;
        problem.ProblemDetails.Extensions["used"] = result.Used;
        if (result.ResetsAt is { } resets)
        {
            problem.ProblemDetails.Extensions["resetsAt"] = resets;
        }

        return problem;
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
