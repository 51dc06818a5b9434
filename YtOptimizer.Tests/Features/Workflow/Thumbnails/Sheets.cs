using System.Text.Json;
using SkiaSharp;
using YtOptimizer.Api.Features.Workflow;

namespace YtOptimizer.Tests.Features.Workflow.Thumbnails;

/// <summary>Draws templates with a script's words and drawn pictures, and lays them out on contact sheets.</summary>
internal static class Sheets
{
    public const int CellWidth = 320;
    public const int CellHeight = 180;
    public const int Columns = 5;

    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);
    private static readonly string Person = DataUrl(900, 900, DrawPerson);
    private static readonly string Thing = DataUrl(600, 600, DrawThing);
    private static readonly string Cover = DataUrl(1280, 720, DrawField);

    /// <summary>One template at 1280×720. The caller disposes it.</summary>
    public static SKBitmap Draw(ThumbnailRenderer renderer, string template, Script script, bool pictures = true)
    {
        var config = new Dictionary<string, object?>
        {
            ["mainText"] = script.Headline,
            ["mainTitle"] = script.Headline,
            ["mainHeadline"] = script.Headline,
            ["topText"] = script.Headline,
            ["subtitle"] = script.Subtitle,
            ["bottomText"] = script.Subtitle,
            ["beforeLabel"] = script.Before,
            ["afterLabel"] = script.After,
        };
        if (pictures)
        {
            config["personImageUrl"] = Person;
            config["centerObjectUrl"] = Thing;
            config["objectImageUrl"] = Thing;
            config["beforeImage"] = Thing;
            config["afterImage"] = Cover;
            config["coverImageUrl"] = Cover;
        }

        using var fields = new TemplateFields(JsonSerializer.SerializeToElement(new { type = template, config }));
        return renderer.Render(new ThumbnailOrder(template, fields, null, null, "top-left", 100, null));
    }

    /// <summary>All templates of a script, five in a row.</summary>
    public static SKBitmap All(ThumbnailRenderer renderer, Script script, bool pictures = true)
    {
        var templates = ThumbnailTemplates.All;
        var sheet = new SKBitmap(Columns * CellWidth, (templates.Count + Columns - 1) / Columns * CellHeight);
        using var canvas = new SKCanvas(sheet);
        for (var i = 0; i < templates.Count; i++)
        {
            using var picture = Draw(renderer, templates[i], script, pictures);
            using var small = picture.Resize(new SKSizeI(CellWidth, CellHeight), Smooth);
            canvas.DrawBitmap(small, Cell(i).Left, Cell(i).Top, Smooth);
        }

        return sheet;
    }

    public static SKRectI Cell(int index) =>
        SKRectI.Create(index % Columns * CellWidth, index / Columns * CellHeight, CellWidth, CellHeight);

    private static string DataUrl(int width, int height, Action<SKCanvas> draw)
    {
        using var picture = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(picture))
        {
            canvas.Clear(SKColors.Transparent);
            draw(canvas);
        }

        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return "data:image/png;base64," + Convert.ToBase64String(png.AsSpan());
    }

    private static void DrawPerson(SKCanvas canvas)
    {
        canvas.Clear(new SKColor(0x94, 0xA3, 0xB8));
        Ellipse(canvas, 450, 900, 360, 360, new SKColor(0x33, 0x41, 0x55));
        Ellipse(canvas, 450, 380, 190, 230, new SKColor(0xE0, 0xA8, 0x80));
        Ellipse(canvas, 380, 360, 22, 30, SKColors.Black);
        Ellipse(canvas, 520, 360, 22, 30, SKColors.Black);
        Ellipse(canvas, 450, 500, 60, 50, new SKColor(0x7F, 0x1D, 0x1D));
    }

    private static void DrawThing(SKCanvas canvas)
    {
        Ellipse(canvas, 300, 330, 240, 220, new SKColor(0xDC, 0x26, 0x26));
        Ellipse(canvas, 230, 260, 60, 40, new SKColor(0xFC, 0xA5, 0xA5));
        Ellipse(canvas, 300, 110, 110, 28, new SKColor(0x16, 0xA3, 0x4A));
    }

    private static void DrawField(SKCanvas canvas)
    {
        canvas.Clear(new SKColor(0xBA, 0xE6, 0xFD));
        Ellipse(canvas, 640, 900, 1000, 480, new SKColor(0x4D, 0x7C, 0x0F));
        for (var x = 120; x < 1280; x += 200)
        {
            Ellipse(canvas, x, 480, 60, 60, new SKColor(0xDC, 0x26, 0x26));
        }
    }

    private static void Ellipse(SKCanvas canvas, float x, float y, float width, float height, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawOval(x, y, width, height, paint);
    }
}
