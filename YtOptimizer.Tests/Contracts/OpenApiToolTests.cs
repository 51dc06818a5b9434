using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag.CodeGeneration.CSharp;

namespace YtOptimizer.Tests.Contracts;

/// <summary>The document in the hands of others: a linter's rules, and clients generated from it that compile.</summary>
public sealed class OpenApiToolTests(OpenApiFixture api) : IClassFixture<OpenApiFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("yto-openapi-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_SpectralsRules_FindNothing()
    {
        var (_, output, error) = await NodeContracts.RunAsync(
            Path.Combine("node_modules", "@stoplight", "spectral-cli", "dist", "index.js"),
            "lint",
            await DocumentAsync(),
            "--ruleset",
            NodeContracts.PathOf("spectral.yaml"),
            "--format",
            "json",
            "--quiet"
        );
        Assert.True(output.TrimStart().StartsWith('['), output + error);
        var findings = JsonDocument
            .Parse(output)
            .RootElement.EnumerateArray()
            .Select(finding =>
                $"{finding.GetProperty("code").GetString()} at "
                + $"{string.Join('/', finding.GetProperty("path").EnumerateArray())}: {finding.GetProperty("message").GetString()}"
            )
            .ToList();
        Assert.True(findings.Count == 0, $"{findings.Count} findings:\n{string.Join('\n', findings.Take(40))}");
    }

    [Fact]
    public async Task Document_TypeScriptTypes_CompileWithWhatAnAppWrites()
    {
        var types = Path.Combine(folder, "types.ts");
        var (code, output, error) = await NodeContracts.RunAsync(
            Path.Combine("node_modules", "openapi-typescript", "bin", "cli.js"),
            await DocumentAsync(),
            "--output",
            types
        );
        Assert.True(code == 0, output + error);
        var usage = Path.Combine(folder, "client-usage.ts");
        File.Copy(NodeContracts.PathOf("client-usage.ts"), usage);
        (code, output, error) = await NodeContracts.RunAsync(
            Path.Combine("node_modules", "typescript", "bin", "tsc"),
            "--noEmit",
            "--strict",
            "--target",
            "es2022",
            "--moduleResolution",
            "bundler",
            "--module",
            "es2022",
            usage
        );
        Assert.True(code == 0, output + error);
    }

    [Fact]
    public async Task Document_CSharpClient_Compiles()
    {
        var document = await NSwag.OpenApiDocument.FromJsonAsync(api.Document.GetRawText(), Ct);
        var source = new CSharpClientGenerator(
            document,
            new CSharpClientGeneratorSettings
            {
                ClassName = "{controller}Client",
                OperationNameGenerator =
                    new NSwag.CodeGeneration.OperationNameGenerators.SingleClientFromOperationIdOperationNameGenerator(),
                CSharpGeneratorSettings =
                {
                    Namespace = "Generated",
                    JsonLibrary = CSharpJsonLibrary.SystemTextJson,
                    GenerateNullableReferenceTypes = true,
                },
            }
        ).GenerateFile();
        Assert.Contains("SubmitVideoAsync", source, StringComparison.Ordinal);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(File.Exists)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Generated",
            [CSharpSyntaxTree.ParseText(source, cancellationToken: Ct)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        var errors = compilation.GetDiagnostics(Ct).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, string.Join('\n', errors.Take(20)));
    }

    private async Task<string> DocumentAsync()
    {
        var path = Path.Combine(folder, "openapi.json");
        await File.WriteAllTextAsync(path, api.Document.GetRawText(), Ct);
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
