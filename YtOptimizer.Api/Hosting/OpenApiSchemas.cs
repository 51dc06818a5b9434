using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// Makes every schema readable for tools that know JSON Schema and ECMAScript but not .NET: patterns, arrays whose items may be anything,
/// and components that nothing refers to any more.
/// </summary>
internal static partial class OpenApiSchemas
{
    public static void Polish(OpenApiDocument document)
    {
        var components = document.Components?.Schemas;
        foreach (var schema in components?.Values ?? [])
        {
            Walk(schema, Fix, []);
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in document.Paths.SelectMany(path => path.Value.Operations?.Values.ToList() ?? []))
        {
            foreach (var schema in Roots(operation))
            {
                Walk(schema, Fix, used);
            }
        }

        foreach (var unused in components?.Keys.Except(used, StringComparer.Ordinal).ToList() ?? [])
        {
            components!.Remove(unused);
        }
    }

    private static IEnumerable<IOpenApiSchema?> Roots(OpenApiOperation operation) =>
        (operation.Parameters ?? [])
            .Select(parameter => parameter.Schema)
            .Concat((operation.RequestBody?.Content?.Values ?? []).Select(media => media.Schema))
            .Concat((operation.Responses ?? []).SelectMany(answer => answer.Value.Content?.Values ?? []).Select(media => media.Schema));

    // A reference leads on to its target once; used collects the names.
    private static void Walk(IOpenApiSchema? schema, Action<OpenApiSchema> visit, HashSet<string> used)
    {
        if (schema is OpenApiSchemaReference reference)
        {
            if (reference.Reference.Id is { } id && used.Add(id))
            {
                Walk(reference.Target, visit, used);
            }

            return;
        }

        if (schema is not OpenApiSchema own)
        {
            return;
        }

        visit(own);
        var children = (own.Properties?.Values ?? [])
            .Concat(own.AllOf ?? [])
            .Concat(own.AnyOf ?? [])
            .Concat(own.OneOf ?? [])
            .Append(own.Items)
            .Append(own.AdditionalProperties)
            .Append(own.Not);
        foreach (var child in children)
        {
            Walk(child, visit, used);
        }
    }

    private static void Fix(OpenApiSchema schema)
    {
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.Array) && schema.Items is null)
        {
            schema.Items = new OpenApiSchema { Description = "Any JSON value." };
        }

        if (schema.Pattern is { } pattern)
        {
            FixPattern(schema, pattern);
        }
    }

    /// <summary>.NET's attribute asks for a match of the whole text and knows (?i); ECMAScript does neither. A list of words is an
    /// enumeration.</summary>
    private static void FixPattern(OpenApiSchema schema, string pattern)
    {
        if (schema.Type is JsonSchemaType.String && Words().IsMatch(pattern))
        {
            schema.Pattern = null;
            schema.Enum = [.. pattern.Trim('^', '$', '(', ')').Split('|').Select(word => (JsonNode)word)];
            return;
        }

        if (pattern.StartsWith("(?i)", StringComparison.Ordinal))
        {
            var either = new StringBuilder();
            foreach (var character in pattern["(?i)".Length..])
            {
                either.Append(
                    char.IsAsciiLetter(character)
                        ? $"[{char.ToLowerInvariant(character)}{char.ToUpperInvariant(character)}]"
                        : character.ToString()
                );
            }

            pattern = either.ToString();
        }

        schema.Pattern = pattern.StartsWith('^') ? pattern : $"^(?:{pattern})$";
    }

    [GeneratedRegex(@"^\^?\(?\w+(\|\w+)+\)?\$?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}
