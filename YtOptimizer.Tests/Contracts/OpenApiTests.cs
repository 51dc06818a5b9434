using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts;

public sealed class OpenApiTests(OpenApiFixture api) : IClassFixture<OpenApiFixture>
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The document in the repository is what clients are generated from. UPDATE_SNAPSHOTS=1 writes it anew.</summary>
    [Fact]
    public async Task Document_Snapshot_IsUpToDate()
    {
        var file = Repository.PathOf("YtOptimizer.Api", "openapi.json");
        var text = JsonSerializer.Serialize(api.Document, Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(file, text, Ct);
        }

        var kept = (await File.ReadAllTextAsync(file, Ct)).ReplaceLineEndings("\n").Split('\n');
        var now = text.Split('\n');
        var first = Enumerable
            .Range(0, Math.Max(kept.Length, now.Length))
            .FirstOrDefault(i => kept.ElementAtOrDefault(i) != now.ElementAtOrDefault(i), -1);
        Assert.True(
            first < 0,
            $"YtOptimizer.Api/openapi.json differs from line {first + 1}: '{kept.ElementAtOrDefault(first)}' is now "
                + $"'{now.ElementAtOrDefault(first)}'. If that is meant, run this test with UPDATE_SNAPSHOTS=1."
        );
    }

    [Fact]
    public async Task Document_AtEveryAddress_IsTheSame()
    {
        using var client = api.Anonymous();
        foreach (var path in new[] { "/api-json", "/api/docs-json" })
        {
            var other = JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), Ct)).RootElement;
            Assert.True(JsonElement.DeepEquals(api.Document, other), path);
        }

        Assert.StartsWith("3.1.", api.Document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Operations_All_ArePresentable()
    {
        var problems = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var operations = api.Operations().ToList();
        foreach (var (method, path, operation) in operations)
        {
            void Check(bool ok, string what)
            {
                if (!ok)
                {
                    problems.Add($"{method} {path}: {what}");
                }
            }

            var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
            Check(
                operation.TryGetProperty("summary", out var summary) && summary.GetString() is { Length: >= 5 and <= 120 },
                "has no summary"
            );
            Check(operation.TryGetProperty("operationId", out var id) && ids.Add(id.GetString()!), "has no operation id of its own");
            Check(
                operation.TryGetProperty("tags", out var tags)
                    && tags.GetArrayLength() == 1
                    && !tags[0].GetString()!.StartsWith("YtOptimizer", StringComparison.Ordinal),
                "has no tag"
            );
            Check(responses.Keys.Any(k => k[0] is '1' or '2' or '3'), "has no success answer");
            Check(responses.ContainsKey("429") && responses.ContainsKey("500") && responses.ContainsKey("503"), "lacks 429, 500 or 503");
            Check(
                responses
                    .Where(r => r.Key[0] is '4' or '5')
                    .All(r =>
                        r.Value.TryGetProperty("content", out var content)
                        && content.TryGetProperty("application/problem+json", out var media)
                        && media.GetProperty("schema").GetProperty("$ref").GetString() == "#/components/schemas/Problem"
                    ),
                "has an error answer that is no Problem"
            );
            Check(
                !operation.TryGetProperty("requestBody", out _)
                    || (responses.ContainsKey("400") && responses.ContainsKey("413") && responses.ContainsKey("415")),
                "takes a body but lacks 400, 413 or 415"
            );
            Check(!operation.TryGetProperty("security", out _) || responses.ContainsKey("401"), "needs a token but lacks 401");
            Check(!path.Contains('{', StringComparison.Ordinal) || responses.ContainsKey("404"), "has a path parameter but no 404");
        }

        Assert.True(operations.Count >= 20, $"only {operations.Count} operations");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public void References_All_Resolve()
    {
        var schemas = api
            .Document.GetProperty("components")
            .GetProperty("schemas")
            .EnumerateObject()
            .Select(s => s.Name)
            .ToHashSet(StringComparer.Ordinal);
        var missing = new List<string>();
        Walk(api.Document, element =>
        {
            if (
                element.TryGetProperty("$ref", out var reference)
                && reference.ValueKind == JsonValueKind.String
                && !schemas.Contains(reference.GetString()!.Split('/')[^1])
            )
            {
                missing.Add(reference.GetString()!);
            }
        });
        Assert.Empty(missing);
        Assert.True(api.Document.GetProperty("components").GetProperty("securitySchemes").TryGetProperty("bearer", out _));
    }

    private static void Walk(JsonElement element, Action<JsonElement> visit)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            visit(element);
            foreach (var member in element.EnumerateObject())
            {
                Walk(member.Value, visit);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Walk(item, visit);
            }
        }
    }
}
