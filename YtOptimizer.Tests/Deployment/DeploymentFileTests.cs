using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Configuration;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.Commands;

namespace YtOptimizer.Tests.Deployment;

/// <summary>What <c>deploy/</c> and <c>.github/</c> say, against what the programs understand.</summary>
public sealed partial class DeploymentFileTests
{
    /// <summary>Names that .NET, ASP.NET Core and OpenTelemetry read themselves.</summary>
    private static readonly string[] Platform =
    [
        "ASPNETCORE_ENVIRONMENT",
        "DOTNET_ENVIRONMENT",
        "ASPNETCORE_URLS",
        "ASPNETCORE_HTTP_PORTS",
        "DOTNET_EnableDiagnostics",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static bool IsKnown(string name) => Platform.Contains(name) || EnvironmentVariableMap.All.Any(known => known.Name == name);

    internal static bool IsSecret(string name) => SecretName().IsMatch(name);

    /// <summary><paramref name="command"/>, without <c>dotnet</c>, names a program and a verb that it has.</summary>
    internal static async Task AssertIsVerbAsync(IEnumerable<string> command)
    {
        List<string> words = [.. command];
        Assert.Contains(words[0], new[] { "YtOptimizer.Api.dll", "YtOptimizer.Worker.dll" });
        if (words.Count > 1)
        {
            await using var host = new VerbHost();
            Assert.Empty(CommandLine.Create(host).Parse(words[1..]).Errors);
        }
    }

    [Fact]
    public async Task Compose_File_IsValidByTheSchemaOfTheComposeSpecification()
    {
        var (errors, _) = await NodeCheck.RunAsync("compose", Repository.PathOf("deploy", "compose", "docker-compose.yml"));
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Compose_Services_AreHardenedAndSetOnlyKnownVariables()
    {
        var (_, documents) = await NodeCheck.RunAsync("compose", Repository.PathOf("deploy", "compose", "docker-compose.yml"));
        var root = documents[0];
        var own = root.GetProperty("services").EnumerateObject().Where(s => Text(s.Value, "image").Contains("YTO_IMAGE")).ToList();
        Assert.Equal(["migrations", "api-1", "api-2", "worker"], own.Select(service => service.Name));
        await Assert.AllAsync(own, async service =>
        {
            Assert.True(service.Value.GetProperty("read_only").GetBoolean());
            Assert.Equal("ALL", service.Value.GetProperty("cap_drop")[0].GetString());
            foreach (var variable in service.Value.GetProperty("environment").EnumerateObject())
            {
                Assert.True(IsKnown(variable.Name), variable.Name);
                Assert.True(!IsSecret(variable.Name) || variable.Value.GetString()!.Contains("${"), variable.Name + " holds a value");
            }

            if (service.Value.TryGetProperty("command", out var command))
            {
                await AssertIsVerbAsync(command.EnumerateArray().Select(word => word.GetString()!));
            }
        });
        // Whatever a service stands on is a service; whatever it mounts is declared.
        var names = root.GetProperty("services").EnumerateObject().Select(service => service.Name).ToList();
        var volumes = root.GetProperty("volumes").EnumerateObject().Select(volume => volume.Name).ToList();
        foreach (var service in root.GetProperty("services").EnumerateObject().Select(service => service.Value))
        {
            var needed =
                !service.TryGetProperty("depends_on", out var on) ? []
                : on.ValueKind == JsonValueKind.Array ? on.EnumerateArray().Select(name => name.GetString()!)
                : on.EnumerateObject().Select(entry => entry.Name);
            Assert.All(needed, name => Assert.Contains(name, names));
            var mounts = service.TryGetProperty("volumes", out var list)
                ? list.EnumerateArray().Select(v => v.GetString()!.Split(':')[0])
                : [];
            Assert.All(mounts, mount => Assert.True(mount[0] == '.' || volumes.Contains(mount), mount));
        }
    }

    /// <summary>Every variable that the Compose file takes from its <c>.env</c> stands in the example.</summary>
    [Fact]
    public async Task Compose_Interpolations_StandInTheExample()
    {
        var used = Interpolation()
            .Matches(await Tool.ReadAsync("deploy", "compose", "docker-compose.yml"))
            .Select(m => m.Groups["name"].Value);
        var example = Names(await Tool.ReadAsync("deploy", "compose", ".env.example"));
        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), example.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("railway.json")]
    [InlineData("railway.worker.json")]
    public async Task Railway_Config_NamesCommandsAndPathsThatExist(string file)
    {
        using var config = JsonDocument.Parse(await Tool.ReadAsync("deploy", "railway", file));
        var deploy = config.RootElement.GetProperty("deploy");
        Assert.True(File.Exists(Repository.PathOf(Text(config.RootElement.GetProperty("build"), "dockerfilePath"))));
        Assert.Equal(HealthPaths.Readiness, Text(deploy, "healthcheckPath"));
        Assert.True(deploy.GetProperty("drainingSeconds").GetInt32() >= 40);
        List<string> commands = [Text(deploy, "startCommand")];
        if (deploy.TryGetProperty("preDeployCommand", out var before))
        {
            commands.AddRange(before.EnumerateArray().Select(command => command.GetString()!));
        }

        Assert.All(commands, command => Assert.StartsWith("dotnet ", command, StringComparison.Ordinal));
        await Assert.AllAsync(commands, command => AssertIsVerbAsync(command.Split(' ')[1..]));
    }

    [Fact]
    public async Task Systemd_Units_PassSystemdAnalyze()
    {
        var folder = Directory.CreateTempSubdirectory("yto-units-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(Repository.PathOf("deploy", "systemd"), "*.service"))
            {
                // The command must exist for the check; this machine's dotnet may be elsewhere. An instance stands for its template.
                var text = (await File.ReadAllTextAsync(file, Ct)).Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal);
                await File.WriteAllTextAsync(Path.Combine(folder, Path.GetFileName(file)), text, Ct);
            }

            string[] units = ["ytoptimizer-api@5080.service", "ytoptimizer-worker@5090.service", "ytoptimizer-migrate.service"];
            foreach (var unit in units.Where(unit => unit.Contains('@')))
            {
                File.CreateSymbolicLink(Path.Combine(folder, unit), Path.Combine(folder, unit[..(unit.IndexOf('@') + 1)] + ".service"));
            }

            var (exitCode, output) = await Tool.RunAsync(
                "systemd-analyze",
                ["verify", "--man=no", "--recursive-errors=no", .. units.Select(unit => Path.Combine(folder, unit))]
            );
            Assert.True(exitCode == 0, output);
            Assert.DoesNotContain(folder, output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Systemd_Files_SetOnlyKnownVariablesAndStartWhatExists()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("deploy", "systemd")))
        {
            var text = await File.ReadAllTextAsync(file, Ct);
            var names = file.EndsWith(".service", StringComparison.Ordinal)
                ? UnitVariable().Matches(text).SelectMany(match => match.Groups["all"].Value.Split(' ')).Select(pair => pair.Split('=')[0])
                : Names(text);
            Assert.All(names, name => Assert.True(IsKnown(name), $"{Path.GetFileName(file)}: {name}"));
            foreach (Match command in UnitCommand().Matches(text))
            {
                await AssertIsVerbAsync(command.Groups["words"].Value.Split(' '));
            }
        }
    }

    [Fact]
    public async Task Workflows_OfThisRepository_PassActionlint()
    {
        var (errors, _) = await NodeCheck.RunAsync(["workflows", .. Directory.GetFiles(Repository.PathOf(".github", "workflows"))]);
        Assert.Empty(errors);
        var release = await Tool.ReadAsync(".github", "workflows", "release.yml");
        Assert.All([".ci/run", "cosign sign", "CycloneDX", "sbom: true"], part => Assert.Contains(part, release, StringComparison.Ordinal));
        Assert.Contains("--vulnerable", await Tool.ReadAsync(".github", "workflows", "ci.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dependabot_Folders_HoldWhatTheyAreWatchedFor()
    {
        var dependabot = Yaml.Map(Yaml.Read(await Tool.ReadAsync(".github", "dependabot.yml")));
        Assert.Equal("2", dependabot["version"]);
        foreach (var update in Yaml.List(dependabot["updates"]).Select(Yaml.Map))
        {
            var file = (string)update["package-ecosystem"]! switch
            {
                "nuget" => "Directory.Packages.props",
                "npm" => "package-lock.json",
                "docker" => "Dockerfile",
                "docker-compose" => "docker-compose.yml",
                "github-actions" => ".github/workflows/ci.yml",
                var other => throw new InvalidOperationException("Unknown: " + other),
            };
            var folders = update.TryGetValue("directories", out var many) ? Yaml.List(many) : [update["directory"]];
            Assert.All(folders, folder =>
                Assert.True(File.Exists(Repository.PathOf(((string)folder!).Trim('/'), file)), $"{folder}/{file}")
            );
        }
    }

    [Fact]
    public async Task Version_OfBuildChartAndChangelog_IsTheSame()
    {
        var version = XDocument.Parse(await Tool.ReadAsync("Directory.Build.props")).Descendants("Version").Single().Value;
        var chart = Yaml.Map(Yaml.Read(await Tool.ReadAsync("deploy", "helm", "ytoptimizer", "Chart.yaml")));
        Assert.Equal(version, chart["appVersion"]);
        Assert.Equal(version, chart["version"]);
        var changelog = await Tool.ReadAsync("CHANGELOG.md");
        Assert.Contains($"\n## [{version}]", changelog, StringComparison.Ordinal);
        Assert.Contains("\n## [Unreleased]", changelog, StringComparison.Ordinal);
        Assert.Contains($"ARG VERSION={version}", await Tool.ReadAsync("Dockerfile"), StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string> Names(string environmentFile) =>
        environmentFile.Split('\n').Where(line => line.Contains('=') && line[0] != '#').Select(line => line.Split('=')[0]);

    [GeneratedRegex("(SECRET|PASSWORD|PASS|TOKEN|API_KEY|_URL_OWNER)(_PREVIOUS)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex("\\$\\{(?<name>[A-Z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Interpolation();

    [GeneratedRegex("^Environment=(?<all>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnitVariable();

    [GeneratedRegex(
        "^ExecStart=/usr/bin/dotnet /opt/ytoptimizer/current/(?<words>.+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex UnitCommand();
}
