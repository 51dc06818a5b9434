using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>What a server was found to accept; kept per process, the next call starts from it.</summary>
internal sealed record LlmCapabilities(ResponseShape Shape, string TokenLimitField, bool Temperature)
{
    public static readonly LlmCapabilities Best = new(ResponseShape.Schema, "max_completion_tokens", true);

    /// <summary>The next lesser form when a 400 complains about a field, or null when the complaint is about something else.</summary>
    public LlmCapabilities? Without(string complaint)
    {
        bool Says(string word) => complaint.Contains(word, StringComparison.OrdinalIgnoreCase);
        if (Says("max_completion_tokens") && TokenLimitField == "max_completion_tokens")
        {
            return this with { TokenLimitField = "max_tokens" };
        }

        if (Says("temperature") && Temperature)
        {
            return this with { Temperature = false };
        }

        return Says("response_format") || Says("json_schema") || Says("structured output") || Says("json_object")
            ? Shape switch
            {
                ResponseShape.Schema => this with { Shape = ResponseShape.JsonObject },
                ResponseShape.JsonObject => this with { Shape = ResponseShape.Text },
                _ => null,
            }
            : null;
    }
}

internal enum ResponseShape
{
    Schema,
    JsonObject,
    Text,
}

/// <summary>The Chat Completions JSON: what we send, and a lenient reading of what compatible servers answer.</summary>
internal static class LlmWire
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Request(LlmCall call, string model, double? temperature, LlmCapabilities capabilities)
    {
        var messages = new JsonArray(new JsonObject { ["role"] = "system", ["content"] = SystemPrompt(call, capabilities) });
        foreach (var message in call.Messages)
        {
            messages.Add(new JsonObject { ["role"] = message.Role, ["content"] = message.Content });
        }

        var body = new JsonObject { ["model"] = model, ["messages"] = messages, [capabilities.TokenLimitField] = call.MaxOutputTokens };
        if (temperature is { } value && capabilities.Temperature)
        {
            body["temperature"] = value;
        }

        if (capabilities.Shape == ResponseShape.Schema)
        {
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject { ["name"] = call.SchemaName, ["strict"] = true, ["schema"] = JsonNode.Parse(call.Schema) },
            };
        }
        else if (capabilities.Shape == ResponseShape.JsonObject)
        {
            body["response_format"] = new JsonObject { ["type"] = "json_object" };
        }

        return body.ToJsonString(Relaxed);
    }

    /// <summary>The answer, or null when the body is not a chat completion at all.</summary>
    public static LlmReply? Reply(string body, LlmCall call)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (Child(document.RootElement, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0)
            {
                return null;
            }

            var message = Child(choices[0], "message");
            var (content, refusal, finish) = (Text(message, "content") ?? "", Text(message, "refusal"), Text(choices[0], "finish_reason"));
            var usage = Usage(Child(document.RootElement, "usage")) ?? Estimate(call, content + refusal);
            var end = !string.IsNullOrEmpty(refusal) || finish == "content_filter" ? LlmFinish.Refused : finish == "length" ? LlmFinish.Length : LlmFinish.Complete;
            return new LlmReply(end, content, usage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Error code and message of a refused request; servers differ, so both may be empty.</summary>
    public static (string Code, string Message) Error(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = Child(document.RootElement, "error");
            return error.ValueKind == JsonValueKind.String
                ? ("", error.GetString()!)
                : (Text(error, "code") ?? Text(error, "type") ?? "", $"{Text(error, "type")} {Text(error, "param")} {Text(error, "message")}");
        }
        catch (JsonException)
        {
            return ("", body.Length > 2000 ? body[..2000] : body);
        }
    }

    public static int PromptTokens(LlmCall call) =>
        TokenEstimator.CountMessages([call.SystemPrompt, .. call.Messages.Select(message => message.Content)]) + TokenEstimator.Count(call.Schema);

    private static string SystemPrompt(LlmCall call, LlmCapabilities capabilities) => capabilities.Shape == ResponseShape.Schema
        ? call.SystemPrompt
        : $"{call.SystemPrompt}\n\nAnswer with one JSON object that follows this JSON schema, and nothing else:\n{call.Schema}";

    private static TokenUsage Estimate(LlmCall call, string answer) => new(PromptTokens(call), TokenEstimator.Count(answer), Estimated: true);

    private static TokenUsage? Usage(JsonElement usage)
    {
        var (prompt, completion) = (Number(usage, "prompt_tokens"), Number(usage, "completion_tokens"));
        return prompt is null && completion is null
            ? null
            : new TokenUsage(prompt ?? 0, completion ?? 0, Number(Child(usage, "prompt_tokens_details"), "cached_tokens") ?? 0);
    }

    private static JsonElement Child(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static string? Text(JsonElement element, string name) => Child(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Number(JsonElement element, string name) => Child(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) && value >= 0 ? value : null;
}
