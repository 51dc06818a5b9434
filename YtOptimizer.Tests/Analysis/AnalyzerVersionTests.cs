using System.Runtime.InteropServices;
using System.Security.Cryptography;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Transcripts;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Analysis;

/// <summary>
/// Stored results are told apart by <see cref="Analyzer.Version"/>: it has to move whenever equal input gives another result. The digest of
/// the results of the bundled videos and transcripts stands beside it, in <c>YtOptimizer.Analysis/results-digest.txt</c>.
/// </summary>
public sealed class AnalyzerVersionTests
{
    private static readonly string DigestFile = Repository.PathOf("YtOptimizer.Analysis", "results-digest.txt");

    [Fact]
    public void Results_OfTheSamples_BelongToTheVersion()
    {
        // The last digits of a score may differ between processors and builds of ICU.
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "The digest is that of Linux on x64."
        );
        var now = $"{Analyzer.Version} {Digest()}";
        var kept = File.ReadAllText(DigestFile).Trim();
        var isNewVersion = !kept.StartsWith(Analyzer.Version + " ", StringComparison.Ordinal);
        if (isNewVersion && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(DigestFile, now + "\n");
            kept = now;
        }

        Assert.True(
            kept == now,
            isNewVersion
                ? $"{DigestFile} belongs to another version than {Analyzer.Version}. Run this test with UPDATE_SNAPSHOTS=1 and commit "
                    + "the file."
                : $"Results of version {Analyzer.Version} have changed. If that is meant, raise Analyzer.Version, run this test with "
                    + "UPDATE_SNAPSHOTS=1 and commit the file; stored results of the old version are then made anew. It is not rewritten "
                    + "for the same version."
        );
    }

    private static string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var input in Samples.Videos.Select(video => video.ToInput()).Concat(Talks()))
        {
            hash.AppendData(AnalysisJson.ToBytes(Samples.Analyzer.Analyze(input)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<VideoInput> Talks() =>
        Directory
            .EnumerateFiles(Repository.PathOf("YtOptimizer.Tests", "Data", "transcripts"), "*.vtt")
            .Order(StringComparer.Ordinal)
            .Select(file => new VideoInput { Title = "", Transcript = TranscriptParser.Parse(File.ReadAllText(file)) });
}
