using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.Pictures;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Ai;

/// <summary>Generates a background picture from a prompt, and hangs it on one of the caller's own analyses when asked.</summary>
internal static class GenerateBackground
{
    public sealed record Request(
        [property: StringLength(4000, MinimumLength = 3)] string AiPrompt,
        [property: MaxLength(64)] string VideoId,
        Guid? AuditId = null
    );

    public sealed record Placeholder(string Type, string Id, int X, int Y, int Width, int Height, int ZIndex);

    public sealed record Dimensions(int Width, int Height);

    public sealed record Response(
        string BackgroundUrl,
        string Message,
        string Template,
        string EnhancementStyle,
        IReadOnlyList<Placeholder> Placeholders,
        DateTimeOffset GeneratedAt,
        Dimensions Dimensions
    );

    private const string OwnedSql = "SELECT EXISTS (SELECT 1 FROM audits WHERE id = @auditId AND user_id = @userId)";

    private static readonly Placeholder[] Places =
    [
        new("text", "headline", 96, 96, 1000, 420, 2),
        new("image", "subject", 1120, 128, 576, 768, 1),
        new("logo", "logo", 96, 864, 240, 96, 3),
    ];

    [Refuses(404, "analysis_not_found")]
    [Refuses(429, "spend_cap_reached")]
    [Refuses(503, "drawing_busy", "image_generation_failed", "image_generation_not_configured")]
    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        ImageGenerator images,
        PublicFiles pictures,
        PictureMemory memory,
        Db db,
        TimeProvider time,
        CancellationToken ct
    )
    {
        if (!images.IsAvailable)
        {
            return Problems.Unavailable(
                "image_generation_not_configured",
                "No image service is configured here. Use workflow/generate-thumbnail, which draws thumbnails without one. Operators: "
                    + "set IMAGES_BASE_URL.",
                TimeSpan.FromHours(1)
            );
        }

        if (request.AuditId is not null && !await db.ScalarAsync<bool>(OwnedSql, new { request.AuditId, userId = user.Id }, ct))
        {
            return Problems.NotFound("analysis_not_found", "There is no analysis with this auditId in your history.");
        }

        try
        {
            var run = new LedgerRun(
                "image:" + Guid.CreateVersion7(time.GetUtcNow()).ToString("D"),
                1,
                user.Id,
                null,
                context.TraceIdentifier
            );
            var picture = await images.GenerateAsync(request.AiPrompt, run, ct);
            using var lease = await memory.TakeAsync(PictureMemory.WithPictures, ct);
            if (lease is null)
            {
                return Problems.Unavailable(
                    "drawing_busy",
                    "Many pictures are being worked on. Try again after the seconds in Retry-After.",
                    TimeSpan.FromSeconds(5)
                );
            }

            var (url, size) = await pictures.SavePictureAsync(picture, context, ct);
            if (request.AuditId is not null)
            {
                await db.ExecuteAsync(
                    AnalysisStore.SetThumbnailSql,
                    new
                    {
                        url,
                        request.AuditId,
                        userId = user.Id,
                    },
                    ct
                );
            }

            return TypedResults.Created(
                url,
                new Response(
                    url,
                    "Background generated.",
                    "background",
                    "none",
                    Places,
                    time.GetUtcNow(),
                    new Dimensions(size.Width, size.Height)
                )
            );
        }
        catch (LlmException failure) when (failure.Code.StartsWith("spend_cap_", StringComparison.Ordinal))
        {
            return Problems.TooMany("spend_cap_reached", "The month's allowance for AI is used up.", TimeSpan.FromDays(1));
        }
        catch (LlmException failure)
        {
            return failure.Code == "image_prompt_refused"
                ? Problems.BadRequest(failure.Code, "The image service refused this prompt. Describe the picture differently.")
                : Problems.Unavailable(
                    "image_generation_failed",
                    "The image service gave no picture. Try again later.",
                    failure.RetryAfter ?? TimeSpan.FromSeconds(30)
                );
        }
    }
}
