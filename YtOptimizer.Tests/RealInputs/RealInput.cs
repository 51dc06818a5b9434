using System.Text.Json;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.RealInputs;

/// <summary>The files in Data/cases.</summary>
internal static class RealInput
{
    public static string Text(string file) => File.ReadAllText(At(file));

    public static string Decoded(string file) => TranscriptEncoding.Decode(File.ReadAllBytes(At(file)));

    public static VideoInput Video(string file) =>
        JsonSerializer.Deserialize<VideoInput>(Text(file), JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"{file} holds no video.");

    private static string At(string file) => Path.Combine(AppContext.BaseDirectory, "Data", "cases", file);
}
