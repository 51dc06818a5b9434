using System.Globalization;
using System.Text;
using System.Text.Json;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>What an audio endpoint answers.</summary>
/// <param name="Text">WebVTT where the server states times, else plain text.</param>
/// <param name="Usage">Tokens billed; none where the server bills by the minute.</param>
internal sealed record SpeechAnswer(string Text, TokenUsage Usage)
{
    /// <returns>Null when the body is no such answer.</returns>
    public static SpeechAnswer? Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            int Number(string name) =>
                root.TryGetProperty("usage", out var usage)
                && usage.TryGetProperty(name, out var value)
                && value.TryGetInt32(out var number)
                    ? number
                    : 0;
            var billed = new TokenUsage(Number("input_tokens"), Number("output_tokens"));
            if (
                root.TryGetProperty("segments", out var segments)
                && segments.ValueKind == JsonValueKind.Array
                && segments.GetArrayLength() > 0
            )
            {
                var vtt = new StringBuilder("WEBVTT\n\n");
                foreach (var segment in segments.EnumerateArray())
                {
                    vtt.Append(
                        CultureInfo.InvariantCulture,
                        $"{Stamp(segment, "start")} --> {Stamp(segment, "end")}\n{segment.GetProperty("text").GetString()?.Trim()}\n\n"
                    );
                }

                return new SpeechAnswer(vtt.ToString(), billed);
            }

            return new SpeechAnswer(root.TryGetProperty("text", out var text) ? text.GetString()?.Trim() ?? "" : "", billed);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static string Stamp(JsonElement segment, string name) =>
        TimeSpan.FromSeconds(segment.GetProperty(name).GetDouble()).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
}
