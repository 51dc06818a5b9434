using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using YtOptimizer.Analysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Analysis;

/// <summary>
/// Stored results are told apart by <see cref="Analyzer.Version"/>: it has to move whenever equal input gives another result. What version
/// gave what for the bundled videos and talks stands in <c>results.txt</c> beside this file, with a digest of each part of each result.
/// </summary>
public sealed class AnalyzerVersionTests
{
    private const string VersionLine = "version ";

    private const string Head = """
        # Digests of the analyzer's results for the bundled videos and talks, by part. Results that change need a new Analyzer.Version:
        # raise it, run AnalyzerVersionTests with UPDATE_SNAPSHOTS=1 and commit this file; its difference shows which parts changed.
        """;

    private static readonly string[] Parts = ["score", "titles", "description", "tags", "hashtags", "chapters", "thumbnailIdeas", "fixes"];

    private static readonly string Known = Repository.PathOf("YtOptimizer.Tests", "Analysis", "results.txt");

    [Fact]
    public void Results_OfTheSamples_BelongToTheVersion()
    {
        // The last digits of a score may differ between processors and builds of ICU.
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "The digests are those of Linux on x64."
        );
        var now = ResultsOfSamples.All.Select(sample => Line(sample.Name, ResultsOfSamples.Json(Samples.Analyzer, sample.Input))).ToList();
        var known = File.Exists(Known) ? File.ReadAllLines(Known) : [];
        var isNewVersion = !known.Contains(VersionLine + Analyzer.Version, StringComparer.Ordinal);
        if (isNewVersion && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            known = [.. Head.Split('\n'), VersionLine + Analyzer.Version, .. now];
            File.WriteAllLines(Known, known);
        }

        Assert.False(
            isNewVersion && !known.Contains(VersionLine + Analyzer.Version, StringComparer.Ordinal),
            $"{Known} belongs to another version than {Analyzer.Version}. Run this test with UPDATE_SNAPSHOTS=1 and commit the file."
        );
        var changed = now.Except(known, StringComparer.Ordinal).Select(line => Changed(line, known)).ToList();
        Assert.True(
            changed.Count == 0,
            $"Results of version {Analyzer.Version} have changed. If that is meant, raise Analyzer.Version, run this test with "
                + "UPDATE_SNAPSHOTS=1 and commit results.txt; stored results of the old version are then made anew. The file is not "
                + $"rewritten for the same version.\n{string.Join('\n', changed)}"
        );
    }

    /// <summary>"abc score 71.2 titles 0123abcd … all 89abcdef".</summary>
    private static string Line(string name, string json)
    {
        var result = JsonNode.Parse(json)!;
        var parts = Parts.Select(part =>
            part == "score"
                ? $"{part} {result["exactScore"]!.GetValue<double>().ToString(CultureInfo.InvariantCulture)}"
                : $"{part} {Digest(result[part]?.ToJsonString() ?? "")}"
        );
        return $"{name} {string.Join(' ', parts)} all {Digest(json)}";
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    /// <summary>"abc: titles, all".</summary>
    private static string Changed(string line, string[] known)
    {
        var now = line.Split(' ');
        if (known.FirstOrDefault(old => old.StartsWith(now[0] + " ", StringComparison.Ordinal))?.Split(' ') is not { } before)
        {
            return $"{now[0]}: new";
        }

        var parts = Enumerable.Range(1, now.Length - 1).Where(i => i % 2 == 0 && now[i] != before.ElementAtOrDefault(i));
        return $"{now[0]}: {string.Join(", ", parts.Select(i => now[i - 1]))}";
    }
}
