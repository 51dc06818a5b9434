using System.Globalization;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>How a block of words looks.</summary>
internal sealed record TextLook(
    SKColor Color,
    float LargestSize,
    int MostLines = 3,
    SKColor? Outline = null,
    float OutlineWidth = 0,
    float Shadow = 0,
    SKTextAlign Align = SKTextAlign.Center,
    SKColor? Glow = null
);

/// <summary>Sets words into a box: wraps, shrinks until they fit, evens the lines out, shapes scripts that need it.</summary>
internal sealed class ThumbnailText(ThumbnailFonts fonts, SKCanvas canvas)
{
    private const float SmallestSize = 28;
    private const float LineHeight = 1.12f;
    private const int BalanceSteps = 6;

    /// <summary>The side at which the text's lines begin.</summary>
    public static SKTextAlign Start(string? text) => TextOrder.IsRightToLeft(text ?? "") ? SKTextAlign.Right : SKTextAlign.Left;

    /// <summary>Draws and returns the box that the words really take.</summary>
    public SKRect Draw(string? text, SKRect box, TextLook look)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return SKRect.Empty;
        }

        var (lines, size) = Fit(text, box, look);
        var height = lines.Count * size * LineHeight;
        var top = box.MidY - (height / 2);
        var widest = 0f;
        for (var i = 0; i < lines.Count; i++)
        {
            var width = Measure(lines[i], size);
            widest = Math.Max(widest, width);
            var left = look.Align switch
            {
                SKTextAlign.Left => box.Left,
                SKTextAlign.Right => box.Right - width,
                _ => box.MidX - (width / 2),
            };
            DrawLine(lines[i], left, top + (i * size * LineHeight) + (size * 0.9f), size, look);
        }

        var start = look.Align switch
        {
            SKTextAlign.Left => box.Left,
            SKTextAlign.Right => box.Right - widest,
            _ => box.MidX - (widest / 2),
        };
        return new SKRect(start, top, start + widest, top + height);
    }

    private (List<string> Lines, float Size) Fit(string text, SKRect box, TextLook look)
    {
        for (var size = look.LargestSize; ; size *= 0.92f)
        {
            var lines = Wrap(text, box.Width, size);
            if (
                size <= SmallestSize
                || (
                    lines.Count <= look.MostLines
                    && lines.Count * size * LineHeight <= box.Height
                    && lines.TrueForAll(line => Measure(line, size) <= box.Width)
                )
            )
            {
                return ([.. (lines.Count <= look.MostLines ? Balanced(text, box.Width, size, lines) : lines).Take(look.MostLines)], size);
            }
        }
    }

    /// <summary>The same number of lines in the narrowest box that holds them: no last line of one word or character.</summary>
    private List<string> Balanced(string text, float width, float size, List<string> lines)
    {
        var (narrow, wide) = (width / lines.Count / 2, width);
        for (var step = 0; step < BalanceSteps && lines.Count > 1; step++)
        {
            var middle = (narrow + wide) / 2;
            var tried = Wrap(text, middle, size);
            if (tried.Count == lines.Count && tried.TrueForAll(line => Measure(line, size) <= middle))
            {
                (lines, wide) = (tried, middle);
            }
            else
            {
                narrow = middle;
            }
        }

        return lines;
    }

    private List<string> Wrap(string text, float width, float size)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Measure(longer, size) > width)
            {
                lines.Add(line);
                longer = word;
            }

            // Scripts without spaces, and words wider than the box, break between graphemes.
            while (
                Measure(longer, size) > width
                && StringInfo.ParseCombiningCharacters(longer) is { Length: > 4 } starts
                && NeedsBreaking(longer)
            )
            {
                var cut = starts.Last(start => start > 0 && (start == starts[1] || Measure(longer[..start], size) <= width));
                lines.Add(longer[..cut]);
                longer = longer[cut..];
            }

            line = longer;
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>Chinese, Japanese, Korean and Thai have no spaces to break at.</summary>
    private static bool NeedsBreaking(string text) =>
        text.Any(c => c is >= '\u0E00' and <= '\u0E7F' or >= '\u2E80' and <= '\uD7FF' or >= '\uF900' and <= '\uFAFF');

    private float Measure(string text, float size)
    {
        var width = 0f;
        foreach (var (part, rightToLeft) in TextOrder.Parts(text))
        {
            foreach (var run in fonts.Runs(part))
            {
                using var font = Font(run, size);
                width += Shape(run, font, rightToLeft).Width;
            }
        }

        return width;
    }

    private void DrawLine(string text, float left, float baseline, float size, TextLook look)
    {
        if (look.Glow is { } glow)
        {
            using var halo = new SKPaint
            {
                Color = glow,
                IsAntialias = true,
                MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, size * 0.18f),
            };
            DrawRuns(text, left, baseline, size, halo);
        }

        if (look.Shadow > 0)
        {
            using var shadow = new SKPaint
            {
                Color = SKColors.Black.WithAlpha((byte)(200 * look.Shadow)),
                IsAntialias = true,
                MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 8),
            };
            DrawRuns(text, left + 6, baseline + 8, size, shadow);
        }

        if (look is { Outline: { } outline, OutlineWidth: > 0 })
        {
            using var stroke = new SKPaint
            {
                Color = outline,
                IsAntialias = true,
                Style = SKPaintStyle.Stroke,
                StrokeWidth = look.OutlineWidth,
                StrokeJoin = SKStrokeJoin.Round,
            };
            DrawRuns(text, left, baseline, size, stroke);
        }

        using var fill = new SKPaint { Color = look.Color, IsAntialias = true };
        DrawRuns(text, left, baseline, size, fill);
    }

    private void DrawRuns(string text, float left, float baseline, float size, SKPaint paint)
    {
        foreach (var (part, rightToLeft) in TextOrder.Parts(text))
        {
            var runs = fonts.Runs(part);
            foreach (var run in rightToLeft ? runs.Reverse() : runs)
            {
                using var font = Font(run, size);
                var shaped = Shape(run, font, rightToLeft);
                using var builder = new SKTextBlobBuilder();
                builder.AddPositionedRun([.. shaped.Codepoints.Select(glyph => (ushort)glyph)], font, shaped.Points);
                using var glyphs = builder.Build();
                if (glyphs is not null)
                {
                    canvas.DrawText(glyphs, left, baseline, paint);
                }

                left += shaped.Width;
            }
        }
    }

    private static SKFont Font(FontRun run, float size) => new(run.Typeface, size) { Edging = SKFontEdging.Antialias, Subpixel = true };

    /// <summary>The direction is said: the shaper would guess it from the script, which is wrong for digits.</summary>
    private static SKShaper.Result Shape(FontRun run, SKFont font, bool rightToLeft)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(run.Text);
        buffer.GuessSegmentProperties();
        buffer.Direction = rightToLeft ? HarfBuzzSharp.Direction.RightToLeft : HarfBuzzSharp.Direction.LeftToRight;
        lock (run.Shaper)
        {
            return run.Shaper.Shape(buffer, font);
        }
    }
}
