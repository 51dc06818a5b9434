using System.Text.Json;
using System.Text.Json.Nodes;

namespace YtOptimizer.Api.Mcp;

/// <summary>What a model needs of a finished job, and no more: the whole answer of the endpoint is ten times as long.</summary>
internal static class SuggestionView
{
    private static readonly string[] Whole = ["score", "hashtags", "verdicts", "warnings"];

    /// <param name="job">The answer of GetJobStatus with its result.</param>
    public static JsonObject Of(JsonElement job)
    {
        var row = job.GetProperty("result");
        var view = new JsonObject
        {
            ["jobId"] = ToolResults.Text(job, "jobId"),
            ["status"] = ToolResults.Text(job, "status"),
            ["videoUrl"] = ToolResults.Text(row, "video_url"),
            ["videoTitle"] = ToolResults.Text(row, "video_title"),
            // These columns hold what is offered in the end, a language model's part included.
            ["titles"] = Copy(row, "ai_titles"),
            ["description"] = Copy(row, "ai_description"),
            ["tags"] = Copy(row, "ai_tags"),
            ["chapters"] = Copy(row, "ai_chapters"),
            ["thumbnailIdeas"] = Copy(row, "ai_thumbnail_ideas"),
        };
        if (Member(Member(row, "analysis"), "result") is not { ValueKind: JsonValueKind.Object } result)
        {
            return view;
        }

        view["language"] = ToolResults.Text(Member(result, "language"), "code");
        foreach (var name in Whole)
        {
            view[name] = Copy(result, name);
        }

        if (Member(result, "fixes") is { ValueKind: JsonValueKind.Array } fixes)
        {
            view["whatToChangeFirst"] = new JsonArray([
                .. fixes
                    .EnumerateArray()
                    .Select(fix => new JsonObject
                    {
                        ["field"] = ToolResults.Text(fix, "field"),
                        ["action"] = ToolResults.Text(fix, "action"),
                        ["scoreBefore"] = Copy(fix, "scoreBefore"),
                        ["scoreAfter"] = Copy(fix, "scoreAfter"),
                        ["scoreUpTo"] = Copy(fix, "scoreUpTo"),
                        ["newTitle"] = ToolResults.Text(fix, "newTitle"),
                    }),
            ]);
        }

        return view;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static JsonNode? Copy(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value
            ? JsonNode.Parse(value.GetRawText())
            : null;
}
