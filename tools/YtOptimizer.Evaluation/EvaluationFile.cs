using System.Globalization;
using System.Text.Json;

namespace YtOptimizer.Evaluation;

/// <param name="Videos">The usable lines, in their order.</param>
/// <param name="Skipped">Lines that are no video, each with its number and the reason.</param>
internal sealed record EvaluationFile(IReadOnlyList<EvaluationVideo> Videos, IReadOnlyList<string> Skipped)
{
    /// <summary>
    /// Reads JSON Lines (UTF-8). Fields may be missing, null or of a neighbouring type (a number as text, one tag instead of a list);
    /// a line that is no JSON object, or has neither title nor description, is left out and reported.
    /// </summary>
    public static EvaluationFile Read(string path)
    {
        var videos = new List<EvaluationVideo>();
        var skipped = new List<string>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (Parse(line, number, out var problem) is { } video)
            {
                videos.Add(video);
            }
            else
            {
                skipped.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: {problem}"));
            }
        }

        return new EvaluationFile(videos, skipped);
    }

    private static EvaluationVideo? Parse(string line, int number, out string problem)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                problem = "not a JSON object.";
                return null;
            }

            var video = new EvaluationVideo
            {
                Id = Text(root, "id") ?? string.Create(CultureInfo.InvariantCulture, $"line-{number}"),
                Title = Text(root, "title") ?? "",
                Description = Text(root, "description") ?? "",
                Tags = Texts(root, "tags"),
                ChannelTitle = Text(root, "channelTitle"),
                ChannelId = Text(root, "channelId"),
                ViewCount = Number(root, "viewCount"),
                CategoryId = Text(root, "categoryId"),
                Duration = Text(root, "duration"),
                PublishedAt = DateTimeOffset.TryParse(
                    Text(root, "publishedAt"),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var published
                )
                    ? published
                    : null,
                DeclaredLanguage = Text(root, "declaredLanguage"),
                DetectedLanguage = Text(root, "detectedLanguage"),
                SourceRepo = Text(root, "sourceRepo"),
            };
            problem = "neither title nor description.";
            return video.Title.Length + video.Description.Length > 0 ? video : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON with text that is no Unicode (lone surrogates).
            problem = "not JSON. " + exception.Message;
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        Find(root, name) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

    private static double? Number(JsonElement root, string name) =>
        Text(root, name) is { } text
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;

    private static List<string> Texts(JsonElement root, string name) =>
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

    private static JsonElement Find(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value : default;
}
