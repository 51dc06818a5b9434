using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Jobs;
using YtOptimizer.ServiceDefaults.Health;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>Watching and steering the caller's jobs.</summary>
internal static class JobEndpoints
{
    public static IServiceCollection AddJobHealth(this IServiceCollection services) =>
        services.AddPulsePart<QueueStatsPulse>().AddServiceHealth<QueueHealth>("queue");

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/analyze").WithTags("Jobs").RequireAuthorization(Policies.User);
        group.MapGet("/jobs", ListJobs.Handle).WithName("ListJobs").WithSummary("List your latest jobs.");
        group
            .MapGet("/job/{jobId:guid}/status", GetJobStatus.Handle)
            .WithName("GetJobStatus")
            .WithSummary("Show how a job is doing, with its result when it is done.")
            .ProducesProblem(404);
        group
            .MapPost("/job/{jobId:guid}/cancel", CancelJob.Handle)
            .WithName("CancelJob")
            .WithSummary("Stop a waiting or running job.")
            .ProducesProblem(404);
        group
            .MapPost("/job/{jobId:guid}/retry", RetryJob.Handle)
            .WithName("RetryJob")
            .WithSummary("Queue a copy of a failed or cancelled job.")
            .ProducesProblem(402)
            .ProducesProblem(404)
            .ProducesProblem(429)
            .ProducesProblem(503);
        group
            .MapPost("/job/{jobId:guid}/restart", RestartJob.Handle)
            .WithName("RestartJob")
            .WithSummary("Run a failed or cancelled job again under its own id.")
            .ProducesProblem(402)
            .ProducesProblem(404)
            .ProducesProblem(429)
            .ProducesProblem(503);

        var dead = routes.MapGroup("/api/v1/admin/jobs").WithTags("Admin");
        dead.MapGet("/dead", ListDeadJobs.Handle)
            .WithName("ListDeadJobs")
            .WithSummary("List failed jobs that wait for a person, latest first.")
            .RequireAuthorization(Policies.ViewAllJobs);
        dead.MapPost("/{jobId:guid}/redrive", RedriveJob.Handle)
            .WithName("RedriveJob")
            .WithSummary("Queue a dead letter again, under its owner's caps and plan.")
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(402)
            .ProducesProblem(404)
            .ProducesProblem(429)
            .ProducesProblem(503);
        dead.MapPost("/{jobId:guid}/discard", DiscardJob.Handle)
            .WithName("DiscardJob")
            .WithSummary("Give a dead letter up: it stays failed.")
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(404);
        return routes;
    }
}
