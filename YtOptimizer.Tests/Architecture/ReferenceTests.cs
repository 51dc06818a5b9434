using System.Xml.Linq;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using YtOptimizer.Api.Features.Jobs;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Architecture;

/// <summary>Who may know whom: projects, folders, features.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["YtOptimizer.Analysis"] = [],
        ["YtOptimizer.ServiceDefaults"] = [],
        ["YtOptimizer.Core"] = ["YtOptimizer.Analysis", "YtOptimizer.ServiceDefaults"],
        ["YtOptimizer.Api"] = ["YtOptimizer.Core", "YtOptimizer.ServiceDefaults"],
        ["YtOptimizer.Worker"] = ["YtOptimizer.Core", "YtOptimizer.ServiceDefaults", "YtOptimizer.Evaluation"],
        ["YtOptimizer.AppHost"] = ["YtOptimizer.Api", "YtOptimizer.Worker", "YtOptimizer.ServiceDefaults"],
    };

    // What puts an area together lists all its parts; it is no part itself.
    private static readonly string[] Composition = ["CommandLine.cs", "IsolatedJobHost.cs", "AccountServices.cs", "WorkerHost.cs"];

    public static TheoryData<string> Projects() => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatItMay(string project)
    {
        var references = XDocument
            .Load(Repository.PathOf(project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Empty(references.Except(Allowed[project]));
    }

    [Theory]
    [InlineData("YtOptimizer.Analysis")]
    [InlineData("YtOptimizer.ServiceDefaults")]
    [InlineData("YtOptimizer.Core")]
    [InlineData("YtOptimizer.Api")]
    [InlineData("YtOptimizer.Worker")]
    [InlineData("YtOptimizer.AppHost")]
    public void Folders_HaveNoCircles(string project)
    {
        var files = SourceTree
            .Product.Where(file => file.Path.StartsWith(project + "/", StringComparison.Ordinal))
            .Where(file => !file.Name.EndsWith("Setup.cs", StringComparison.Ordinal) && !Composition.Contains(file.Name))
            .ToList();
        var circle = Circle(files);
        Assert.True(circle is null, $"These folders refer to each other: {string.Join(" → ", circle ?? [])}");
    }

    [Fact]
    public void Circle_IsFound_WhereThereIsOne()
    {
        SourceFile[] files =
        [
            new("P/A/X.cs", "using YtOptimizer.P.B;\n\nnamespace YtOptimizer.P.A;\n"),
            new("P/B/Y.cs", "using YtOptimizer.P.C;\n\nnamespace YtOptimizer.P.B;\n"),
            new("P/C/Z.cs", "using YtOptimizer.P.A;\n\nnamespace YtOptimizer.P.C;\n"),
        ];
        Assert.NotNull(Circle(files));
        Assert.Null(Circle(files[..2]));
    }

    [Fact]
    public void Features_DoNotKnowEachOther()
    {
        var api = new ArchLoader().LoadAssemblies(typeof(JobData).Assembly).Build();
        SliceRuleDefinition.Slices().Matching("YtOptimizer.Api.Features.(*)").Should().NotDependOnEachOther().Check(api);
    }

    [Fact]
    public void Hosting_DoesNotReachIntoFeatures() =>
        Assert.Empty(
            SourceTree
                .Product.Where(file => file.Path.StartsWith("YtOptimizer.Api/Hosting/", StringComparison.Ordinal))
                .Where(file => file.Text.Contains("YtOptimizer.Api.Features", StringComparison.Ordinal))
                .Select(file => file.Path)
        );

    [Fact]
    public void Analysis_HasNoClockNetworkDatabaseOrConfiguration()
    {
        string[] foreign =
        [
            "System.Net.Http",
            "System.Net.Sockets",
            "HttpClient",
            "Npgsql",
            "Dapper",
            "Microsoft.Extensions",
            "TimeProvider",
            "DateTimeOffset.Now",
            "Stopwatch",
            "Environment.GetEnvironmentVariable",
        ];
        Assert.Empty(
            SourceTree
                .Product.Where(file => file.Path.StartsWith("YtOptimizer.Analysis/", StringComparison.Ordinal))
                .SelectMany(file =>
                    foreign.Where(name => file.Text.Contains(name, StringComparison.Ordinal)).Select(name => $"{file.Path}: {name}")
                )
        );
    }

    // Extensions of the host builder live in its namespace, as in every Aspire service-defaults project.
    [Fact]
    public void Namespaces_FollowFolders() =>
        Assert.Empty(
            SourceTree
                .Product.Where(file =>
                    file.Namespace.Length > 0
                    && file.Namespace != "Microsoft.Extensions.Hosting"
                    && file.Namespace != Path.GetDirectoryName(file.Path)!.Replace('/', '.').Replace('\\', '.')
                )
                .Select(file => $"{file.Path} is in {file.Namespace}")
        );

    /// <summary>The first circle of namespaces in the files' using directives; null when there is none.</summary>
    private static List<string>? Circle(IReadOnlyCollection<SourceFile> files)
    {
        var known = files.Select(file => file.Namespace).ToHashSet(StringComparer.Ordinal);
        var edges = files
            .SelectMany(file =>
                SourceTree
                    .UsingsOf(file.Text)
                    .Where(name => known.Contains(name) && name != file.Namespace)
                    .Select(name => (file.Namespace, To: name))
            )
            .ToLookup(edge => edge.Namespace, edge => edge.To, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        return known.Order(StringComparer.Ordinal).Select(Visit).FirstOrDefault(found => found is not null);

        List<string>? Visit(string name)
        {
            var at = path.IndexOf(name);
            if (at >= 0)
            {
                return [.. path[at..], name];
            }

            if (!done.Add(name))
            {
                return null;
            }

            path.Add(name);
            foreach (var next in edges[name].Distinct(StringComparer.Ordinal))
            {
                if (Visit(next) is { } found)
                {
                    return found;
                }
            }

            path.RemoveAt(path.Count - 1);
            return null;
        }
    }
}
