using System.Collections.Frozen;
using System.Globalization;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The colours of an idea: those of the present picture, else those that suit its hook, what it shows, or its kind.</summary>
internal static class ThumbnailPalette
{
    private static readonly Lazy<FrozenDictionary<string, string[]>> All = StaticTables.Once(static () =>
        KindData
            .Lines("palettes.txt")
            .Select(line => line.Split(": ", 2))
            .GroupBy(parts => parts[0], StringComparer.Ordinal)
            .ToFrozenDictionary(
                group => group.Key,
                group => group.Select(parts => parts[1].Split(" | ")).Select(parts => $"{parts[1]} ({parts[0]})").ToArray(),
                StringComparer.Ordinal
            )
    );

    /// <param name="turn">Which variant, where there are several.</param>
    public static string Of(ThumbnailFacts? facts, ThumbnailHook hook, Picture? picture, VideoKind kind, int turn)
    {
        if (OfPicture(facts) is { } present)
        {
            return present;
        }

        string[] keys = [Key(hook), picture is null ? "" : Key(picture.Group), Key(kind), Key(VideoKind.Other)];
        var variants = keys.Select(key => All.Value.GetValueOrDefault(key)).First(found => found is not null)!;
        return variants[turn % variants.Length];
    }

    /// <summary>Of colours as <see cref="Of"/> gives them only the ground: "white text on deep blue (#ffffff on #0b3c5d)" → "deep blue
    /// (#0b3c5d)".</summary>
    public static string Ground(string colours)
    {
        const string Between = " on ";
        var code = colours.LastIndexOf(Between, StringComparison.Ordinal) + Between.Length;
        var text = colours.IndexOf(" text" + Between, StringComparison.Ordinal);
        var open = colours.LastIndexOf('(');
        return text >= 0 && open > text
                ? string.Concat(colours.AsSpan(text + " text on ".Length, open + 1 - text - " text on ".Length), colours.AsSpan(code))
            : open >= 0 ? string.Concat(colours.AsSpan(0, open + 1), colours.AsSpan(code))
            : colours[code..];
    }

    private static string Key<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? OfPicture(ThumbnailFacts? facts)
    {
        if (
            facts is not { Palette: [{ Length: 7 } main, ..] }
            || !int.TryParse(main.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb)
        )
        {
            return null;
        }

        // WCAG: black reads better than white from a relative luminance of about 0.18.
        var luminance = (0.2126 * Channel(rgb >> 16)) + (0.7152 * Channel(rgb >> 8)) + (0.0722 * Channel(rgb));
        return luminance > 0.179 ? $"#111111 on {main}, as in the present picture" : $"#ffffff on {main}, as in the present picture";
    }

    private static double Channel(int value)
    {
        var c = (value & 0xFF) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
