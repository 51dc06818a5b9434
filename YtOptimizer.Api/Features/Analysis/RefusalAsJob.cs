using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>The job that a refused submission would have been.</summary>
internal sealed record RefusedJob(NewJob Job);

/// <summary>
/// For callers with lenient handling a refused submission is answered like an accepted one, with a job that has failed and says why, and a
/// notification. See <see cref="PreferHandling"/>.
/// </summary>
internal sealed class RefusalAsJob(RefusedJobs refused) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var http = context.HttpContext;
        var problem = (result as ProblemHttpResult) ?? ((result as INestedHttpResult)?.Result as ProblemHttpResult);
        // An Idempotency-Key is no habit of the app, and its conflict is the caller's own doing.
        if (
            problem is null
            || !PreferHandling.IsLenient(http)
            || CurrentUser.From(http.User) is not { } user
            || http.Request.Headers.ContainsKey("Idempotency-Key")
        )
        {
            return result;
        }

        var code = problem.ProblemDetails.Extensions["code"] as string ?? "refused";
        var message = PlainWords.Of(problem.ProblemDetails.Detail) ?? "The analysis could not be started.";
        var job = http.Features.Get<RefusedJob>()?.Job ?? Unread(user, context);
        await refused.AddAsync(job, code, message, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.Headers.Location = SubmissionAccepted.UrlOf(job.Id);
        return TypedResults.Text(
            JsonSerializer.Serialize(
                new SubmissionAccepted(job.Id, message, JobStatus.Failed, SubmissionAccepted.UrlOf(job.Id), 2),
                JsonSerializerOptions.Web
            ),
            "application/json",
            Encoding.UTF8,
            202
        );
    }

    // Refused before it was understood: what can be shown is what was sent.
    private static NewJob Unread(CurrentUser user, EndpointFilterInvocationContext context)
    {
        var sent = context.Arguments.OfType<SubmitVideo.Request>().FirstOrDefault();
        var transcript = context.Arguments.OfType<SubmitTranscript.Request>().Any();
        var kind =
            sent is not null ? AnalysisKinds.Video
            : transcript ? AnalysisKinds.Transcript
            : AnalysisKinds.Upload;
        var url = sent?.Configuration?.Url is { Length: > 0 } text ? Short(text) : null;
        return new NewJob
        {
            Id = Guid.CreateVersion7(),
            UserId = user.Id,
            JobType = kind,
            Payload = JsonSerializer.Serialize(new AnalysisRequest { Kind = kind, Url = url }, AnalysisJson.Options),
            Configuration = JsonSerializer.Serialize(new { url }, AnalysisJson.Options),
            Title = sent?.Metadata?.Title is { Length: > 0 } title ? Short(title) : url ?? JobTitles.Of(kind, null),
        };
    }

    private static string Short(string text)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal).Trim();
        return clean.Length <= 200 ? clean : clean[..200];
    }
}
