using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Architecture;

/// <summary>One C# file of the checkout, with its path relative to the root ('/' between folders).</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string Namespace => SourceTree.NamespaceOf(Text);
}

/// <summary>The C# sources of the checkout, without generated ones.</summary>
internal static partial class SourceTree
{
    public static readonly string[] Products =
    [
        "YtOptimizer.AppHost",
        "YtOptimizer.ServiceDefaults",
        "YtOptimizer.Analysis",
        "YtOptimizer.Core",
        "YtOptimizer.Api",
        "YtOptimizer.Worker",
    ];

    private static readonly Lazy<IReadOnlyList<SourceFile>> Files = new(() => [.. Products.SelectMany(Read)]);

    private static readonly Lazy<IReadOnlyList<SourceFile>> Beside = new(() =>
        [.. new[] { "YtOptimizer.Tests", "perf", "tools" }.SelectMany(Read)]
    );

    /// <summary>What is shipped.</summary>
    public static IReadOnlyList<SourceFile> Product => Files.Value;

    /// <summary>What is shipped, and its tests, measurements and tools.</summary>
    public static IEnumerable<SourceFile> All => Product.Concat(Beside.Value);

    public static IEnumerable<SourceFile> Read(string folder) =>
        Directory
            .EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => new SourceFile(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal);

    public static string NamespaceOf(string text) => NamespaceLine().Match(text).Groups["name"].Value;

    public static IEnumerable<string> UsingsOf(string text) => UsingLine().Matches(text).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (static )?(?<name>YtOptimizer[\w.]*);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex UsingLine();
}
