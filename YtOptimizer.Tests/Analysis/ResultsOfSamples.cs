using System.Text;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.Analysis;

/// <summary>The bundled videos and talks, and their results as JSON.</summary>
internal static class ResultsOfSamples
{
    /// <summary>Name and video of each, always in the same order.</summary>
    public static IReadOnlyList<(string Name, VideoInput Input)> All { get; } =
    [
        .. Samples.Videos.Select(video => (video.Id, video.ToInput())),
        .. Directory
            .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Data", "transcripts"), "*.vtt")
            .Order(StringComparer.Ordinal)
            .Select(file =>
                (
                    Path.GetFileNameWithoutExtension(file),
                    new VideoInput { Title = "", Transcript = TranscriptParser.Parse(File.ReadAllText(file)) }
                )
            ),
    ];

    /// <summary>Those that differ most from each other: every script, both kinds of talks, some of the rest.</summary>
    public static IReadOnlyList<(string Name, VideoInput Input)> Few { get; } =
    [.. All.Where((sample, i) => i % 6 == 0 || sample.Input.Transcript is not null && i % 2 == 0 || sample.Input.Title.Any(IsUnspaced))];

    public static string Json(Analyzer analyzer, VideoInput input) =>
        Encoding.UTF8.GetString(AnalysisJson.ToBytes(analyzer.Analyze(input)));

    // From Thai on; Latin with marks and Cyrillic stand before.
    private static bool IsUnspaced(char c) => c is >= '\u0E00' and < '\uAC00' and not (>= '\u1E00' and < '\u3000');
}
