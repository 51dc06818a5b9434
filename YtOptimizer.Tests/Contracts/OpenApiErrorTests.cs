using System.Text.Json;
using System.Text.RegularExpressions;
using YtOptimizer.Tests.Architecture;

namespace YtOptimizer.Tests.Contracts;

/// <summary>Errors by name: what a use case refuses stands in the document.</summary>
public sealed partial class OpenApiErrorTests(OpenApiFixture api) : IClassFixture<OpenApiFixture>
{
    // The pipeline's own, which every operation names.
    private static readonly string[] General = ["validation_failed", "forbidden", "rate_limited"];

    [Fact]
    public void UseCases_Refusals_AreDeclared()
    {
        var missing = UseCases(SourceTree.Product).Select(one => one.Text).ToList();
        Assert.True(missing.Count == 0, $"Add these above Handle:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Rule_FindsWhatIsMissing() =>
        Assert.Equal(
            ["YtOptimizer.Api/Features/X/Y.cs: [Refuses(…, \"not_here\")]"],
            UseCases([
                    new SourceFile(
                        "YtOptimizer.Api/Features/X/Y.cs",
                        "Task Handle() => Problems.NotFound(\n \"not_here\", \"It is not here.\");"
                    ),
                    new SourceFile(
                        "YtOptimizer.Api/Features/X/Z.cs",
                        "[Refuses(404, \"a\", \"gone\")] X Handle() => Problems.Create(410, \"gone\");"
                    ),
                ])
                .Select(one => one.Text)
        );

    [Fact]
    public void Operations_ErrorAnswers_NameTheirCodes()
    {
        var problems = new List<string>();
        foreach (var (method, path, operation) in api.Operations())
        {
            foreach (var answer in operation.GetProperty("responses").EnumerateObject().Where(answer => answer.Name[0] is '4' or '5'))
            {
                if (!answer.Value.TryGetProperty("x-error-codes", out var codes) || codes.GetArrayLength() == 0)
                {
                    problems.Add($"{method} {path} {answer.Name}");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
        var submit = api.Document.GetProperty("paths").GetProperty("/api/v1/analyze/video").GetProperty("post").GetProperty("responses");
        Assert.Contains("quota_exceeded", Codes(submit.GetProperty("402")));
        Assert.Contains("host_not_youtube", Codes(submit.GetProperty("400")));
        Assert.Contains("`unauthenticated`", submit.GetProperty("401").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Operations_JsonBodies_HaveExamples()
    {
        var missing =
            from one in api.Operations()
            from media in Bodies(one.Operation)
            where !media.TryGetProperty("example", out _) && !media.TryGetProperty("examples", out _)
            select $"{one.Method} {one.Path}";
        Assert.True(
            !missing.Any(),
            "These have a JSON body without example. Where the schema names no members, the endpoint gives one "
                + $"(WithMetadata(new BodyExample(…))):\n{string.Join('\n', missing.Distinct(StringComparer.Ordinal))}"
        );
    }

    /// <summary>Every example is what its schema says (Spectral looks at them too, where Node.js is there).</summary>
    [Fact]
    public void Examples_All_FitTheirSchemas()
    {
        var check = new Fuzzing.SchemaCheck(api.Document);
        var wrong =
            from one in api.Operations()
            from media in Bodies(one.Operation)
            where media.TryGetProperty("example", out _)
            let problem = check.Find(media.GetProperty("example"), media.GetProperty("schema"))
            where problem is not null
            select $"{one.Method} {one.Path}: {problem}";
        Assert.Empty(wrong);
    }

    private static IEnumerable<JsonElement> Bodies(JsonElement operation)
    {
        var contents = operation
            .GetProperty("responses")
            .EnumerateObject()
            .Where(answer => answer.Name[0] == '2')
            .Select(answer => answer.Value);
        contents = operation.TryGetProperty("requestBody", out var body) ? contents.Append(body) : contents;
        return contents
            .Where(one => one.TryGetProperty("content", out _))
            .SelectMany(one => one.GetProperty("content").EnumerateObject())
            .Where(media => media.Name == "application/json" && media.Value.TryGetProperty("schema", out _))
            .Select(media => media.Value);
    }

    private static IEnumerable<string?> Codes(JsonElement answer) =>
        answer.GetProperty("x-error-codes").EnumerateArray().Select(code => code.GetString());

    private static IEnumerable<(SourceFile File, string Text)> UseCases(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Path.StartsWith("YtOptimizer.Api/Features/", StringComparison.Ordinal) && Handler().IsMatch(file.Text)
        let declared = string.Concat(Declaration().Matches(file.Text).Select(match => match.Value))
        from code in Refusal().Matches(file.Text).Select(match => match.Groups["code"].Value).Distinct(StringComparer.Ordinal)
        where !General.Contains(code, StringComparer.Ordinal) && !declared.Contains($"\"{code}\"", StringComparison.Ordinal)
        select (file, $"{file.Path}: [Refuses(…, \"{code}\")]");

    [GeneratedRegex(@"\bHandle\w*\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Handler();

    [GeneratedRegex(@"\[Refuses\([^)]*\)\]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"Problems\.\w+\(\s*(\d+,\s*)?""(?<code>[a-z_0-9]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Refusal();
}
