using SkiaSharp;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>The drawing primitives that the templates are made of.</summary>
internal sealed class Sheet(SKCanvas canvas, ThumbnailText text, TemplateFields fields, SKBitmap? background, SKBitmap? frame)
{
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);
    private static readonly SKRect Whole = new(0, 0, ThumbnailRenderer.Width, ThumbnailRenderer.Height);
    private bool isPicture;

    public ThumbnailText Text => text;

    public TemplateFields Fields => fields;

    /// <summary>The video's own picture, for a place of the template that was given none.</summary>
    public SKBitmap? Frame => frame;

    /// <summary>The generated or given background picture; else the video's own one where the template may stand on it; else a
    /// gradient.</summary>
    /// <param name="from">First colour of the gradient.</param>
    /// <param name="to">Second colour.</param>
    /// <param name="horizontal">Otherwise diagonal.</param>
    /// <param name="blur">Of the given picture.</param>
    /// <param name="frameBlur">Of the video's own picture, which often holds words; null: it is no background here.</param>
    public void Backdrop(SKColor from, SKColor to, bool horizontal = false, float blur = 0, float? frameBlur = null)
    {
        var picture = background ?? (frameBlur is null ? null : frame);
        blur = background is null ? frameBlur ?? 0 : blur;
        isPicture = picture is not null;
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(0, 0),
            horizontal ? new SKPoint(Whole.Right, 0) : new SKPoint(Whole.Right, Whole.Bottom),
            [from, to],
            SKShaderTileMode.Clamp
        );
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawRect(Whole, paint);
        if (picture is not null)
        {
            using var image = SKImage.FromBitmap(picture);
            using var filter = blur > 0 ? SKImageFilter.CreateBlur(blur, blur, SKShaderTileMode.Clamp) : null;
            using var blurred = new SKPaint { ImageFilter = filter };
            canvas.DrawImage(image, Source(picture, Whole, cover: true), Whole, Smooth, blurred);
        }
    }

    /// <summary>Darkens a picture behind words; a gradient is dark enough.</summary>
    public void Shade(float strength)
    {
        if (isPicture)
        {
            Fill(Whole, SKColors.Black.WithAlpha((byte)(255 * strength)), 0);
        }
    }

    public void Vignette(float strength)
    {
        using var shader = SKShader.CreateRadialGradient(
            new SKPoint(Whole.MidX, Whole.MidY),
            800,
            [SKColors.Transparent, SKColors.Black.WithAlpha((byte)(255 * strength))],
            [0.45f, 1],
            SKShaderTileMode.Clamp
        );
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawRect(Whole, paint);
    }

    public void Fill(SKRect box, SKColor color, float radius)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawRoundRect(box, radius, radius, paint);
    }

    public void Circle(SKPoint center, float radius, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawCircle(center, radius, paint);
    }

    /// <summary>Fills the box (cropping) or fits into it (whole picture).</summary>
    public void Picture(SKBitmap? picture, SKRect box, bool cover = true, bool shadow = false, SKColor? glow = null)
    {
        if (picture is null)
        {
            return;
        }

        var target = cover ? box : Contain(picture, box);
        using var image = SKImage.FromBitmap(picture);
        using var filter =
            glow is { } light ? SKImageFilter.CreateDropShadow(0, 0, 30, 30, light)
            : shadow ? SKImageFilter.CreateDropShadow(10, 14, 16, 16, SKColors.Black.WithAlpha(150))
            : null;
        using var paint = new SKPaint { IsAntialias = true, ImageFilter = filter };
        canvas.DrawImage(
            image,
            cover ? Source(picture, box, cover: true) : new SKRect(0, 0, picture.Width, picture.Height),
            target,
            Smooth,
            paint
        );
    }

    public void Label(string words, SKRect box, SKColor color, SKColor ground)
    {
        Fill(box, ground.WithAlpha(220), 20);
        text.Draw(words, new SKRect(box.Left + 20, box.Top + 10, box.Right - 20, box.Bottom - 10), new TextLook(color, 92, 2));
    }

    public void Arrow(SKPoint from, SKPoint to, SKColor color)
    {
        using var line = new SKPaint
        {
            Color = color,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 16,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        var angle = MathF.Atan2(to.Y - from.Y, to.X - from.X);
        using var stroke = new SKPathBuilder();
        stroke.MoveTo(from);
        stroke.LineTo(to);
        foreach (var turn in (float[])[2.6f, -2.6f])
        {
            stroke.MoveTo(to);
            stroke.LineTo(to.X + (38 * MathF.Cos(angle + turn)), to.Y + (38 * MathF.Sin(angle + turn)));
        }

        using var path = stroke.Detach();
        canvas.DrawPath(path, line);
    }

    public void Lines(SKColor color, int step, bool vertical)
    {
        using var paint = new SKPaint { Color = color, StrokeWidth = 2 };
        for (var at = step; at < (vertical ? ThumbnailRenderer.Width : ThumbnailRenderer.Height); at += step)
        {
            canvas.DrawLine(
                vertical ? new SKPoint(at, 0) : new SKPoint(0, at),
                vertical ? new SKPoint(at, Whole.Bottom) : new SKPoint(Whole.Right, at),
                paint
            );
        }
    }

    public void Border(SKRect box, SKColor first, SKColor second)
    {
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(box.Left, box.Top),
            new SKPoint(box.Right, box.Bottom),
            [first, second],
            SKShaderTileMode.Clamp
        );
        using var glow = new SKPaint
        {
            Shader = shader,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 14,
            IsAntialias = true,
            MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 10),
        };
        using var line = new SKPaint
        {
            Shader = shader,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 6,
            IsAntialias = true,
        };
        canvas.DrawRoundRect(box, 24, 24, glow);
        canvas.DrawRoundRect(box, 24, 24, line);
    }

    /// <summary>Two colours: hard, gradient or diagonal border.</summary>
    public void Split(SKColor left, SKColor right, string style)
    {
        if (style == "gradient")
        {
            using var shader = SKShader.CreateLinearGradient(
                new SKPoint(0, 0),
                new SKPoint(Whole.Right, 0),
                [left, right],
                SKShaderTileMode.Clamp
            );
            using var paint = new SKPaint { Shader = shader };
            canvas.DrawRect(Whole, paint);
            return;
        }

        Fill(Whole, right, 0);
        var slant = style == "diagonal" ? 120 : 0;
        using var outline = new SKPathBuilder();
        outline.AddPoly(
            (SKPoint[])
                [
                    new SKPoint(0, 0),
                    new SKPoint(Whole.MidX + slant, 0),
                    new SKPoint(Whole.MidX - slant, Whole.Bottom),
                    new SKPoint(0, Whole.Bottom),
                ],
            true
        );
        using var area = outline.Detach();
        using var ink = new SKPaint { Color = left, IsAntialias = true };
        canvas.DrawPath(area, ink);
    }

    private static SKRect Contain(SKBitmap picture, SKRect box)
    {
        var scale = Math.Min(box.Width / picture.Width, box.Height / picture.Height);
        var (width, height) = (picture.Width * scale, picture.Height * scale);
        return SKRect.Create(box.MidX - (width / 2), box.MidY - (height / 2), width, height);
    }

    private static SKRect Source(SKBitmap picture, SKRect box, bool cover)
    {
        var scale = cover ? Math.Max(box.Width / picture.Width, box.Height / picture.Height) : 1;
        var (width, height) = (box.Width / scale, box.Height / scale);
        return SKRect.Create((picture.Width - width) / 2, (picture.Height - height) / 2, width, height);
    }
}
