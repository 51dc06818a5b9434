using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.RealInputs;

/// <summary>The files in Data/cases.</summary>
internal static class RealInput
{
    public static string Text(string file) => File.ReadAllText(At(file));

    public static string Decoded(string file) => TranscriptEncoding.Decode(File.ReadAllBytes(At(file)));

    private static string At(string file) => Path.Combine(AppContext.BaseDirectory, "Data", "cases", file);
}
