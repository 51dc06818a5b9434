using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>Ways to spoil a valid request.</summary>
internal sealed class Mutations(JsonMaker maker, Random random)
{
    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["*/*", "text/html", "application/xml;q=0.9", "application/json;q=nonsense", "", "a/b/c"]),
        ("Accept-Encoding", ["gzip, br", "identity;q=0", "*;q=0", "nonsense"]),
        ("Accept-Language", ["tr-TR", "xx", "*", "en;q=2"]),
        ("Range", ["bytes=0-", "bytes=9-1", "lines=1-2", "bytes=0-0,2-2,4-4"]),
        ("If-None-Match", ["*", "\"x\"", "W/x", "\""]),
        ("If-Modified-Since", ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"]),
        ("Expect", ["100-continue"]),
        ("Content-Encoding", ["identity", "gzip", "br", "deflate, gzip", ""]),
        ("X-HTTP-Method-Override", ["DELETE", "PUT", "TRACE"]),
        ("X-Method-Override", ["DELETE"]),
        ("X-Original-URL", ["/api/v1/admin/users"]),
        ("X-Rewrite-URL", ["/metrics"]),
        ("X-Forwarded-For", ["127.0.0.1", "::1", "a, b", ","]),
        ("X-Forwarded-Proto", ["https", "ftp"]),
        ("X-Forwarded-Host", ["evil.example"]),
        ("X-Correlation-Id", ["abc", "a b", "x;y", "\u007f"]),
        (
            "traceparent",
            ["00-00000000000000000000000000000000-0000000000000000-00", "ff-x", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]
        ),
        ("Idempotency-Key", ["k", "a b", "x;y", ""]),
        ("Cookie", ["refresh_token=x; refreshToken=y", "a", "=;=", "refresh_token=\"; x"]),
        ("Origin", ["null", "https://evil.example", "http://localhost:4200", "nonsense"]),
        ("Upgrade", ["websocket", "h2c"]),
        ("Last-Event-ID", ["-1", "9999999999999999999", "x"]),
        (
            "Content-Type",
            [
                "application/json",
                "application/json; charset=utf-16",
                "application/vnd.api+json",
                "text/json",
                "application/json; charset=\"utf-8\"",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "nonsense",
                "application/x-www-form-urlencoded",
            ]
        ),
    ];

    private static readonly string[] Authorizations =
    [
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer null",
        "bearer a.b.c",
        "Basic YWRtaW46YWRtaW4=",
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        "Digest x",
        "Bearer  a b",
        "Token x",
    ];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND", "TRACE", "BREW"];
    private static readonly string[] PathParts =
    [
        "%00",
        "%2e%2e",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "%252e%252e",
        "..%5c..",
        ";a=b",
        "%c0%ae",
        "%ff",
        "%ed%a0%80",
        "x%0d%0aSet-Cookie:a=b",
        "%F0%9F%98%80",
        "*",
        "$",
        "~",
        "{id}",
        "%7Bid%7D",
        "a//b",
        "%20",
        ".",
    ];

    /// <summary>Headers that nobody asked for. True when the answer must be an ordinary one all the same is not claimed.</summary>
    public void AddHeaders(HttpRequestMessage request)
    {
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var (name, values) = Headers[random.Next(Headers.Length)];
            var value = random.Next(12) == 0 ? new string('x', random.Next(1, 4000)) : values[random.Next(values.Length)];
            HttpHeaders target = name.StartsWith("Content-", StringComparison.Ordinal)
                ? (request.Content ??= new ByteArrayContent([])).Headers
                : request.Headers;
            target.Remove(name);
            target.TryAddWithoutValidation(name, value);
        }
    }

    public string Authorization() => Authorizations[random.Next(Authorizations.Length)];

    public string Method() => Methods[random.Next(Methods.Length)];

    /// <summary>A path near to one that there is.</summary>
    public string Path(string path)
    {
        var parts = path.Split('/');
        var at = random.Next(1, parts.Length);
        var odd = random.Next(10) == 0 ? new string('a', random.Next(100, 3000)) : PathParts[random.Next(PathParts.Length)];
        parts[at] = random.Next(3) switch
        {
            0 => odd,
            1 => parts[at] + odd,
            _ => parts[at].ToUpperInvariant(),
        };
        return string.Join('/', parts) + (random.Next(4) == 0 ? "/" : "");
    }

    /// <summary>A body that breaks one rule of its schema for certain, and what the rule is; null when the schema has no rule to
    /// break.</summary>
    public (string Body, string Rule)? Violation(JsonElement schema, string valid)
    {
        schema = maker.Resolve(schema);
        if (
            schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out var properties)
            || valid.Length < 2
            || valid[0] != '{'
        )
        {
            return null;
        }

        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!).ToList() : [];
        var property = properties.EnumerateObject().ElementAt(random.Next(properties.EnumerateObject().Count()));
        var rule = maker.Resolve(property.Value);
        var closed = schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False;
        return random.Next(7) switch
        {
            0 when closed => (valid.Length > 2 ? valid[..^1] + ",\"surplus\":1}" : "{\"surplus\":1}", "unknown property"),
            1 when required.Count > 0 => (With(valid, required[random.Next(required.Count)], null), "required property missing"),
            2 when required.Count > 0 => (With(valid, required[random.Next(required.Count)], "null"), "required property null"),
            3 when Types(rule) is { Count: > 0 } types => (
                With(valid, property.Name, types.Contains("string") ? "[1]" : "\"text\""),
                "wrong type of " + property.Name
            ),
            4 when rule.TryGetProperty("maxLength", out var most) => (
                With(valid, property.Name, "\"" + new string('x', most.GetInt32() + 1) + "\""),
                "too long " + property.Name
            ),
            5 when rule.TryGetProperty("maximum", out var highest) => (
                With(valid, property.Name, (highest.GetInt64() + 1).ToString(CultureInfo.InvariantCulture)),
                "too large " + property.Name
            ),
            6 when valid.Length > 2 => (valid[..^1] + "," + Member(valid) + "}", "duplicate property"),
            _ => null,
        };
    }

    /// <summary>Bytes that are no UTF-8, in the middle.</summary>
    public byte[] BreakBytes(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json).ToList();
        bytes.InsertRange(
            random.Next(bytes.Count + 1),
            random.Next(3) switch
            {
                0 => [0xC3, 0x28],
                1 => [0xED, 0xA0, 0x80],
                _ => [0xFF, 0xFE, 0x00],
            }
        );
        return [.. bytes];
    }

    private static string With(string json, string name, string? value)
    {
        using var document = JsonDocument.Parse(json);
        var members = document
            .RootElement.EnumerateObject()
            .Where(m => m.Name != name)
            .Select(m => $"{JsonSerializer.Serialize(m.Name)}:{m.Value.GetRawText()}")
            .ToList();
        if (value is not null)
        {
            members.Add($"{JsonSerializer.Serialize(name)}:{value}");
        }

        return "{" + string.Join(',', members) + "}";
    }

    private static string Member(string json)
    {
        using var document = JsonDocument.Parse(json);
        var first = document.RootElement.EnumerateObject().First();
        return $"{JsonSerializer.Serialize(first.Name)}:{first.Value.GetRawText()}";
    }

    private static List<string> Types(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type)
            ? type.ValueKind == JsonValueKind.Array
                ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
                : [type.GetString()!]
            : [];
}
