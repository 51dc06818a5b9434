using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>A stretch of text that one font can draw.</summary>
internal sealed record FontRun(string Text, SKTypeface Typeface, SKShaper Shaper);

/// <summary>
/// Bundled fonts first (Latin, Greek, Cyrillic, Arabic, Devanagari, Hebrew, Thai), then whatever the system has (Chinese, Japanese,
/// Korean). Characters that no font draws are left out instead of becoming boxes.
/// </summary>
internal sealed class ThumbnailFonts : IDisposable
{
    private static readonly string[] Bundled =
    [
        "NotoSans-Bold.ttf",
        "NotoSansArabic-Bold.ttf",
        "NotoSansDevanagari-Bold.ttf",
        "NotoSansHebrew-Bold.ttf",
        "NotoSansThai-Bold.ttf",
    ];
    private readonly List<(SKTypeface Typeface, SKShaper Shaper)> fonts;
    private readonly ConcurrentDictionary<int, int> fontOf = new();
    private readonly Lock gate = new();
    private Queue<string>? systemFiles;

    public ThumbnailFonts() =>
        fonts = [.. Bundled.Select(name => Load(SKTypeface.FromStream(typeof(ThumbnailFonts).Assembly.GetManifestResourceStream(name)!)))];

    public IReadOnlyList<FontRun> Runs(string text)
    {
        var runs = new List<(StringBuilder Text, int Font)>();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var joins =
                runs.Count > 0
                && (
                    Rune.IsWhiteSpace(rune)
                    || category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format
                );
            // Spaces and marks stay with the letter before them: shaping needs them together.
            var font = joins ? runs[^1].Font : FontOf(rune.Value);
            if (font < 0)
            {
                continue;
            }

            if (runs.Count == 0 || runs[^1].Font != font)
            {
                runs.Add((new StringBuilder(), font));
            }

            runs[^1].Text.Append(rune.ToString());
        }

        lock (gate)
        {
            return [.. runs.Select(run => new FontRun(run.Text.ToString(), fonts[run.Font].Typeface, fonts[run.Font].Shaper))];
        }
    }

    public void Dispose()
    {
        foreach (var (typeface, shaper) in fonts)
        {
            shaper.Dispose();
            typeface.Dispose();
        }
    }

    private static (SKTypeface Typeface, SKShaper Shaper) Load(SKTypeface typeface) => (typeface, new SKShaper(typeface));

    private int FontOf(int codePoint) => fontOf.GetOrAdd(codePoint, value =>
        {
            lock (gate)
            {
                var known = fonts.FindIndex(font => Draws(font.Typeface, value));
                return known >= 0 ? known : FromSystem(value);
            }
        });

    /// <summary>Opens the system's fonts one after another until one has the character.</summary>
    private int FromSystem(int codePoint)
    {
        systemFiles ??= new Queue<string>(
            Directories()
                .SelectMany(directory => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
                .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".ttf" or ".otf" or ".ttc")
                .OrderByDescending(file =>
                    file.Contains("CJK", StringComparison.OrdinalIgnoreCase)
                    || file.Contains("Fallback", StringComparison.OrdinalIgnoreCase)
                )
                .ThenByDescending(file => file.Contains("Bold", StringComparison.Ordinal))
                .ThenBy(file => file, StringComparer.Ordinal)
        );
        while (systemFiles.TryDequeue(out var file))
        {
            if (SKTypeface.FromFile(file) is { } typeface)
            {
                fonts.Add(Load(typeface));
                if (Draws(typeface, codePoint))
                {
                    return fonts.Count - 1;
                }
            }
        }

        return -1;
    }

    private static bool Draws(SKTypeface typeface, int codePoint)
    {
        using var font = new SKFont(typeface);
        return font.ContainsGlyph(codePoint);
    }

    private static IEnumerable<string> Directories() => ((string[])["/usr/share/fonts", "/usr/local/share/fonts"]).Where(Directory.Exists);
}
