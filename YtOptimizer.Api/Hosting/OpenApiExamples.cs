using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// An example for every JSON body and parameter that has none: made from its schema, with plausible values for names that the API uses
/// everywhere, and the same in every process. An endpoint whose body is free in form gives its own: <see cref="BodyExample"/>.
/// </summary>
internal static class OpenApiExamples
{
    private const int Deepest = 6;
    private const string Id = "0198f3a2-7b1c-7e4d-9a52-3f6c1d8e0b47";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["email"] = "me@example.com",
        ["password"] = "correct-Horse-battery-9",
        ["currentPassword"] = "correct-Horse-battery-9",
        ["newPassword"] = "brighter-Meadow-lantern-4",
        ["name"] = "Me",
        ["url"] = "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ["videoUrl"] = "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ["videoId"] = "dQw4w9WgXcQ",
        ["title"] = "How to bake sourdough bread at home",
        ["description"] = "Flour, water and salt: the dough rests overnight and goes into a hot oven.",
        ["transcript"] =
            "0:00 Welcome, today we bake a sourdough bread.\n0:20 First the flour, then the water.\n1:05 Now the dough rests overnight.",
        ["tags"] = "sourdough bread",
        ["language"] = "en",
        ["tone"] = "calm",
        ["channelTitle"] = "The Baker",
        ["ipAddress"] = "203.0.113.7",
        ["message"] = "Done.",
        ["jobId"] = Id,
        ["start"] = "00:01:05",
        ["code"] = "job_not_found",
        ["detail"] = "No job with this id belongs to you.",
        ["timestamp"] = "2026-11-29T12:00:00.000Z",
    };

    /// <summary>Of members whose pattern is more than a list of words.</summary>
    private static readonly Dictionary<string, string> Patterned = new(StringComparer.OrdinalIgnoreCase)
    {
        ["videoId"] = "dQw4w9WgXcQ",
        ["code"] = "SPRING-2027",
    };

    /// <param name="operation">Its bodies and parameters have their schemas already.</param>
    /// <param name="given">The endpoint's own example: of the request where it takes JSON, else of the answer.</param>
    public static void Add(OpenApiOperation operation, BodyExample? given)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Example ??= parameter.Schema is { } schema ? Make(schema, parameter.Name ?? "", 0) : null;
        }

        var request = Json(operation.RequestBody?.Content).ToList();
        Fill(request, given);
        var answers = (operation.Responses ?? []).Where(answer => answer.Key[0] == '2').SelectMany(answer => Json(answer.Value.Content));
        Fill(answers, request.Count == 0 ? given : null);
    }

    private static IEnumerable<OpenApiMediaType> Json(IDictionary<string, OpenApiMediaType>? content) =>
        (content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal))
            .Where(media => media.Key == "application/json")
            .Select(media => media.Value);

    private static void Fill(IEnumerable<OpenApiMediaType> bodies, BodyExample? given)
    {
        foreach (var media in bodies)
        {
            if (media is OpenApiMediaType { Schema: { } schema, Example: null, Examples: null or { Count: 0 } } own)
            {
                own.Example = given is null ? Make(schema, "", 0) : JsonNode.Parse(given.Json);
            }
        }
    }

    /// <summary>A value that the schema allows; null where only null is left.</summary>
    /// <param name="schema">What it must be.</param>
    /// <param name="name">The member or parameter it is for.</param>
    /// <param name="depth">How deep in the example it stands; schemas may refer to themselves.</param>
    internal static JsonNode? Make(IOpenApiSchema schema, string name, int depth)
    {
        if (schema is OpenApiSchemaReference { Target: { } target })
        {
            return Make(target, name, depth + 1);
        }

        if (schema.Default is { } given)
        {
            return given.DeepClone();
        }

        if (schema.Enum is { Count: > 0 } values)
        {
            return values[0]?.DeepClone();
        }

        if ((schema.OneOf ?? schema.AnyOf) is { Count: > 0 } options)
        {
            return Make(options.FirstOrDefault(option => option.Type != JsonSchemaType.Null) ?? options[0], name, depth + 1);
        }

        var type = schema.Type.GetValueOrDefault() & ~JsonSchemaType.Null;
        return type switch
        {
            _ when type.HasFlag(JsonSchemaType.Object) || schema.Properties is { Count: > 0 } => Object(schema, depth),
            _ when type.HasFlag(JsonSchemaType.Array) => Array(schema, name, depth),
            _ when type.HasFlag(JsonSchemaType.Boolean) => JsonValue.Create(true),
            _ when type.HasFlag(JsonSchemaType.Integer) => JsonValue.Create((long)Number(schema, name)),
            _ when type.HasFlag(JsonSchemaType.Number) => JsonValue.Create(Number(schema, name)),
            _ when type.HasFlag(JsonSchemaType.String) => JsonValue.Create(Text(schema, name)),
            _ => schema.Type == JsonSchemaType.Null ? null : new JsonObject(),
        };
    }

    private static JsonObject Object(IOpenApiSchema schema, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, property) in schema.Properties?.ToList() ?? [])
        {
            if (depth < Deepest || schema.Required?.Contains(name) == true)
            {
                made[name] = Make(property, name, depth + 1);
            }
        }

        return made;
    }

    private static JsonArray Array(IOpenApiSchema schema, string name, int depth) =>
        schema.Items is { } items && depth < Deepest
            ? new JsonArray([.. Enumerable.Range(0, Math.Max(1, schema.MinItems ?? 1)).Select(_ => Make(items, name, depth + 1))])
            : [];

    private static double Number(IOpenApiSchema schema, string name)
    {
        var least = Bound(schema.Minimum) ?? double.NegativeInfinity;
        var most = Bound(schema.Maximum) ?? double.PositiveInfinity;
        var usual =
            name.Contains("seconds", StringComparison.OrdinalIgnoreCase) ? 900
            : name.StartsWith("page", StringComparison.Ordinal) ? 1
            : 10;
        return Math.Clamp(usual, least, most);
    }

    private static double? Bound(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Text(IOpenApiSchema schema, string name)
    {
        var text = schema.Format switch
        {
            "uuid" => Id,
            "date-time" => "2026-11-29T12:00:00Z",
            "date" => "2026-11-29",
            "time" => "12:00:00",
            "uri" => "https://example.com/",
            "email" => "me@example.com",
            "byte" => "AAAA",
            _ => schema.Pattern is { } pattern
                ? Patterned.GetValueOrDefault(name) ?? Matching(pattern)
                : Texts.GetValueOrDefault(name) ?? "text",
        };
        while (text.Length < (schema.MinLength ?? 0))
        {
            text += " " + text;
        }

        return schema.MaxLength is { } most && text.Length > most ? text[..most] : text;
    }

    // Patterns of the API are a length of time, or words, mostly in any case ((?i)asc|desc): the first word.
    private static string Matching(string pattern)
    {
        if (pattern.StartsWith("^-?", StringComparison.Ordinal))
        {
            return "00:01:05";
        }

        var word = new StringBuilder();
        foreach (var character in pattern.Replace("(?i)", "", StringComparison.Ordinal).TakeWhile(c => c is not ('|' or ')')))
        {
            if (char.IsAsciiLetterLower(character) || character == '_')
            {
                word.Append(character);
            }
        }

        return word.ToString();
    }
}

/// <summary>Metadata of an endpoint with a JSON body whose schema names no members: none can be made from it.</summary>
/// <param name="Json">An object or a list that is not empty; an empty one would not be written.</param>
internal sealed record BodyExample([property: StringSyntax(StringSyntaxAttribute.Json)] string Json);
