using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol.Protocol;

namespace YtOptimizer.Api.Mcp;

/// <summary>Results of tools: the same JSON as text and as structured content, and problems as sentences a model can act on.</summary>
internal static class ToolResults
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static CallToolResult Of(object value)
    {
        var content = JsonSerializer.SerializeToElement(value, Json);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = JsonSerializer.Serialize(content, Json) }],
            StructuredContent = content,
        };
    }

    public static CallToolResult Error(string text) => new() { IsError = true, Content = [new TextContentBlock { Text = text }] };

    /// <summary>"quota_exceeded: Your plan allows …", then what is wrong with which field and how long to wait.</summary>
    public static CallToolResult Error(EndpointAnswer answer)
    {
        var problem = answer.Body;
        if (problem.ValueKind != JsonValueKind.Object)
        {
            return Error(string.Create(CultureInfo.InvariantCulture, $"The call failed with HTTP status {answer.Status}."));
        }

        var text = new StringBuilder().Append(Text(problem, "code") ?? "error").Append(": ").Append(Text(problem, "detail"));
        if (problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in errors.EnumerateObject())
            {
                text.Append(CultureInfo.InvariantCulture, $" [{field.Name}: {string.Join(' ', field.Value.EnumerateArray())}]");
            }
        }

        if (problem.TryGetProperty("retryAfter", out var wait) && wait.ValueKind == JsonValueKind.Number)
        {
            text.Append(CultureInfo.InvariantCulture, $" Try again after {wait.GetInt32()} seconds.");
        }

        if (Text(problem, "resetsAt") is { } resets)
        {
            text.Append(CultureInfo.InvariantCulture, $" The next period begins at {resets}.");
        }

        return Error(text.ToString());
    }

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
