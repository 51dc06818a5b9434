using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts;

/// <summary>
/// Every route of the running API with its policy, compared with <c>endpoints.json</c>: who may call what changes only knowingly.
/// <c>UPDATE_SNAPSHOTS=1</c> rewrites the file.
/// </summary>
public sealed class EndpointManifestTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed record Entry(string Method, string Route, string? Policy, bool Anonymous);

    [Fact]
    public async Task Endpoints_OfTheRunningApi_MatchTheManifest()
    {
        var path = Repository.PathOf("YtOptimizer.Tests", "Contracts", "endpoints.json");
        var actual = JsonSerializer.Serialize(Entries(), Format).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(path, actual, TestContext.Current.CancellationToken);
        }

        var expected = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.True(
            expected.ReplaceLineEndings("\n") == actual,
            "The routes differ from endpoints.json. If that is meant, run the test with UPDATE_SNAPSHOTS=1 and review the difference."
        );
    }

    [Fact]
    public void Endpoints_All_NameAPolicyOrSayAnonymous()
    {
        var entries = Entries();
        Assert.True(entries.Count > 30, $"Only {entries.Count} routes were found.");
        Assert.Empty(entries.Where(e => e.Policy is null && !e.Anonymous).Select(e => $"{e.Method} {e.Route}"));
        Assert.Empty(entries.Where(e => e.Policy is not null && e.Anonymous).Select(e => $"{e.Method} {e.Route}"));
    }

    [Fact]
    public async Task Endpoints_WithAPolicy_RefuseAnonymousCallers()
    {
        using var client = api.Anonymous();
        var entries = Entries().Where(e => e.Policy is not null and not "metrics").ToList();
        Assert.True(entries.Count > 15, $"Only {entries.Count} protected routes were found.");
        foreach (var entry in entries)
        {
            using var request = new HttpRequestMessage(new HttpMethod(entry.Method), Concrete(entry.Route));
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(
                (int)response.StatusCode == 401,
                $"{entry.Method} {entry.Route} answered {(int)response.StatusCode} without a token"
            );
        }
    }

    private static string Concrete(string route) =>
        System.Text.RegularExpressions.Regex.Replace(
            route,
            "{[^}]*}",
            "0198aaaa-0000-7000-8000-000000000001",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    private List<Entry> Entries()
    {
        using var client = api.CreateClient();
        return
        [
            .. api
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(s => s.Endpoints)
                .OfType<RouteEndpoint>()
                .SelectMany(endpoint =>
                    (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => new Entry(
                        method,
                        "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
                        Policy(endpoint),
                        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                    ))
                )
                .Distinct()
                .OrderBy(e => e.Route, StringComparer.Ordinal)
                .ThenBy(e => e.Method, StringComparer.Ordinal),
        ];
    }

    private static string? Policy(RouteEndpoint endpoint)
    {
        var names = endpoint
            .Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Select(a => a.Policy ?? "authenticated")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return names.Count == 0 ? null : string.Join('+', names);
    }
}
