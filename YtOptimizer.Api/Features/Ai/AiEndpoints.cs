using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Ai;

internal static class AiEndpoints
{
    private const long LargestText = 2 * 1024 * 1024;

    /// <summary>The server reads this much at most; the store's own limit is the one a client meets first.</summary>
    private const long LargestUpload = 1024L * 1024 * 1024;

    public static IEndpointRouteBuilder MapAi(this IEndpointRouteBuilder routes)
    {
        // The model and the speech service have deadlines of their own, longer than an ordinary request's.
        var group = routes.MapGroup("/api/v1/ai").WithTags("AI").RequireAuthorization(Policies.User);
        group.DisableRequestTimeout();
        group.MapPost("/analyze/url", AnalyzeUrl.Handle).WithSummary("Analyse a video while you wait").WithBodyLimit(LargestText);
        group.MapPost("/analyze/text", AnalyzeText.Handle).WithSummary("Analyse a transcript while you wait").WithBodyLimit(LargestText);
        group
            .MapPost("/analyze/file", AnalyzeFile.Handle)
            .WithSummary("Analyse an audio or video file while you wait")
            .WithBodyLimit(LargestUpload)
            .Accepts<IFormFile>("multipart/form-data");
        group
            .MapPost("/judge", JudgeText.Handle)
            .WithName("JudgeText")
            .WithSummary("Judge a title, a description or tags of your own against what the video says")
            .WithBodyLimit(LargestText);
        group.MapPost("/generate-thumbnail", GenerateBackground.Handle).WithSummary("Generate a thumbnail background");
        return routes;
    }
}
