using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.RateLimits;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>Many videos, a playlist or a channel in one request.</summary>
internal static class BulkEndpoints
{
    /// <summary>Bytes: the longest list of the longest links.</summary>
    private const long LargestBody = 2 * 1024 * 1024;

    public static IServiceCollection AddBulkAnalysis(this IServiceCollection services) =>
        services.AddSingleton<BulkListing>().AddSingleton<BulkPlan>();

    public static IEndpointRouteBuilder MapBulkAnalysis(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/analyze/bulk").WithTags("Bulk").RequireAuthorization(Policies.User);
        group
            .MapPost("", StartBulk.Handle)
            .WithName("StartBulk")
            .WithSummary("Queue the analysis of many videos, a playlist or a channel.")
            .WithRateBudget(RateBudgets.AnalyzeBulk)
            .WithBodyLimit(LargestBody)
            .WithMetadata(
                new BodyExample(
                    """
                    {"videos":["https://www.youtube.com/watch?v=dQw4w9WgXcQ","https://youtu.be/jNQXAC9IVRw"],
                     "title":"Spring videos","configuration":{"language":"en","tone":"calm"}}
                    """
                )
            )
            .Produces<BulkAccepted>(202)
            .ProducesProblem(400)
            .ProducesProblem(402)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(422)
            .ProducesProblem(429)
            .ProducesProblem(503);
        group.MapGet("", ListBulk.Handle).WithName("ListBulk").WithSummary("List your bulk analyses, newest first.").ProducesProblem(400);
        group
            .MapGet("/{id:guid}", GetBulk.Handle)
            .WithName("GetBulk")
            .WithSummary("Show how a bulk analysis is doing, with its videos.")
            .ProducesProblem(400)
            .ProducesProblem(404);
        group
            .MapPost("/{id:guid}/cancel", CancelBulk.Handle)
            .WithName("CancelBulk")
            .WithSummary("Stop what of a bulk analysis is not done.")
            .ProducesProblem(404);
        group
            .MapGet("/{id:guid}/results.json", ExportBulk.AsJson)
            .WithName("GetBulkResults")
            .WithSummary("The results of a bulk analysis as JSON.")
            .ProducesProblem(404);
        group
            .MapGet("/{id:guid}/results.csv", ExportBulk.AsCsv)
            .WithName("GetBulkResultsAsCsv")
            .WithSummary("The results of a bulk analysis as a table for spreadsheets.")
            .Produces<string>(200, "text/csv")
            .ProducesProblem(404);
        return routes;
    }
}
