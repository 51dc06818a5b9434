using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Stored logs, for administrators; owners may read the summary and the export of their own account.</summary>
internal static class LogEndpoints
{
    public static IEndpointRouteBuilder MapLogs(this IEndpointRouteBuilder routes)
    {
        var logs = routes.MapGroup("/api/v1/logs").WithTags("Logs").RequireAuthorization(Policies.Admin);
        logs.MapGet("/comprehensive", GetComprehensiveLogs.Handle).WithSummary("One page of each log");
        logs.MapGet("/dashboard/stats", GetLogDashboard.Handle).WithSummary("Figures over all logs");
        logs.MapPost("/search", SearchLogs.Handle).WithSummary("Find text in the logs");
        logs.MapGet("/user/{userId:guid}", ListLogs.OfUser).WithSummary("What an account did");
        logs.MapGet("/errors", ListLogs.Errors).WithSummary("Errors inside requests");
        logs.MapGet("/errors/statistics", GetErrorStatistics.Handle).WithSummary("Errors by type and severity");
        logs.MapPatch("/errors/{errorId:guid}/resolve", ResolveError.Handle).WithSummary("Mark an error as resolved");
        // As the existing app calls it.
        routes
            .MapPost("/api/v1/admin/errors/{errorId:guid}/resolve", ResolveError.Handle)
            .WithTags("Admin")
            .WithName("ResolveErrorAsAdmin")
            .WithSummary("Mark an error as resolved")
            .RequireAuthorization(Policies.Admin);
        logs.MapGet("/video-analysis", ListLogs.VideoAnalysis).WithSummary("Analyses and their outcome");
        logs.MapGet("/video-analysis/statistics", GetAnalysisStatistics.Handle).WithSummary("Analyses by outcome, with tokens and cost");
        logs.MapGet("/api", ListLogs.Requests).WithSummary("Answered requests");
        logs.MapGet("/api/performance", GetApiPerformance.Handle).WithSummary("Latency and error rate by endpoint");
        logs.MapGet("/system", ListLogs.System).WithSummary("Errors outside of requests");
        logs.MapGet("/system/health", GetSystemHealth.Handle).WithSummary("System errors of the last hour");

        var own = routes.MapGroup("/api/v1/logs").WithTags("Logs").RequireAuthorization(Policies.User);
        own.MapGet("/user/{userId:guid}/summary", GetUserLogSummary.Handle).WithSummary("What an account did, counted");
        own.MapGet("/export/{userId:guid}", ExportUserLogs.Handle)
            .WithSummary("Everything stored about an account, with the newest 1,000 rows of each log");
        return routes;
    }
}
