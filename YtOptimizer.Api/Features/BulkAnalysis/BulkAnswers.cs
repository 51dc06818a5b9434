using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.BulkAnalysis;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>Something of the request that is no video to analyse.</summary>
/// <param name="Position">From 1, as sent or listed.</param>
/// <param name="Input">What was sent, at most 200 characters.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">What is wrong and what to give instead.</param>
internal sealed record RefusedVideo(int Position, string Input, string Code, string Message);

/// <summary>Answer to an accepted request. Progress comes by polling <c>statusUrl</c>, and a notification when all is done.</summary>
/// <param name="BulkId">Of the batch.</param>
/// <param name="Message">For people.</param>
/// <param name="Status">pending.</param>
/// <param name="StatusUrl">Shows progress.</param>
/// <param name="Source">videos, playlist or channel.</param>
/// <param name="Accepted">Videos that will be analysed.</param>
/// <param name="Duplicates">Ids that came more than once and are taken once.</param>
/// <param name="Refused">What is left out, and why.</param>
/// <param name="BeyondLimit">Videos of the playlist or channel beyond the most that one request takes.</param>
/// <param name="PollAfterSeconds">Pause between two polls.</param>
internal sealed record BulkAccepted(
    Guid BulkId,
    string Message,
    string Status,
    string StatusUrl,
    string Source,
    int Accepted,
    IReadOnlyList<string> Duplicates,
    IReadOnlyList<RefusedVideo> Refused,
    int BeyondLimit,
    int PollAfterSeconds
)
{
    public static string UrlOf(Guid id) => $"/api/v1/analyze/bulk/{id}";
}

/// <summary>How the outcome of a request is told.</summary>
internal static partial class BulkAnswers
{
    private static readonly TimeSpan BeginDeadline = TimeSpan.FromSeconds(5);

    // The stored answer is repeated byte for byte, so it holds only what stays true.
    public static string Body(Guid id, BulkSource source, BulkSelection videos) =>
        JsonSerializer.Serialize(
            new BulkAccepted(
                id,
                "Bulk analysis queued.",
                JobStatus.Pending,
                BulkAccepted.UrlOf(id),
                source.Kind,
                videos.Accepted,
                videos.Duplicates,
                [.. videos.Refused.Select(item => new RefusedVideo(item.Position, item.Input, item.Code!, item.Message!))],
                videos.BeyondLimit,
                5
            ),
            JsonSerializerOptions.Web
        );

    public static IResult Of(HttpContext context, BulkResult result)
    {
        switch (result.Outcome)
        {
            case "created" or "replayed":
                context.Response.Headers.Location = BulkAccepted.UrlOf(result.BulkId!.Value);
                return TypedResults.Text(result.Response!, "application/json", Encoding.UTF8, 202);
            case "key_conflict":
                return IdempotencyKey.Reused();
            case "not_in_plan":
                return Problems.Forbidden("bulk_not_in_plan", "Your plan has no bulk analysis. Change the plan.");
            case "too_many_open":
                return Problems.TooMany(
                    "too_many_bulk_analyses",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"You have {result.Used} unfinished bulk analyses, the most allowed. Wait for one to finish or cancel one."
                    ),
                    TimeSpan.FromMinutes(1)
                );
            case "quota_exceeded":
                return QuotaExceeded(result);
            default:
                return EnqueueProblems.Of(new EnqueueResult(EnqueueOutcome.QueueFull, null, null, 0, result.Allowed, null));
        }
    }

    /// <summary>Nothing of the request can be analysed.</summary>
    public static ProblemHttpResult NothingToDo(BulkSource source, BulkSelection videos) =>
        Problems.BadRequest(
            "no_valid_videos",
            source.Kind == "videos"
                ? "None of the links leads to one video. See errors for the reason of each."
                : $"The {source.Kind} holds no video that everybody can see.",
            videos.Refused.ToDictionary(
                item => string.Create(CultureInfo.InvariantCulture, $"videos[{item.Position - 1}]"),
                item => new[] { item.Message! },
                StringComparer.Ordinal
            )
        );

    /// <summary>Queues the first videos at once; when that fails, the workers do it a moment later.</summary>
    public static async Task BeginAsync(BulkFeeder feeder, Guid id, Guid userId, ILogger logger)
    {
        // The batch is stored: a caller that hangs up does not stop it.
        using var deadline = new CancellationTokenSource(BeginDeadline);
        try
        {
            await feeder.RunAsync(id, userId, deadline.Token);
        }
        catch (Exception exception)
        {
            Log.NotBegun(logger, id, exception);
        }
    }

    private static ProblemHttpResult QuotaExceeded(BulkResult result)
    {
        var problem = Problems.Create(
            402,
            "quota_exceeded",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Your plan has {result.LeftOver} of {result.Allowed} analyses left in this period, fewer than this request needs. Send "
                    + $"fewer videos, wait for the next period ({result.ResetsAt:d MMMM yyyy}), or change the plan."
            )
        );
        problem.ProblemDetails.Extensions["limit"] = result.Allowed;
        problem.ProblemDetails.Extensions["used"] = result.Used;
        problem.ProblemDetails.Extensions["left"] = result.LeftOver;
        if (result.ResetsAt is { } resets)
        {
            problem.ProblemDetails.Extensions["resetsAt"] = resets;
        }

        return problem;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The first videos of batch {BulkId} were not queued; the workers will do it.")]
        public static partial void NotBegun(ILogger logger, Guid bulkId, Exception exception);
    }
}
