using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>
/// Every endpoint of <c>endpoints.json</c> about accounts × success, each refusal of its own, anonymous, revoked, wrong role, unknown
/// field, wrong media type, no JSON, wrong method. An endpoint without a scenario fails.
/// </summary>
public sealed partial class AccountMatrixTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly string[] Prefixes = ["auth/", "invitations/", "password-security/"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Entry(string Method, string Route, string? Policy, bool Anonymous)
    {
        public string Name =>
            Route.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal)
                ? Route.TrimStart('/')["api/v1/".Length..]
                : Route.TrimStart('/');
    }

    [Fact]
    public async Task Endpoints_All_HaveAScenarioAndAnswerIt()
    {
        var wrong = new List<string>();
        foreach (var (entry, scenario) in Covered())
        {
            var call = await scenario.Good(stage);
            var (status, body) = await SendAsync(entry, call, Json(call.Body));
            if (status != scenario.Success || scenario.Properties.Any(p => !Has(body, p)))
            {
                wrong.Add($"{entry.Method} {entry.Route}: {status} {body}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Endpoints_Refusals_AreProblemsThatSayWhatIsWrong()
    {
        var wrong = new List<string>();
        foreach (var (entry, scenario) in Covered())
        {
            foreach (var failure in scenario.Failures)
            {
                var call = await failure.Make(stage);
                await ExpectAsync(wrong, entry, failure.Name, call, Json(call.Body), failure.Status, failure.Says);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Endpoints_StrangersAndSurplus_AreRefusedTheSameWayEverywhere()
    {
        var wrong = new List<string>();
        using var anonymous = stage.Anonymous();
        var revoked = await stage.CreateUserAsync();
        await stage.ExecuteAsync("UPDATE profiles SET token_version = token_version + 1 WHERE id = @id", revoked);
        await Eventually.TrueAsync(
            async () => (int)(await revoked.Client.GetAsync(new Uri("/auth/profile", UriKind.Relative), Ct)).StatusCode == 401,
            "the revocation is known"
        );
        ApiUser[] lower = [await stage.CreateUserAsync(), await stage.CreateUserAsync("premium"), await stage.CreateUserAsync("moderator")];
        foreach (var (entry, scenario) in Covered())
        {
            var call = await scenario.Good(stage);
            await ExpectAsync(wrong, entry, "wrong method", call, null, 405, "method", "PATCH");
            if (entry.Policy is not null)
            {
                await ExpectAsync(wrong, entry, "anonymous", call with { As = anonymous }, Json(call.Body), 401, "Invalid token");
                await ExpectAsync(wrong, entry, "revoked", call with { As = revoked.Client }, Json(call.Body), 401, "Invalid token");
            }

            if (entry.Policy == "admin")
            {
                foreach (var user in lower)
                {
                    await ExpectAsync(wrong, entry, "lower role", call with { As = user.Client }, Json(call.Body), 403, "forbidden");
                }
            }

            if (scenario.HasBody)
            {
                await ExpectAsync(wrong, entry, "unknown field", call, Json(call.Body).Insert(1, "\"surplus\":1,"), 400, "surplus");
                await ExpectAsync(wrong, entry, "field twice", call, Json(call.Body).Insert(1, Json(call.Body)[1..^1] + ","), 400, "");
                await ExpectAsync(wrong, entry, "no JSON", call, "{\"a\":", 400, "");
                await ExpectAsync(wrong, entry, "array", call, "[]", 400, "");
                await ExpectAsync(wrong, entry, "wrong media type", call, Json(call.Body), 415, "", contentType: "text/plain");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static List<(Entry Entry, Scenario Scenario)> Covered()
    {
        var entries = JsonSerializer
            .Deserialize<List<Entry>>(
                File.ReadAllText(Repository.PathOf("YtOptimizer.Tests", "Contracts", "endpoints.json")),
                JsonSerializerOptions.Web
            )!
            .Where(e => Prefixes.Any(p => e.Name.StartsWith(p, StringComparison.Ordinal)))
            .ToList();
        Assert.True(entries.Count >= 40, $"Only {entries.Count} endpoints are about accounts.");
        var covered = entries
            .Select(e => (Entry: e, Scenario: AccountScenarios.All.SingleOrDefault(s => s.Method == e.Method && s.Route == e.Name)))
            .ToList();
        Assert.Empty(covered.Where(c => c.Scenario is null).Select(c => $"{c.Entry.Method} {c.Entry.Route} has no scenario"));
        return covered!;
    }

    private static string Json(object? body) => body is null ? "" : JsonSerializer.Serialize(body);

    private static bool Has(string body, string path)
    {
        var json = JsonDocument.Parse(body).RootElement;
        foreach (var name in path.Split('.'))
        {
            if (!json.TryGetProperty(name, out json))
            {
                return false;
            }
        }

        return true;
    }

    private async Task ExpectAsync(
        List<string> wrong,
        Entry entry,
        string name,
        Call call,
        string? body,
        int status,
        string says,
        string? method = null,
        string contentType = "application/json"
    )
    {
        var (actual, answer) = await SendAsync(entry, call, body, method, contentType);
        if (
            actual != status
            || !answer.Contains(says, StringComparison.OrdinalIgnoreCase)
            || !Has(answer, "traceId")
            || !Has(answer, "message")
            || !Has(answer, "code")
        )
        {
            wrong.Add($"{method ?? entry.Method} {entry.Route}, {name}: {actual} {answer}, expected {status} with '{says}'");
        }
    }

    private async Task<(int Status, string Body)> SendAsync(
        Entry entry,
        Call call,
        string? body,
        string? method = null,
        string contentType = "application/json"
    )
    {
        using var anonymous = stage.Anonymous();
        using var request = new HttpRequestMessage(
            new HttpMethod(method ?? entry.Method),
            Parameter().Replace(entry.Route, call.Parameter ?? "google")
        );
        if (!string.IsNullOrEmpty(body))
        {
            request.Content = new StringContent(body, Encoding.UTF8, contentType);
        }

        using var response = await (call.As ?? anonymous).SendAsync(request, Ct);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    // A constraint may hold braces-free parentheses only.
    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
