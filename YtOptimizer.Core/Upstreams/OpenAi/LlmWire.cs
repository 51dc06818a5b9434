using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>The Chat Completions JSON: what we send, and a lenient reading of what compatible servers answer.</summary>
internal static class LlmWire
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Request(LlmCall call, string model, double? temperature, LlmCapabilities capabilities)
    {
        var body = new JsonObject { ["model"] = model, ["messages"] = Messages(call, capabilities) };
        if (capabilities.TokenLimitField is { } field)
        {
            body[field] = call.MaxOutputTokens;
        }

        if (temperature is { } value && capabilities.Temperature)
        {
            body["temperature"] = value;
        }

        if (capabilities.Effort && ModelTraits.TakesEffort(model))
        {
            body["reasoning_effort"] = "low";
        }

        if (capabilities.Shape == ResponseShape.Schema)
        {
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject
                {
                    ["name"] = call.SchemaName,
                    ["strict"] = true,
                    ["schema"] = JsonNode.Parse(call.Schema),
                },
            };
        }
        else if (capabilities.Shape == ResponseShape.JsonObject)
        {
            body["response_format"] = new JsonObject { ["type"] = "json_object" };
        }

        return body.ToJsonString(Relaxed);
    }

    // OpenAI, Anthropic's and Google's names for one thing, and what compatible servers make of them.
    private static readonly FrozenSet<string> CutOff = new[] { "length", "max_tokens", "max_output_tokens", "model_length" }.ToFrozenSet(
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The answer, or null when the body is not a chat completion at all.</summary>
    public static LlmReply? Reply(string body, LlmCall call)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonAnswer.WithoutHalfSurrogates(body));
            if (Child(document.RootElement, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0)
            {
                return null;
            }

            var message = Child(choices[0], "message");
            var (content, refusal, finish) = (
                Content(Child(message, "content")),
                Text(message, "refusal"),
                Text(choices[0], "finish_reason")
            );
            var usage = Usage(Child(document.RootElement, "usage")) ?? Estimate(call, content + refusal);
            var end =
                !string.IsNullOrEmpty(refusal) || finish == "content_filter" ? LlmFinish.Refused
                : CutOff.Contains(finish ?? "") ? LlmFinish.Length
                : LlmFinish.Complete;
            return new LlmReply(end, content, usage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static int PromptTokens(LlmCall call) =>
        TokenEstimator.CountMessages([call.SystemPrompt, .. call.Messages.Select(message => message.Content)])
        + TokenEstimator.Count(call.Schema);

    private static JsonArray Messages(LlmCall call, LlmCapabilities capabilities)
    {
        var rules =
            capabilities.Shape == ResponseShape.Schema
                ? call.SystemPrompt
                : $"{call.SystemPrompt}\n\nAnswer with one JSON object that follows this JSON schema, and nothing else:\n{call.Schema}";
        var messages = new JsonArray();
        if (capabilities.SystemRole)
        {
            messages.Add(Message("system", rules));
        }

        for (var i = 0; i < call.Messages.Count; i++)
        {
            var message = call.Messages[i];
            messages.Add(Message(message.Role, i == 0 && !capabilities.SystemRole ? rules + "\n\n" + message.Content : message.Content));
        }

        return messages;
    }

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    // A text, or a list of parts of which those of type text count.
    private static string Content(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            return content.GetString()!;
        }

        if (content.ValueKind != JsonValueKind.Array)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var part in content.EnumerateArray())
        {
            text.Append(
                part.ValueKind == JsonValueKind.String ? part.GetString()
                : Text(part, "type") is null or "text" or "output_text" ? Text(part, "text")
                : ""
            );
        }

        return text.ToString();
    }

    private static TokenUsage Estimate(LlmCall call, string answer) =>
        new(PromptTokens(call), TokenEstimator.Count(answer), Estimated: true);

    private static TokenUsage? Usage(JsonElement usage)
    {
        var (prompt, completion) = (Number(usage, "prompt_tokens"), Number(usage, "completion_tokens"));
        return prompt is null && completion is null
            ? null
            : new TokenUsage(prompt ?? 0, completion ?? 0, Number(Child(usage, "prompt_tokens_details"), "cached_tokens") ?? 0);
    }

    private static JsonElement Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static string? Text(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value >= 0
            ? value
            : null;
}
