using System.Collections.Frozen;

namespace YtOptimizer.Analysis.Text;

/// <summary>Names whose letter case is their own, from brands.txt.</summary>
internal static class Brands
{
    private static readonly Lazy<FrozenDictionary<string, string>> All = StaticTables.Once(static () =>
    {
        using var stream = typeof(Brands).Assembly.GetManifestResourceStream("YtOptimizer.Analysis.Text.brands.txt")
            ?? throw new InvalidOperationException("The embedded file brands.txt is missing.");
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .ToFrozenDictionary(Folding.Fold, line => line, StringComparer.Ordinal);
    });

    /// <summary>The name as its owner writes it, null for other words.</summary>
    public static string? Form(string folded) => All.Value.GetValueOrDefault(folded);
}
