using System.Text.Json;

namespace YtOptimizer.Tests.Contracts;

/// <summary>What the document tells people: descriptions, chapters in a newcomer's order.</summary>
public sealed class OpenApiTextTests(OpenApiFixture api) : IClassFixture<OpenApiFixture>
{
    [Fact]
    public void Operations_All_AreDescribed()
    {
        var missing = api.Operations()
            .Where(one => !(one.Operation.TryGetProperty("description", out var text) && text.GetString() is { Length: >= 15 }))
            .Select(one => $"{one.Method} {one.Path} ({one.Operation.GetProperty("operationId").GetString()})")
            .ToList();
        Assert.True(
            missing.Count == 0,
            "These operations have no description. Write a /// <summary> above the use case's class (or its handler), or WithDescription "
                + $"on the endpoint:\n{string.Join('\n', missing)}"
        );
    }

    [Fact]
    public void Operations_Titles_AreThoseOfTheEndpoints()
    {
        var titles = api.Operations().Select(one => (one.Path, Title: one.Operation.GetProperty("summary").GetString()!)).ToList();
        Assert.All(titles, one => Assert.False(one.Title.Length > 110 || one.Title.EndsWith('.'), $"{one.Path}: {one.Title}"));
        // Its handler has a documentation comment of its own, which belongs into the description.
        Assert.Contains(("/api/v1/auth/forgot-password", "Ask for a link to set a new password"), titles);
    }

    [Fact]
    public void Tags_AreDescribedAndBeginWhereANewcomerBegins()
    {
        var tags = api.Document.GetProperty("tags").EnumerateArray().ToList();
        Assert.Equal(["Auth", "Analysis", "Jobs"], tags.Take(3).Select(tag => tag.GetProperty("name").GetString()));
        var used = api.Operations().SelectMany(one => one.Operation.GetProperty("tags").EnumerateArray()).Select(tag => tag.GetString()!);
        Assert.Equal(
            used.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            tags.Select(tag => tag.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)
        );
        var missing = tags.Where(tag => !tag.TryGetProperty("description", out _)).Select(tag => tag.GetProperty("name").GetString());
        Assert.True(!missing.Any(), $"Say in OpenApiTags.cs what these tags hold, in their place: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Arrays_SayWhatTheyHold() =>
        Walk(api.Document, "#", (element, path) =>
            Assert.False(IsArray(element) && !element.TryGetProperty("items", out _), $"{path} has no items")
        );

    private static bool IsArray(JsonElement schema) =>
        schema.TryGetProperty("type", out var type)
        && (
            type.ValueKind == JsonValueKind.String
                ? type.GetString() == "array"
                : type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(one => one.GetString() == "array")
        );

    private static void Walk(JsonElement element, string path, Action<JsonElement, string> visit)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            visit(element, path);
            foreach (var member in element.EnumerateObject())
            {
                Walk(member.Value, $"{path}/{member.Name}", visit);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in element.EnumerateArray().Index())
            {
                Walk(item, $"{path}/{index}", visit);
            }
        }
    }
}
