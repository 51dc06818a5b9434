using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>Serves a stored thumbnail to anyone who knows its name (128 random bits). Names never change their content.</summary>
internal static class GetThumbnail
{
    [Refuses(404, "thumbnail_not_found")]
    public static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Handle(
        string name,
        FileStore files,
        HttpContext context,
        CancellationToken ct
    )
    {
        try
        {
            var stream = await files.OpenAsync($"{FileStore.Thumbnails}/{name}", ct);
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.Stream(stream, "image/png");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            return Problems.NotFound("thumbnail_not_found", "There is no thumbnail of this name. Draw it again.");
        }
    }
}
