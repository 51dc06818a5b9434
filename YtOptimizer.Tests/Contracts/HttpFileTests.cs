using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts;

/// <summary>The request collections in http/: every request has a route, every variable a source.</summary>
public sealed partial class HttpFileTests(OpenApiFixture api) : IClassFixture<OpenApiFixture>
{
    [Fact]
    public void Files_EveryRequest_HasARouteAndDefinedVariables()
    {
        var files = Directory.GetFiles(Repository.PathOf("http"), "*.http");
        var environment = File.ReadAllText(Repository.PathOf("http", "http-client.env.json"));
        var documented = api.Operations().Select(o => (o.Method, o.Path)).ToList();
        var hidden = api
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not null
                || e.RoutePattern.RawText!.Contains("health", StringComparison.Ordinal)
            )
            .SelectMany(e =>
                (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                    (method, "/" + e.RoutePattern.RawText!.TrimStart('/'))
                )
            )
            .ToList();
        var problems = new List<string>();
        var requests = 0;
        foreach (var file in files)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var line in File.ReadAllLines(file))
            {
                if (Name().Match(line) is { Success: true } name)
                {
                    names.Add(name.Groups["name"].Value);
                }

                foreach (Match variable in Variable().Matches(line))
                {
                    var source = variable.Groups["name"].Value.Split('.')[0];
                    if (!names.Contains(source) && !environment.Contains($"\"{source}\"", StringComparison.Ordinal))
                    {
                        problems.Add($"{Path.GetFileName(file)}: {{{{{source}}}}} is defined nowhere above");
                    }
                }

                if (Request().Match(line) is { Success: true } request)
                {
                    requests++;
                    var (method, path) = (
                        request.Groups["method"].Value,
                        Variable().Replace(request.Groups["path"].Value.Split('?')[0], Guid.Empty.ToString())
                    );
                    if (!documented.Concat(hidden).Any(o => o.Item1 == method && Matches(o.Item2, path)))
                    {
                        problems.Add($"{Path.GetFileName(file)}: no route {method} {path}");
                    }
                }
            }
        }

        Assert.True(files.Length >= 5 && requests >= 25, $"{files.Length} files, {requests} requests");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static bool Matches(string template, string path) => new TemplateMatcher(TemplateParser.Parse(template), []).TryMatch(path, []);

    [GeneratedRegex(@"^# @name (?<name>\w+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{(?<name>[^}]+)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|PATCH|DELETE) \{\{host\}\}(?<path>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Request();
}
