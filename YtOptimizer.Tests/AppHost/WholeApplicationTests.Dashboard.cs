using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.AppHost.RunningApplication;

namespace YtOptimizer.Tests.AppHost;

// What a developer sees on Aspire's dashboard, asked through the dashboard's own API.
public sealed partial class WholeApplicationTests
{
    [Fact]
    public async Task Analysis_OnTheDashboard_IsOneTraceAcrossBothServices()
    {
        const string Trace = "0123456789abcdef0123456789abcdef";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/analyze/video");
        request.Headers.Add("traceparent", $"00-{Trace}-0123456789abcdef-01");
        request.Content = JsonContent.Create(
            new
            {
                configuration = new { url = "https://youtu.be/aaaaaaaaaa9" },
                metadata = new { title = "How to sharpen a kitchen knife", description = "Soak the stone, then raise a burr." },
            }
        );
        var accepted = await whole.Client.SendAsync(request, Token);
        await whole.CompletedAsync((await Tokens.JsonAsync(accepted)).GetProperty("jobId").GetGuid());

        var address = await whole.Application.GetDashboardUrlAsync(Token);
        using var dashboard = new HttpClient { BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority)) };
        dashboard.DefaultRequestHeaders.Add("x-api-key", DashboardKey);
        var services = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        await Eventually.TrueAsync(
            async () =>
            {
                // 404 until the first span of the trace has come.
                using var answer = await dashboard.GetAsync(new Uri($"/api/telemetry/traces/{Trace}", UriKind.Relative), Token);
                if (answer.StatusCode == HttpStatusCode.NotFound)
                {
                    return false;
                }

                services = Spans(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Token), Trace);
                return services.Count == 2
                    && services.Values.Any(names => names.Exists(name => name.StartsWith("process", StringComparison.Ordinal)));
            },
            "the dashboard has the trace of both services: " + JsonSerializer.Serialize(services)
        );

        Assert.Equal(["api", "worker"], services.Keys.Order());
    }

    private static Dictionary<string, List<string>> Spans(JsonElement answer, string trace) =>
        answer
            .GetProperty("data")
            .GetProperty("resourceSpans")
            .EnumerateArray()
            .Select(resource =>
                (
                    Service: resource
                        .GetProperty("resource")
                        .GetProperty("attributes")
                        .EnumerateArray()
                        .First(attribute => attribute.GetProperty("key").GetString() == "service.name")
                        .GetProperty("value")
                        .GetProperty("stringValue")
                        .GetString()!,
                    Names: resource
                        .GetProperty("scopeSpans")
                        .EnumerateArray()
                        .SelectMany(scope => scope.GetProperty("spans").EnumerateArray())
                        .Where(span => span.GetProperty("traceId").GetString() == trace)
                        .Select(span => span.GetProperty("name").GetString()!)
                )
            )
            .GroupBy(service => service.Service, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.SelectMany(service => service.Names).ToList(), StringComparer.Ordinal);
}
