using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Deployment;

/// <summary>What the images are made of. No container engine is needed: the properties are evaluated, the Dockerfile is read.</summary>
public sealed class ImageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("YtOptimizer.Api", "ytoptimizer-api", "8080")]
    [InlineData("YtOptimizer.Worker", "ytoptimizer-worker", "8081")]
    public async Task ContainerProperties_Evaluated_AreChiselledNonRootAndTagged(string project, string repository, string port)
    {
        var run = await Cli.Wrap("dotnet")
            .WithArguments([
                "msbuild",
                Repository.PathOf(project, project + ".csproj"),
                "-getProperty:ContainerBaseImage,ContainerUser,ContainerRepository,ContainerImageTag,Version,EnableSdkContainerSupport",
                "-getItem:ContainerPort,ContainerEnvironmentVariable,ContainerLabel",
            ])
            .WithEnvironmentVariables(variables => variables.Set("DOTNET_CLI_UI_LANGUAGE", "en").Set("MSBUILDDISABLENODEREUSE", "1"))
            .ExecuteBufferedAsync(Ct);
        using var evaluated = JsonDocument.Parse(run.StandardOutput);
        var properties = evaluated.RootElement.GetProperty("Properties");
        string Property(string name) => properties.GetProperty(name).GetString()!;

        Assert.Equal("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra", Property("ContainerBaseImage"));
        Assert.Equal("1654", Property("ContainerUser"));
        Assert.Equal(repository, Property("ContainerRepository"));
        Assert.Equal(Property("Version"), Property("ContainerImageTag"));
        Assert.Equal("true", Property("EnableSdkContainerSupport"), ignoreCase: true);
        Assert.Equal([port], Items(evaluated, "ContainerPort"));
        Assert.Contains("org.opencontainers.image.documentation", Items(evaluated, "ContainerLabel"));
        var variables = Items(evaluated, "ContainerEnvironmentVariable");
        Assert.Contains("DOTNET_EnableDiagnostics", variables);
        Assert.DoesNotContain(variables, IsSecret);
    }

    [Fact]
    public async Task Dockerfile_LastStage_IsNonRootHasAHealthCheckAndNoSecret()
    {
        var lines = (await Tool.ReadAsync("Dockerfile"))
            .Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        var last = lines[lines.FindLastIndex(line => line[0] == "FROM")..];

        Assert.Equal("1654", last.Single(line => line[0] == "USER")[1]);
        Assert.Contains(
            "\"YtOptimizer.Worker.dll\", \"health\"",
            last.Single(line => line[0] == "HEALTHCHECK")[1],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(last, line => line[0] == "RUN");
        Assert.DoesNotContain(lines.Where(line => line[0] is "ARG" or "ENV"), line => IsSecret(line[1]));
        Assert.Contains(lines, line => line[0] == "ARG" && line[1].Contains("chiseled-extra", StringComparison.Ordinal));
    }

    /// <summary>What is copied into the build must not bring local settings along.</summary>
    [Fact]
    public async Task DockerIgnore_LeavesOut_SecretsAndWhatTheImageDoesNotNeed()
    {
        var ignored = (await Tool.ReadAsync(".dockerignore")).Split('\n');
        Assert.All([".env*", ".git/", ".local/", "artifacts/", "**/node_modules/"], entry => Assert.Contains(entry, ignored));
        var needed = new[] { "YtOptimizer.Api/", "YtOptimizer.Worker/", "YtOptimizer.Core/", "tools/", "supabase/" };
        Assert.All(needed, entry => Assert.DoesNotContain(entry, ignored));
    }

    private static List<string> Items(JsonDocument evaluated, string name) =>
        [
            .. evaluated
                .RootElement.GetProperty("Items")
                .GetProperty(name)
                .EnumerateArray()
                .Select(item => item.GetProperty("Identity").GetString()!),
        ];

    private static bool IsSecret(string text) =>
        new[] { "SECRET", "PASSWORD", "TOKEN", "API_KEY", "DATABASE_URL" }.Any(word =>
            text.Contains(word, StringComparison.OrdinalIgnoreCase)
        );
}
