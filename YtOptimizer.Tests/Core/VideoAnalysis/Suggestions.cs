using System.Text.Json.Nodes;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>Answers as a model would write them.</summary>
internal static class Suggestions
{
    public static string Answer(
        IEnumerable<string>? titles = null,
        string description = "",
        IEnumerable<string>? tags = null,
        IEnumerable<string>? keyPoints = null,
        IEnumerable<string>? overlays = null,
        bool suspicious = false,
        IEnumerable<(string Start, string Title)>? chapters = null
    ) =>
        new JsonObject
        {
            ["titles"] = new JsonArray([
                .. (titles ?? ["A title"]).Select(title => new JsonObject { ["text"] = title, ["reason"] = "clearer" }),
            ]),
            ["description"] = description,
            ["keyPoints"] = Strings(keyPoints),
            ["tags"] = Strings(tags),
            ["chapters"] = new JsonArray([
                .. (chapters ?? []).Select(chapter => new JsonObject { ["start"] = chapter.Start, ["title"] = chapter.Title }),
            ]),
            ["thumbnails"] = new JsonArray([
                .. (overlays ?? []).Select(overlay => new JsonObject { ["overlayText"] = overlay, ["visualElements"] = new JsonArray() }),
            ]),
            ["suspiciousInstructions"] = suspicious,
        }.ToJsonString();

    private static JsonArray Strings(IEnumerable<string>? texts) => new([.. (texts ?? []).Select(text => (JsonNode)text)]);
}
