using System.Text.Json;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>
/// Code and message of a refused request, wherever a server puts them: <c>error</c> as an object or text (OpenAI, Azure, Ollama),
/// <c>message</c> at the top (vLLM, Mistral), <c>detail</c> as text or a list (FastAPI servers), nested objects, or no JSON at all.
/// </summary>
internal static class LlmErrorText
{
    private const int Longest = 2_000;
    private const int Deepest = 4;

    private static readonly string[] Codes = ["code", "type", "status"];
    private static readonly string[] Messages =
    [
        "message",
        "detail",
        "msg",
        "error",
        "errors",
        "error_description",
        "reason",
        "param",
        "loc",
        "type",
        "code",
    ];

    public static (string Code, string Message) Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var holder =
                root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object
                    ? error
                    : root;
            var parts = new List<string>();
            Collect(holder, parts, 0);
            var message = string.Join(' ', parts.Distinct(StringComparer.Ordinal));
            return (Code(holder) ?? Code(root) ?? "", message.Length > Longest ? message[..Longest] : message);
        }
        catch (JsonException)
        {
            return ("", body.Length > Longest ? body[..Longest] : body);
        }
    }

    private static string? Code(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in Codes)
        {
            if (
                element.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                && value.GetString() is { Length: > 0 } code
            )
            {
                return code;
            }
        }

        return null;
    }

    private static void Collect(JsonElement element, List<string> parts, int depth)
    {
        if (depth > Deepest)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                parts.Add(element.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray().Take(20))
                {
                    Collect(item, parts, depth + 1);
                }

                break;
            case JsonValueKind.Object:
                foreach (var name in Messages)
                {
                    if (element.TryGetProperty(name, out var child))
                    {
                        Collect(child, parts, depth + 1);
                    }
                }

                break;
            default:
                break;
        }
    }
}
