using System.Globalization;
using System.Text.Json;
using YtOptimizer.Analysis;

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
                Id = VideoJson.Text(root, "id") ?? string.Create(CultureInfo.InvariantCulture, $"line-{number}"),
                Title = VideoJson.Text(root, "title") ?? "",
                Description = VideoJson.Text(root, "description") ?? "",
                Tags = VideoJson.Texts(root, "tags"),
                ChannelTitle = VideoJson.Text(root, "channelTitle"),
                ChannelId = VideoJson.Text(root, "channelId"),
                ViewCount = VideoJson.Number(root, "viewCount"),
                CategoryId = VideoJson.Text(root, "categoryId"),
                Duration = VideoJson.Text(root, "duration"),
                PublishedAt = VideoJson.Time(root, "publishedAt"),
                DeclaredLanguage = VideoJson.Text(root, "declaredLanguage"),
                DetectedLanguage = VideoJson.Text(root, "detectedLanguage"),
                SourceRepo = VideoJson.Text(root, "sourceRepo"),
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
}
