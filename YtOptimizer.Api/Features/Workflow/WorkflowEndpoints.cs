using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.Pictures;

namespace YtOptimizer.Api.Features.Workflow;

internal static class WorkflowEndpoints
{
    /// <summary>Pictures come as data URLs inside the body.</summary>
    private const long LargestBody = 24 * 1024 * 1024;

    public static IServiceCollection AddWorkflow(this IServiceCollection services)
    {
        services.AddSingleton<PublicFiles>();
        services.AddSingleton<PictureMemory>();
        services.AddSingleton<WorkflowRefusals>();
        services.AddSingleton<ThumbnailFonts>();
        services.AddSingleton<ThumbnailRenderer>();
        return services;
    }

    public static IEndpointRouteBuilder MapWorkflow(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/workflow").WithTags("Workflow").RequireAuthorization(Policies.User);
        group.DisableRequestTimeout();
        group.MapPost("/analyze", InspectVideo.Handle).WithSummary("Title, description and category of a video");
        group.MapPost("/generate-content", GenerateContent.Handle).WithSummary("Suggestions for the fields asked for");
        group
            .MapPost("/generate-thumbnail", GenerateThumbnail.Handle)
            .WithSummary("Draw a thumbnail from a template")
            .WithBodyLimit(LargestBody);
        routes.MapGet(PublicFiles.Route, GetThumbnail.Handle).WithTags("Workflow").WithSummary("A stored thumbnail").AllowAnonymous();
        return routes;
    }
}
