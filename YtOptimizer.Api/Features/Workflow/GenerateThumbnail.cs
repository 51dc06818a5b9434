using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>Last step of the workflow: draws a real 1280×720 PNG and answers with an address that an <c>img</c> element can load.</summary>
internal static class GenerateThumbnail
{
    public sealed record BrandLogo(string Url, string Position = "top-left", string Size = "medium");

    /// <summary>Unknown members are skipped here: older clients send more than they need.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    public sealed record Request(
        [property: Required][property: MaxLength(2048)] string VideoUrl,
        [property: Required][property: MaxLength(64)] string Template,
        JsonElement TemplateData,
        BrandLogo? BrandLogo = null,
        JsonElement? Watermark = null);

    public sealed record Response(string ThumbnailUrl, string Template, string Message);

    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(Request request, HttpContext context, ThumbnailRenderer renderer, PublicFiles pictures, CancellationToken ct)
    {
        // Drawn from what is sent: the app's flow ends here even when the video could not be looked up.
        if (!VideoReference.TryParse(request.VideoUrl, out var _, out var problem) && !PreferHandling.IsLenient(context))
        {
            return Problems.BadRequest(problem.Code(), problem.Explain());
        }

        if (!ThumbnailTemplates.All.Contains(request.Template, StringComparer.Ordinal))
        {
            return Problems.BadRequest("unknown_template", "Choose a template out of: " + string.Join(", ", ThumbnailTemplates.All) + ".");
        }

        using var fields = new TemplateFields(request.TemplateData);
        using var logo = new TemplateFields(JsonSerializer.SerializeToElement(new { url = request.BrandLogo?.Url }));
        var order = new ThumbnailOrder(request.Template, fields, fields.Picture("backgroundImageUrl", "backgroundImage"), logo.Picture("url"),
            request.BrandLogo?.Position ?? "top-left", request.BrandLogo?.Size switch { "small" => 60, "large" => 150, _ => 100 }, Watermark(request.Watermark));
        using var picture = renderer.Render(order);
        var url = await pictures.SaveAsync(picture, context, ct);
        var message = fields.SkippedAddress || logo.SkippedAddress ? "Thumbnail drawn. Pictures given as web addresses were left out: send them as data URLs." : "Thumbnail drawn.";
        return TypedResults.Created(url, new Response(url, request.Template, message));
    }

    private static string? Watermark(JsonElement? sent) => sent switch
    {
        { ValueKind: JsonValueKind.String } text => Short(text.GetString()),
        { ValueKind: JsonValueKind.Object } item when item.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => Short(text.GetString()),
        _ => null,
    };

    private static string? Short(string? text) => text is { Length: > 60 } ? text[..60] : text;
}
