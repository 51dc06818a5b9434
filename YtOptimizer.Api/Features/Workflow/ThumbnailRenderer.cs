using SkiaSharp;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>Everything a thumbnail is drawn from. <c>Frame</c> is the picture that the video has now.</summary>
internal sealed record ThumbnailOrder(
    string Template,
    TemplateFields Fields,
    SKBitmap? Background,
    SKBitmap? Logo,
    string LogoPosition,
    float LogoSize,
    string? Watermark,
    SKBitmap? Frame = null
);

/// <summary>Draws the ten templates at 1280×720. Nothing important lies under the duration badge (bottom right).</summary>
internal sealed partial class ThumbnailRenderer(ThumbnailFonts fonts)
{
    public const int Width = 1280;
    public const int Height = 720;

    private const float Margin = 64;
    private static readonly SKRect Whole = new(0, 0, Width, Height);
    private static readonly SKRect Inside = new(Margin, Margin, Width - Margin, Height - Margin - 40);

    public SKBitmap Render(ThumbnailOrder order)
    {
        var picture = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(picture);
        var sheet = new Sheet(canvas, new ThumbnailText(fonts, canvas), order.Fields, order.Background, order.Frame);
        switch (order.Template)
        {
            case ThumbnailTemplates.FaceLeftTextRight:
                FaceLeft(sheet);
                break;
            case ThumbnailTemplates.DocumentaryStory:
                Documentary(sheet);
                break;
            case ThumbnailTemplates.BeforeAfter:
                BeforeAfter(sheet);
                break;
            case ThumbnailTemplates.CenterObjectMinimal:
                CenterObject(sheet);
                break;
            case ThumbnailTemplates.NeonTech:
                Neon(sheet);
                break;
            case ThumbnailTemplates.ReactionObject:
                Reaction(sheet);
                break;
            case ThumbnailTemplates.TwoTone:
                TwoTone(sheet);
                break;
            case ThumbnailTemplates.BlurBackgroundText:
                Blurred(sheet);
                break;
            case ThumbnailTemplates.MagazineStyle:
                Magazine(sheet);
                break;
            default:
                BigBold(sheet);
                break;
        }

        Brand(sheet, order);
        canvas.Flush();
        return picture;
    }
}
