using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Mcp;

/// <summary>Tools that read the caller's own jobs. Somebody else's job is one that does not exist.</summary>
internal sealed class ResultTools(EndpointCaller api, IHttpContextAccessor request, TimeProvider time, IHostApplicationLifetime application)
{
    private const int LongestWait = 120;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1.5);

    [McpServerTool(Name = "wait_for_analysis", Title = "Wait for an analysis", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Waits until an analysis ends and returns its suggestions, with progress notifications meanwhile. Most take a few seconds. If it "
            + "is still running after timeoutSeconds, the answer says so: call again with the same jobId, nothing is lost."
    )]
    public async Task<CallToolResult> WaitAsync(
        [Description("The jobId of submit_video or submit_transcript.")] Guid jobId,
        IProgress<ProgressNotificationValue> progress,
        [Description("How long to wait at most, 1 to 120 seconds.")] int timeoutSeconds = 40,
        CancellationToken ct = default
    )
    {
        var started = time.GetTimestamp();
        var longest = TimeSpan.FromSeconds(Math.Clamp(timeoutSeconds, 1, LongestWait));
        for (var said = -1; ; )
        {
            var answer = await StatusAsync(jobId, ct);
            var status = ToolResults.Text(answer.Body, "status");
            if (!answer.IsSuccess || status is not (JobStatus.Pending or JobStatus.Processing))
            {
                return Ended(answer);
            }

            var percent = answer.Body.GetProperty("progress").GetInt32();
            if (percent != said)
            {
                said = percent;
                progress.Report(
                    new ProgressNotificationValue
                    {
                        Progress = percent,
                        Total = 100,
                        Message = ToolResults.Text(answer.Body, "stage") ?? status,
                    }
                );
            }

            // A process that stops answers at once; the next one goes on.
            if (time.GetElapsedTime(started) + BetweenLooks > longest || application.ApplicationStopping.IsCancellationRequested)
            {
                return ToolResults.Of(
                    new
                    {
                        jobId,
                        status,
                        progress = percent,
                        queuePosition = answer.Body.TryGetProperty("queuePosition", out var position) ? position : (JsonElement?)null,
                        next = $"Not finished yet. Call wait_for_analysis again with jobId {jobId}.",
                    }
                );
            }

            await Task.Delay(BetweenLooks, time, ct);
        }
    }

    [McpServerTool(Name = "get_suggestions", Title = "Read suggestions", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "The suggestions of a finished analysis of this account: titles, description, tags, hashtags, chapters, thumbnail ideas, the score "
            + "of the present texts (0 to 100, how much of a checklist they meet, not a forecast of views), and what to change first. Of "
            + "an analysis that is not finished, how far it is."
    )]
    public async Task<CallToolResult> GetAsync(
        [Description("The jobId of submit_video or submit_transcript.")] Guid jobId,
        CancellationToken ct = default
    ) => Ended(await StatusAsync(jobId, ct));

    private Task<EndpointAnswer> StatusAsync(Guid jobId, CancellationToken ct) =>
        api.CallAsync(request.HttpContext!, "GetJobStatus", new { jobId }, body: null, ct);

    private static CallToolResult Ended(EndpointAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            return ToolResults.Error(answer);
        }

        var job = answer.Body;
        return ToolResults.Text(job, "status") switch
        {
            JobStatus.Completed => ToolResults.Of(SuggestionView.Of(job)),
            JobStatus.Failed or JobStatus.Cancelled => ToolResults.Error(
                $"{ToolResults.Text(job, "errorCode") ?? "cancelled"}: {ToolResults.Text(job, "error") ?? "The analysis was cancelled."}"
            ),
            var status => ToolResults.Of(
                new
                {
                    jobId = ToolResults.Text(job, "jobId"),
                    status,
                    progress = job.GetProperty("progress").GetInt32(),
                    next = "Not finished yet. Call wait_for_analysis with this jobId.",
                }
            ),
        };
    }
}
