using System.Globalization;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>Makes JSON text from a schema: mostly what it asks for, sometimes what it does not.</summary>
internal sealed class JsonMaker(JsonElement document, Random random, GoodValues good)
{
    private static readonly string[] Strings =
    [
        "",
        " ",
        "a",
        "user@example.com",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "' OR 1=1 --",
        "\"; DROP TABLE profiles; --",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${jndi:ldap://x}",
        "../../../etc/passwd",
        "%00",
        "\\u0000",
        "\\ud800",
        "\u202eRTL",
        "𝕌𝕟𝕚𝕔𝕠𝕕𝕖",
        "é\u0301\u0301\u0301",
        "-1",
        "NaN",
        "null",
        "true",
        "2026-01-31T10:00:00Z",
        "2026-13-45",
        "99999999999999999999",
        "english",
        "admin",
        "user",
        "\\r\\nSet-Cookie: a=b",
        "\\u001b[31m",
    ];

    private static readonly string[] Numbers =
    [
        "0",
        "1",
        "-1",
        "5",
        "60",
        "100",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775808",
        "1e308",
        "1e400",
        "0.5",
        "-0",
        "1E-400",
    ];

    /// <summary>A value for a schema. <paramref name="wildness"/> is the chance, 0 to 1, that a node is not what the schema asks
    /// for.</summary>
    public string Make(JsonElement schema, double wildness, int depth = 0, string? name = null)
    {
        schema = Resolve(schema);
        if (depth > 12)
        {
            return "null";
        }

        if (random.NextDouble() < wildness)
        {
            return Wild(depth);
        }

        // What a valid request holds; a spoilt one holds it now and then, so that it gets past the first check.
        if (name is not null && (wildness == 0 || random.Next(3) == 0) && good.For(name, random) is { } value)
        {
            return value;
        }

        foreach (var choice in (string[])["oneOf", "anyOf"])
        {
            if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(choice, out var options))
            {
                return Make(
                    options[wildness == 0 ? options.GetArrayLength() - 1 : random.Next(options.GetArrayLength())],
                    wildness,
                    depth + 1,
                    name
                );
            }
        }

        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var values))
        {
            return values[random.Next(values.GetArrayLength())].GetRawText();
        }

        return TypeOf(schema) switch
        {
            "object" => MakeObject(schema, wildness, depth),
            "array" => "["
                + string.Join(
                    ',',
                    Enumerable
                        .Range(0, random.Next(4))
                        .Select(_ => Make(schema.TryGetProperty("items", out var items) ? items : default, wildness, depth + 1))
                )
                + "]",
            "integer" or "number" => MakeNumber(schema),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            "null" => "null",
            "string" => MakeString(schema),
            _ => Wild(depth),
        };
    }

    /// <summary>Plain text for a path or query parameter.</summary>
    public string MakeText(JsonElement schema, double wildness, string? name = null)
    {
        var json = Make(schema, wildness, 0, name);
        try
        {
            return json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json) ?? "" : json;
        }
        catch (JsonException)
        {
            return json.Trim('"');
        }
    }

    public JsonElement Resolve(JsonElement schema)
    {
        for (
            var hops = 0;
            hops < 10 && schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference);
            hops++
        )
        {
            schema = reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at.GetProperty(name));
        }

        return schema;
    }

    private string MakeObject(JsonElement schema, double wildness, int depth)
    {
        var members = new List<string>();
        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(n => n.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (random.NextDouble() < (required.Contains(property.Name) ? 1 - (wildness / 2) : 0.5))
                {
                    members.Add($"\"{property.Name}\":{Make(property.Value, wildness, depth + 1, property.Name)}");
                }
            }
        }

        if (random.NextDouble() < wildness / 2)
        {
            members.Add($"\"__proto__\":{Wild(depth + 1)}");
        }

        if (members.Count > 0 && random.NextDouble() < wildness / 4)
        {
            members.Add(members[0]);
        }

        return "{" + string.Join(',', members) + "}";
    }

    private string MakeNumber(JsonElement schema)
    {
        if (
            schema.TryGetProperty("minimum", out var low)
            && schema.TryGetProperty("maximum", out var high)
            && low.TryGetInt64(out var from)
            && high.TryGetInt64(out var to)
            && random.Next(4) > 0
        )
        {
            return random.NextInt64(from, to + 1).ToString(CultureInfo.InvariantCulture);
        }

        return Numbers[random.Next(6)];
    }

    private string MakeString(JsonElement schema)
    {
        var format = schema.TryGetProperty("format", out var f) ? f.GetString() : null;
        if (
            schema.TryGetProperty("pattern", out var pattern)
            && pattern.GetString() is { } alternatives
            && alternatives.All(c => char.IsAsciiLetterOrDigit(c) || c is '|' or '-' or '_')
        )
        {
            var choices = alternatives.Split('|', StringSplitOptions.RemoveEmptyEntries);
            return "\"" + choices[random.Next(choices.Length)] + "\"";
        }

        var text = format switch
        {
            "uuid" => random.Next(3) == 0 ? Guid.Empty.ToString() : Guid.CreateVersion7().ToString(),
            "date-time" => "2026-0" + random.Next(1, 10).ToString(CultureInfo.InvariantCulture) + "-15T10:00:00Z",
            "uri" => "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "email" => "fuzz" + random.Next(100_000).ToString(CultureInfo.InvariantCulture) + "@example.com",
            _ => Strings[random.Next(Strings.Length)],
        };
        if (schema.TryGetProperty("minLength", out var minimum) && text.Length < minimum.GetInt32())
        {
            text = text.PadRight(minimum.GetInt32(), 'x');
        }

        if (schema.TryGetProperty("maxLength", out var maximum) && text.Length > maximum.GetInt32())
        {
            text = text[..maximum.GetInt32()];
        }

        return "\"" + text.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    private string Wild(int depth) =>
        random.Next(12) switch
        {
            0 => "null",
            1 => "true",
            2 or 3 => Numbers[random.Next(Numbers.Length)],
            4 => "[]",
            5 => "{}",
            6 => "[" + Wild(depth + 1 > 8 ? 0 : depth + 1) + "]",
            7 => "\"" + new string('x', 1 << random.Next(4, 15)) + "\"",
            8 => string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)),
            _ => "\"" + Strings[random.Next(Strings.Length)].Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
        };

    private static string TypeOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
        {
            return schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out _) ? "object" : "any";
        }

        return type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Select(t => t.GetString()!).OrderBy(t => t == "null").First()
            : type.GetString()!;
    }

    /// <summary>Breaks JSON text at a random place.</summary>
    public string Break(string json)
    {
        var text = new StringBuilder(json);
        for (var i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(3))
            {
                case 0:
                    text.Remove(at, 1);
                    break;
                case 1:
                    text.Insert(at, (char)random.Next(1, 0x250));
                    break;
                default:
                    text.Length = at;
                    break;
            }
        }

        return text.ToString();
    }
}
