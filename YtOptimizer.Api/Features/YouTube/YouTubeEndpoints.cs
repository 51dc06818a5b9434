using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.YouTube;

internal static class YouTubeEndpoints
{
    public static IEndpointRouteBuilder MapYouTube(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/youtube").WithTags("YouTube").RequireAuthorization(Policies.User);
        group.MapGet("/video", GetVideo.Handle).WithSummary("Public facts of a YouTube video");
        return routes;
    }
}
