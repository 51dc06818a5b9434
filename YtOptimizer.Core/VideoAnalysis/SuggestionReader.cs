using System.Globalization;
using System.Text.Json;
using YtOptimizer.Core.Upstreams.OpenAi;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>
/// Reads what a model answered, section by section: missing, null or misshapen sections are empty and the right ones are used. Some servers
/// accept a schema and ignore it, and an answer that was cut off still holds what came before.
/// </summary>
public static class SuggestionReader
{
    private const int MostItems = 40;
    private const int LongestText = 6_000;

    /// <summary>Reads an answer; null with a <paramref name="problem"/> that can be told to the model when no section is of use.</summary>
    public static SuggestionCandidates? Read(string answer, out string problem)
    {
        ArgumentNullException.ThrowIfNull(answer);
        problem = "";
        try
        {
            using var document = JsonDocument.Parse(
                JsonAnswer.Of(answer),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
            );
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                problem = "the answer is not a JSON object";
                return null;
            }

            var candidates = Sections(root);
            if (
                candidates.Titles.Count + candidates.Tags.Count + candidates.Chapters.Count + candidates.Thumbnails.Count == 0
                && candidates.Description.Length == 0
            )
            {
                problem = "'titles', 'description' and 'tags' are missing or not of the types of the schema";
                return null;
            }

            return candidates;
        }
        catch (JsonException)
        {
            problem = "the answer is not valid JSON";
            return null;
        }
    }

    private static SuggestionCandidates Sections(JsonElement root) =>
        new()
        {
            Titles = [.. Items(root, "titles").Select(Title).OfType<CandidateTitle>()],
            Description = Text(root, "description"),
            KeyPoints = Texts(root, "keyPoints"),
            Tags = Texts(root, "tags"),
            Hashtags = Texts(root, "hashtags"),
            Chapters = [.. Items(root, "chapters").Select(Chapter).OfType<CandidateChapter>()],
            Thumbnails =
            [
                .. Items(root, "thumbnails")
                    .Select(idea => new CandidateThumbnail(Text(idea, "overlayText"), Texts(idea, "visualElements")))
                    .Where(idea => idea.OverlayText.Length > 0),
            ],
            SuspiciousInstructions = root.TryGetProperty("suspiciousInstructions", out var flag) && flag.ValueKind == JsonValueKind.True,
        };

    // Small models write plain strings where objects are asked for.
    private static CandidateTitle? Title(JsonElement item)
    {
        var text = item.ValueKind == JsonValueKind.String ? Bounded(item) : Text(item, "text");
        return text.Length == 0 ? null : new CandidateTitle(text, Text(item, "reason"));
    }

    private static CandidateChapter? Chapter(JsonElement item) =>
        Text(item, "title") is { Length: > 0 } title && Seconds(Text(item, "start")) is { } start
            ? new CandidateChapter(start, title)
            : null;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Take(MostItems)
            : [];

    private static List<string> Texts(JsonElement element, string name) =>
        [.. Items(element, name).Where(item => item.ValueKind == JsonValueKind.String).Select(Bounded).Where(text => text.Length > 0)];

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Bounded(value)
            : "";

    private static string Bounded(JsonElement value)
    {
        var text = value.GetString()!.Trim();
        return text.Length <= LongestText ? text : "";
    }

    private static int? Seconds(string time)
    {
        var parts = time.Split(':');
        return
            parts.Length is 2 or 3
            && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 1000)
            ? parts.Aggregate(0, (total, part) => (total * 60) + int.Parse(part, CultureInfo.InvariantCulture))
            : null;
    }
}
