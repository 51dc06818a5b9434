using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>What a model proposes, after local validation of its shape and before the guard has checked its content.</summary>
public sealed record SuggestionCandidates
{
    public IReadOnlyList<CandidateTitle> Titles { get; init; } = [];

    public string Description { get; init; } = "";

    public IReadOnlyList<string> KeyPoints { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<CandidateChapter> Chapters { get; init; } = [];

    public IReadOnlyList<CandidateThumbnail> Thumbnails { get; init; } = [];

    /// <summary>The model saw text in the video data that tries to instruct it.</summary>
    public bool SuspiciousInstructions { get; init; }
}

/// <param name="Text">The title.</param>
/// <param name="Reason">One of <see cref="SuggestionPrompt.Reasons"/>: free text of the model is never shown.</param>
public sealed record CandidateTitle(string Text, string Reason);

public sealed record CandidateChapter(int StartSeconds, string Title);

public sealed record CandidateThumbnail(string OverlayText, IReadOnlyList<string> VisualElements);

/// <summary>Strict about shape, since some servers accept a schema and ignore it.</summary>
public static partial class SuggestionReader
{
    private const int MostItems = 40;
    private const int LongestText = 6_000;

    /// <summary>Reads an answer; null with a <paramref name="problem"/> that can be told to the model.</summary>
    public static SuggestionCandidates? Read(string answer, out string problem)
    {
        ArgumentNullException.ThrowIfNull(answer);
        problem = "";
        try
        {
            using var document = JsonDocument.Parse(Unfenced(answer));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                problem = "the answer is not a JSON object";
                return null;
            }

            return new SuggestionCandidates
            {
                Titles = [.. Items(root, "titles").Select(title => new CandidateTitle(Text(title, "text"), Text(title, "reason")))],
                Description = Text(root, "description"),
                KeyPoints = Texts(root, "keyPoints"),
                Tags = Texts(root, "tags"),
                Chapters = [.. Items(root, "chapters").Select(chapter => new CandidateChapter(Seconds(Text(chapter, "start")), Text(chapter, "title")))],
                Thumbnails = [.. Items(root, "thumbnails").Select(idea => new CandidateThumbnail(Text(idea, "overlayText"), Texts(idea, "visualElements")))],
                SuspiciousInstructions = root.TryGetProperty("suspiciousInstructions", out var flag) && flag.ValueKind == JsonValueKind.True,
            };
        }
        catch (JsonException)
        {
            problem = "the answer is not valid JSON";
            return null;
        }
        catch (FormatException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }

    /// <summary>Some models put a code fence around their JSON.</summary>
    private static string Unfenced(string answer) => Fence().Match(answer) is { Success: true } fence ? fence.Groups["json"].Value : answer;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name)
    {
        var items = Property(element, name, JsonValueKind.Array);
        return items.GetArrayLength() <= MostItems ? items.EnumerateArray() : throw new FormatException($"'{name}' has more than {MostItems} items");
    }

    private static List<string> Texts(JsonElement element, string name) =>
        [.. Items(element, name).Select(item => item.ValueKind == JsonValueKind.String ? Bounded(item.GetString()!, name) : throw new FormatException($"'{name}' must hold strings"))];

    private static string Text(JsonElement element, string name) => Bounded(Property(element, name, JsonValueKind.String).GetString()!, name);

    private static string Bounded(string text, string name) => text.Length <= LongestText ? text.Trim() : throw new FormatException($"'{name}' is too long");

    private static JsonElement Property(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : throw new FormatException($"'{name}' is missing or not of type {kind.ToString().ToLowerInvariant()}");

    private static int Seconds(string time)
    {
        var parts = time.Split(':');
        if (parts.Length is < 2 or > 3 || !parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 1000))
        {
            throw new FormatException("'start' must look like 12:34 or 1:02:03");
        }

        return parts.Aggregate(0, (total, part) => (total * 60) + int.Parse(part, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^\s*```(json)?\s*(?<json>\{.*\})\s*```\s*$", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}
