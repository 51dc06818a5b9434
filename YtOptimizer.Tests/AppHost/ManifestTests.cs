using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using Json.Schema;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.AppHost;

/// <summary>What <c>dotnet run --project YtOptimizer.AppHost -- --operation publish --step publish-manifest</c> writes for deployment
/// tools.</summary>
public sealed class ManifestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_Manifest_IsAsRecorded()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("yto-manifest-").FullName, "aspire-manifest.json");

        var (exitCode, output) = await RunAsync(["--operation", "publish", "--step", "publish-manifest", "--output-path", path]);

        Assert.True(exitCode == 0, output);
        var root = Path.GetRelativePath(Path.GetDirectoryName(path)!, Repository.Root).Replace('\\', '/');
        var written = (await File.ReadAllTextAsync(path, Token)).Replace(root + "/", string.Empty, StringComparison.Ordinal);
        var recorded = Repository.PathOf("YtOptimizer.Tests", "AppHost", "aspire-manifest.json");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") is "1")
        {
            await File.WriteAllTextAsync(recorded, written + "\n", Token);
        }

        Assert.Equal((await File.ReadAllTextAsync(recorded, Token)).ReplaceLineEndings("\n").TrimEnd(), written.ReplaceLineEndings("\n"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task Manifest_Schema_Holds()
    {
        var schema = JsonSchema.FromText(await FileAsync("aspire-manifest.schema.json"));
        using var manifest = JsonDocument.Parse(await FileAsync("aspire-manifest.json"));

        var result = schema.Evaluate(manifest.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });

        Assert.True(result.IsValid, JsonSerializer.Serialize(result));
    }

    /// <summary>The schema refuses what a manifest must not hold, so the test above can fail.</summary>
    [Theory]
    [InlineData("\"project.v0\"", "\"project.v9\"")]
    [InlineData("\"protocol\": \"tcp\"", "\"protocol\": \"icmp\"")]
    [InlineData("\"readOnly\": false", "\"readOnly\": \"no\"")]
    [InlineData("\"filter\": \"uri\"", "\"filter\": \"uri\", \"replicas\": 2")]
    public async Task Manifest_Altered_IsRefusedByTheSchema(string from, string to)
    {
        var schema = JsonSchema.FromText(await FileAsync("aspire-manifest.schema.json"));
        var text = await FileAsync("aspire-manifest.json");
        Assert.Contains(from, text, StringComparison.Ordinal);
        using var manifest = JsonDocument.Parse(text.Replace(from, to, StringComparison.Ordinal));

        Assert.False(schema.Evaluate(manifest.RootElement).IsValid);
    }

    /// <summary>Every expression leads to an entry of the manifest.</summary>
    [Fact]
    public async Task Manifest_Expressions_LeadSomewhere()
    {
        using var manifest = JsonDocument.Parse(await FileAsync("aspire-manifest.json"));
        var resources = manifest.RootElement.GetProperty("resources");

        var expressions = System.Text.RegularExpressions.Regex.Matches(
            resources.GetRawText(),
            "\\{(?<name>[a-z][a-z0-9-]*)\\.",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(5)
        );
        Assert.NotEmpty(expressions);
        Assert.All(expressions, e => Assert.True(resources.TryGetProperty(e.Groups["name"].Value, out _), e.Value));
    }

    private static Task<string> FileAsync(string name) =>
        File.ReadAllTextAsync(Repository.PathOf("YtOptimizer.Tests", "AppHost", name), Token);

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] args)
    {
        var result = await Cli.Wrap("dotnet")
            .WithArguments([typeof(Projects.YtOptimizer_AppHost).Assembly.Location, .. args])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Token);
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }
}
