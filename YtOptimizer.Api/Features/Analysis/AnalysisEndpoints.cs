using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.RateLimits;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Submitting analyses, and what came of them.</summary>
internal static class AnalysisEndpoints
{
    public static IServiceCollection AddAnalysis(this IServiceCollection services) => services.AddSingleton<Submission>();

    public static IEndpointRouteBuilder MapAnalysis(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/analyze").WithTags("Analysis").RequireAuthorization(Policies.User);
        Submits(group.MapPost("/video", SubmitVideo.Handle).WithRateBudget(RateBudgets.AnalyzeVideo))
            .WithName("SubmitVideo")
            .WithSummary("Queue the analysis of a YouTube video.")
            .WithBodyLimit(SubmissionRules.LargestBody);
        Submits(group.MapPost("/transcript", SubmitTranscript.Handle).WithRateBudget(RateBudgets.AnalyzeTranscript))
            .WithName("SubmitTranscript")
            .WithSummary("Queue the analysis of a transcript.")
            .WithBodyLimit(SubmissionRules.LargestBody);
        Submits(group.MapPost("/upload", SubmitUpload.Handle).WithRateBudget(RateBudgets.AnalyzeUpload))
            .WithName("SubmitUpload")
            .WithSummary("Queue the analysis of an uploaded video or audio file of at most 200 MB (parts: video, configuration).")
            .ProducesProblem(413)
            .ProducesProblem(415)
            .WithBodyLimit(SubmitUpload.LargestBody)
            .DisableRequestTimeout();
        group
            .MapGet("/history", GetHistory.Handle)
            .WithName("GetHistory")
            .WithSummary("List your finished analyses.")
            .Produces<GetHistory.Response>();
        group.MapDelete("/delete/{id:guid}", DeleteAnalysis.Handle).WithName("DeleteAnalysis").WithSummary("Delete a finished analysis.");
        return routes;
    }

    private static RouteHandlerBuilder Submits(RouteHandlerBuilder endpoint) =>
        endpoint
            .AddEndpointFilter<RouteHandlerBuilder, RefusalAsJob>()
            .Produces<SubmissionAccepted>(202)
            .ProducesProblem(400)
            .ProducesProblem(402)
            .ProducesProblem(422)
            .ProducesProblem(429)
            .ProducesProblem(503);
}
