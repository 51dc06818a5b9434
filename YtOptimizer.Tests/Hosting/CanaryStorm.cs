using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YtOptimizer.Tests.Contracts.Fuzzing;

namespace YtOptimizer.Tests.Hosting;

/// <summary>Sends valid requests in which one field after the other, every query parameter and the headers that carry secrets hold a marked
/// value.</summary>
internal sealed class CanaryStorm : IDisposable
{
    private const int Variants = 5;
    private static readonly string[] SecretNames = ["password", "token", "code", "secret", "key", "state"];
    private static readonly string[] SecretQueries = ["token", "access_token", "refresh_token", "password", "api_key", "key", "secret"];
    private readonly HttpClient client;
    private readonly JsonMaker maker;

    public CanaryStorm(JsonElement document, Uri address)
    {
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        maker = new JsonMaker(document, new Random(5), new GoodValues());
    }

    private static string Unique(string kind) => $"cnry{kind}{Guid.CreateVersion7():N}";

    /// <summary>In fields, headers and parameters that hold secrets. Good enough for a password.</summary>
    public string Secret { get; } = Unique("S") + "x";

    /// <summary>In all other text.</summary>
    public string Content { get; } = Unique("C");

    /// <summary>In e-mail addresses.</summary>
    public string Address { get; } = Unique("M");

    /// <summary>Operation and field of every place that held one.</summary>
    public HashSet<string> Places { get; } = new(StringComparer.Ordinal);

    public async Task SendAsync(string method, string path, JsonElement operation, IReadOnlyList<string?> tokens, CancellationToken ct)
    {
        foreach (var token in tokens)
        {
            await SendAsync(method, path, operation, token, null, false, ct);
            await SendAsync(method, path, operation, token, null, true, ct);
        }

        if (
            !operation.TryGetProperty("requestBody", out var body)
            || !body.GetProperty("content").TryGetProperty("application/json", out var media)
        )
        {
            return;
        }

        // The privileged token passes every policy, so that what is inside sees the values; the signed-out caller fills the public routes.
        var sender = operation.TryGetProperty("security", out _) ? tokens[^1] : null;
        for (var variant = 0; variant < Variants; variant++)
        {
            var text = maker.Make(media.GetProperty("schema"), 0);
            if (text.Contains("\\ud8", StringComparison.Ordinal))
            {
                // Half of a surrogate pair cannot be written again; other variants come.
                continue;
            }

            var valid = JsonNode.Parse(text);
            foreach (var place in Texts(valid as JsonObject, "").Where(p => Places.Add($"{method} {path} {p}")).ToList())
            {
                var marked = valid!.DeepClone();
                Mark(marked, place);
                await SendAsync(method, path, operation, sender, marked.ToJsonString(), false, ct);
            }
        }

        foreach (
            var broken in new[]
            {
                Secret,
                $$"""{"password":"{{Secret}}" """,
                $$"""{"{{Secret}}":"{{Secret}}"}""",
                $$"""{"message":"failed with password={{Secret}} and Bearer {{Secret}}","token":"{{Secret}}"}""",
            }
        )
        {
            await SendAsync(method, path, operation, sender, broken, false, ct);
        }
    }

    private async Task SendAsync(
        string method,
        string path,
        JsonElement operation,
        string? token,
        string? body,
        bool foreignToken,
        CancellationToken ct
    )
    {
        var query = new StringBuilder("?").AppendJoin('&', SecretQueries.Select(q => $"{q}={Secret}"));
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            foreach (var parameter in parameters.EnumerateArray())
            {
                var name = parameter.GetProperty("name").GetString()!;
                if (parameter.GetProperty("in").GetString() == "path")
                {
                    path = path.Replace(
                        "{" + name + "}",
                        Uri.EscapeDataString(maker.MakeText(parameter.GetProperty("schema"), 0, name)),
                        StringComparison.Ordinal
                    );
                }
                else if (body is null && foreignToken)
                {
                    Places.Add($"{method} {path} ?{name}");
                    query.Append('&').Append(name).Append('=').Append(IsSecret(name) ? Secret : Content);
                }
            }
        }

        using var request = new HttpRequestMessage(new HttpMethod(method), path + query);
        foreach (
            var (name, value) in new[]
            {
                ("X-API-Key", Secret),
                ("X-CSRF-Token", Secret),
                ("Cookie", $"refresh_token={Secret}; refreshToken={Secret}; sessionId={Secret}"),
                ("Proxy-Authorization", $"Basic {Secret}"),
                ("X-Auth-Token", Secret),
                ("Referer", $"https://app.example/?token={Secret}"),
                ("User-Agent", $"Test/1.0 (token={Secret})"),
                ("X-Forwarded-For", Content),
                ("Accept-Language", Content),
            }
        )
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization",
            foreignToken ? $"Bearer {Secret}"
                : token is null ? $"Basic {Secret}"
                : $"Bearer {token}"
        );
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        Assert.True((int)response.StatusCode is < 500 or 502 or 503, $"{method} {path}: {(int)response.StatusCode}");
    }

    public void Dispose() => client.Dispose();

    private static bool IsSecret(string name) =>
        SecretNames.Any(s => name.Contains(s, StringComparison.OrdinalIgnoreCase))
        && !name.EndsWith("statusCode", StringComparison.OrdinalIgnoreCase);

    private string Value(string name) =>
        IsSecret(name) ? Secret
        : name.Contains("email", StringComparison.OrdinalIgnoreCase) ? $"{Address}@example.com"
        : Content;

    private static IEnumerable<string> Texts(JsonNode? node, string at) =>
        node switch
        {
            JsonObject o => o.SelectMany(m => Texts(m.Value, at.Length == 0 ? m.Key : $"{at}.{m.Key}")),
            JsonArray a => a.Take(1).SelectMany(v => Texts(v, $"{at}.0")),
            JsonValue v when v.GetValueKind() == JsonValueKind.String => [at],
            _ => [],
        };

    private void Mark(JsonNode? root, string place)
    {
        var parts = place.Split('.');
        var parent = parts[..^1]
            .Aggregate(root, (node, part) =>
                node is JsonArray array ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : node![part]
            );
        if (parent is JsonArray list)
        {
            list[0] = Value(parts[^2]);
        }
        else
        {
            parent![parts[^1]] = Value(parts[^1]);
        }
    }
}
