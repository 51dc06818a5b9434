using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace YtOptimizer.Tests.Contracts;

/// <summary>Every route there is, also those that the document hides, with bodies and parameters that no client should send: 4xx in the one
/// shape, never 5xx.</summary>
public sealed class BadInputTests(OpenApiFixture api) : IClassFixture<OpenApiFixture>
{
    private static readonly (string Body, string? ContentType)[] Bodies =
    [
        ("{}", "application/json"),
        ("[]", "application/json"),
        ("null", "application/json"),
        ("", "application/json"),
        ("", null),
        ("\"text\"", "application/json"),
        ("12e999", "application/json"),
        ("{\"a\":", "application/json"),
        ("\u0000", "application/json"),
        ("{\"\\ud800\":\"\\udfff\"}", "application/json"),
        ("{}", "text/plain"),
        ("{}", "application/xml"),
        ("{}", "application/json; charset=utf-7"),
        ("a=1&b=2", "application/x-www-form-urlencoded"),
        ("--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        ("garbage", "multipart/form-data"),
        ("{}", "not a media type"),
    ];

    private static readonly string[] Queries =
    [
        "?page=abc",
        "?page=-1",
        "?page=0",
        "?limit=99999999999999999999",
        "?limit=-5",
        "?startDate=yesterday&endDate=%00",
        "?page=1&page=2",
        "?timeRange=%27%3B--",
        "?userId=1",
        "?search=%00%ff",
        "?sortBy=;drop",
        "?%00=1",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Routes_WithBadBodiesAndParameters_NeverFail()
    {
        var administrator = await api.CreateUserAsync("admin");
        using var anonymous = api.Anonymous();
        var routes = api
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .DistinctBy(e => (e.RoutePattern.RawText, e.DisplayName))
            .ToList();
        var wrong = new List<string>();
        var sent = 0;
        foreach (var route in routes)
        {
            var path =
                "/"
                + System.Text.RegularExpressions.Regex.Replace(
                    route.RoutePattern.RawText!.TrimStart('/'),
                    @"\{[^}]*\}",
                    m => m.Value.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "x%27%22y",
                    System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(1)
                );
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                if (IsStream(path))
                {
                    continue;
                }

                var requests = method is "GET" or "DELETE" or "HEAD"
                    ? Queries.Select(q => (path + q, "", (string?)null))
                    : Bodies.Select(b => (path, b.Body, b.ContentType));
                foreach (var (target, body, contentType) in requests)
                {
                    foreach (var client in new[] { anonymous, administrator.Client })
                    {
                        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(target, UriKind.Relative));
                        if (method is not ("GET" or "DELETE" or "HEAD"))
                        {
                            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
                        }

                        sent++;
                        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
                        var status = (int)response.StatusCode;
                        var isProblem = response.Content.Headers.ContentType?.MediaType == "application/problem+json";
                        // A feature that waits for a setting of the operator says so with 503; that is no crash.
                        var isMissingSetting =
                            status == 503
                            && (await response.Content.ReadAsStringAsync(Ct)).Contains("_not_configured\"", StringComparison.Ordinal);
                        // Members are named as they are sent, not as the framework's sentences name the code's.
                        var isForeign =
                            status == 400
                            && (await response.Content.ReadAsStringAsync(Ct)).Contains("The field ", StringComparison.Ordinal);
                        if (isForeign || (status >= 500 && !isMissingSetting) || (status >= 400 && !isProblem && method != "HEAD"))
                        {
                            wrong.Add(
                                $"{method} {target} {contentType} {(body.Length > 40 ? body[..40] : body)}: {status} "
                                    + $"{response.Content.Headers.ContentType} {await response.Content.ReadAsStringAsync(Ct)}"
                            );
                        }
                    }
                }
            }
        }

        Assert.True(routes.Count >= 30, $"only {routes.Count} routes");
        Assert.True(sent >= 500, $"only {sent} requests");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {sent}:\n" + string.Join('\n', wrong.Take(30)));
    }

    private static bool IsStream(string path) =>
        path.EndsWith("/events", StringComparison.Ordinal) && !path.Contains("/audit/", StringComparison.Ordinal)
        || path.Contains("stream", StringComparison.Ordinal)
        || path.StartsWith("/socket.io", StringComparison.Ordinal);
}
