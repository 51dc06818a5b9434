using System.Globalization;
using System.Text.Json;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>Whether a JSON value is what a schema of the document says. Covers the keywords that the document uses.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    /// <summary>The first disagreement, or null.</summary>
    public string? Find(JsonElement value, JsonElement schema, string at = "$", int depth = 0)
    {
        if (depth > 40 || schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.False ? $"{at} must not be there" : null;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node.GetProperty(name));
            return Find(value, target, at, depth + 1);
        }

        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            if (
                schema.TryGetProperty(keyword, out var options)
                && options.EnumerateArray().All(o => Find(value, o, at, depth + 1) is not null)
            )
            {
                return $"{at} fits none of {keyword}: "
                    + string.Join("; ", options.EnumerateArray().Select(o => Find(value, o, at, depth + 1)));
            }
        }

        if (
            schema.TryGetProperty("allOf", out var all)
            && all.EnumerateArray().Select(o => Find(value, o, at, depth + 1)).FirstOrDefault(p => p is not null) is { } part
        )
        {
            return part;
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(t => Is(value, t)))
        {
            return $"{at} is {value.ValueKind}, not {type}";
        }

        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
        {
            return $"{at} is not one of {values}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => FindInObject(value, schema, at, depth),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value
                .EnumerateArray()
                .Select((v, i) => Find(v, items, $"{at}[{i}]", depth + 1))
                .FirstOrDefault(p => p is not null),
            JsonValueKind.String when schema.TryGetProperty("format", out var format) => FindInText(
                value.GetString()!,
                format.GetString(),
                at
            ),
            _ => null,
        };
    }

    private string? FindInObject(JsonElement value, JsonElement schema, string at, int depth)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray())
            {
                if (!value.TryGetProperty(name.GetString()!, out _))
                {
                    return $"{at}.{name} is missing";
                }
            }
        }

        var hasProperties = schema.TryGetProperty("properties", out var properties);
        foreach (var member in value.EnumerateObject())
        {
            if (hasProperties && properties.TryGetProperty(member.Name, out var known))
            {
                if (Find(member.Value, known, $"{at}.{member.Name}", depth + 1) is { } problem)
                {
                    return problem;
                }
            }
            else if (hasProperties && !schema.TryGetProperty("additionalProperties", out _) && !schema.TryGetProperty("allOf", out _))
            {
                return $"{at}.{member.Name} is not documented";
            }
            else if (
                schema.TryGetProperty("additionalProperties", out var others)
                && Find(member.Value, others, $"{at}.{member.Name}", depth + 1) is { } problem
            )
            {
                return problem;
            }
        }

        return null;
    }

    private static string? FindInText(string text, string? format, string at) =>
        format switch
        {
            "uuid" when !Guid.TryParse(text, out _) => $"{at} is no uuid",
            "date-time" when !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) => $"{at} is no date-time",
            _ => null,
        };

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "integer" => value.ValueKind == JsonValueKind.Number
                && value.TryGetDecimal(out var number)
                && number == decimal.Truncate(number),
            "number" => value.ValueKind == JsonValueKind.Number,
            _ => true,
        };
}
