using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.Pictures;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>
/// Last step of the workflow: draws a real 1280×720 PNG and answers with an address that an <c>img</c> element can load.
/// </summary>
internal static class GenerateThumbnail
{
    public sealed record BrandLogo(string Url, string Position = "top-left", string Size = "medium");

    /// <summary>Unknown members are skipped here: older clients send more than they need.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    public sealed record Request(
        [property: Required] [property: MaxLength(2048)] string VideoUrl,
        [property: Required] [property: MaxLength(64)] string Template,
        JsonElement TemplateData,
        BrandLogo? BrandLogo = null,
        JsonElement? Watermark = null
    );

    private static readonly TimeSpan RetryWhenBusy = TimeSpan.FromSeconds(5);

    public sealed record Response(string ThumbnailUrl, string Template, string Message);

    [Refuses(400, "unknown_template")]
    [Refuses(503, "drawing_busy")]
    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request,
        HttpContext context,
        ThumbnailRenderer renderer,
        PublicFiles pictures,
        PictureMemory memory,
        VideoPicture videoPicture,
        CancellationToken ct
    )
    {
        // Drawn from what is sent: the app's flow ends here even when the video could not be looked up.
        if (!VideoReference.TryParse(request.VideoUrl, out var video, out var problem) && !PreferHandling.IsLenient(context))
        {
            return Problems.BadRequest(problem.Code(), problem.Explain());
        }

        if (!ThumbnailTemplates.All.Contains(request.Template, StringComparer.Ordinal))
        {
            return Problems.BadRequest("unknown_template", "Choose a template out of: " + string.Join(", ", ThumbnailTemplates.All) + ".");
        }

        using var fields = new TemplateFields(request.TemplateData);
        using var logo = new TemplateFields(JsonSerializer.SerializeToElement(new { url = request.BrandLogo?.Url }));
        // Pictures that are sent come first: then the video's own one is not asked for.
        var own =
            video is not null && !fields.HasPictures && ThumbnailTemplates.UsesOwnPicture(request.Template)
                ? await videoPicture.GetAsync(video.Id, ct)
                : null;
        using var lease = await memory.TakeAsync(
            own is not null || fields.HasPictures || logo.HasPictures ? PictureMemory.WithPictures : PictureMemory.TextOnly,
            ct
        );
        if (lease is null)
        {
            return Problems.Unavailable(
                "drawing_busy",
                "Many thumbnails are being drawn. Try again after the seconds in Retry-After.",
                RetryWhenBusy
            );
        }

        using var frame = own is null ? null : PictureDecoder.Decode(own).Picture;
        var order = new ThumbnailOrder(
            request.Template,
            fields,
            fields.Picture("backgroundImageUrl", "backgroundImage"),
            logo.Picture("url"),
            request.BrandLogo?.Position ?? "top-left",
            request.BrandLogo?.Size switch
            {
                "small" => 60,
                "large" => 150,
                _ => 100,
            },
            Watermark(request.Watermark),
            frame
        );
        using var picture = renderer.Render(order);
        var url = await pictures.SaveAsync(picture, context, ct);
        var message = string.Join(
                ' ',
                (string?[])
                    [
                        "Thumbnail drawn.",
                        Left(fields),
                        logo.SkippedAddress || logo.Refusal != PictureRefusal.None ? "The logo was left out." : null,
                    ]
            )
            .Trim();
        return TypedResults.Created(url, new Response(url, request.Template, message));
    }

    // Still a thumbnail: the single-page app signs its user out when this call fails.
    private static string? Left(TemplateFields fields) =>
        fields.Refusal switch
        {
            PictureRefusal.TooLarge =>
                $"A picture was left out: send at most {PictureDecoder.MostPixels / 1_000_000} megapixels and 12 MB.",
            PictureRefusal.Animated => "A picture was left out: send one that is not animated.",
            PictureRefusal.Format => "A picture was left out: send a PNG, JPEG or WebP.",
            _ => fields.SkippedAddress ? "Pictures given as web addresses were left out: send them as data URLs." : null,
        };

    private static string? Watermark(JsonElement? sent) =>
        sent switch
        {
            { ValueKind: JsonValueKind.String } text => Short(text.GetString()),
            { ValueKind: JsonValueKind.Object } item
                when item.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => Short(text.GetString()),
            _ => null,
        };

    private static string? Short(string? text) => text is { Length: > 60 } ? text[..60] : text;
}
