using System.Globalization;
using System.Text.Json;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Analysis;

/// <summary>
/// A video as people write it down in JSON: title, description, tags, channelTitle, duration (ISO 8601) or durationSeconds, publishedAt,
/// language, categoryId, transcript. Fields may be missing, null or of a neighbouring type (a number as text, one tag instead of a list).
/// </summary>
public static class VideoJson
{
    /// <summary>The video in a JSON object, or in its member <c>metadata</c> (the body of POST /api/v1/analyze/video); null where the text
    /// is no JSON object with a title or a description.</summary>
    public static VideoInput? Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(Find(document.RootElement, "metadata") is { ValueKind: JsonValueKind.Object } sent ? sent : document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON with text that is no Unicode (lone surrogates).
            return null;
        }
    }

    private static VideoInput? Read(JsonElement video)
    {
        var (title, description) = (Text(video, "title"), Text(video, "description"));
        return title is null && description is null
            ? null
            : new VideoInput
            {
                Title = title ?? "",
                Description = description ?? "",
                Tags = Texts(video, "tags"),
                ChannelTitle = Text(video, "channelTitle"),
                CategoryId = Text(video, "categoryId"),
                DeclaredLanguage = Text(video, "language") ?? Text(video, "declaredLanguage"),
                Duration = Number(video, "durationSeconds") is > 0 and < 604_800 and var seconds
                    ? TimeSpan.FromSeconds(seconds)
                    : Duration(Text(video, "duration")),
                PublishedAt = Time(video, "publishedAt"),
                Transcript = Text(video, "transcript") is { } spoken ? TranscriptParser.Parse(spoken) : null,
            };
    }

    internal static string? Text(JsonElement root, string name) =>
        Find(root, name) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

    internal static double? Number(JsonElement root, string name) =>
        Text(root, name) is { } text
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;

    internal static DateTimeOffset? Time(JsonElement root, string name) =>
        DateTimeOffset.TryParse(Text(root, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    internal static List<string> Texts(JsonElement root, string name) =>
        Find(root, name) switch
        {
            { ValueKind: JsonValueKind.Array } list =>
            [
                .. list.EnumerateArray()
                    .Where(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    .Select(item => item.ToString()),
            ],
            { ValueKind: JsonValueKind.String } text =>
            [
                .. text.GetString()!.Split(['|', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            ],
            _ => [],
        };

    /// <summary>"PT12M5S"; null for what is no length above zero.</summary>
    internal static TimeSpan? Duration(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            var value = System.Xml.XmlConvert.ToTimeSpan(text);
            return value > TimeSpan.Zero ? value : null;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static JsonElement Find(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) ? value : default;
}
