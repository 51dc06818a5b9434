using System.Globalization;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>
/// Sends requests that the OpenAPI document suggests, valid ones and spoilt ones, and compares every answer with the document: no 5xx, no status that is
/// not documented, no body that differs from its schema, no error in another shape, no success without the token that the operation asks for.
/// </summary>
internal sealed class OpenApiFuzzer(JsonElement document, int seed, IReadOnlyList<(string Name, HttpClient Client)> callers)
{
    private static readonly string[] ContentTypes = ["application/json", "text/plain", "application/xml", "application/json; charset=latin1", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"];

    private readonly Random random = new(seed);
    private readonly SchemaCheck check = new(document);

    /// <summary>Requests sent by operation and status.</summary>
    public Dictionary<string, SortedDictionary<int, int>> Report { get; } = new(StringComparer.Ordinal);

    /// <summary>What was wrong, with what it takes to send the request again; one of a kind per operation.</summary>
    public Dictionary<string, string> Findings { get; } = new(StringComparer.Ordinal);

    public async Task RunAsync(int requests, IReadOnlyList<(string Method, string Path, JsonElement Operation)> operations, CancellationToken ct)
    {
        var maker = new JsonMaker(document, random);
        for (var i = 0; i < requests; i++)
        {
            var (method, path, operation) = operations[i % operations.Count];
            var caller = callers[random.Next(callers.Count)];
            var wildness = random.Next(3) switch { 0 => 0, 1 => 0.1, _ => 0.4 };
            using var request = Request(maker, method, path, operation, wildness, out var body);
            var shown = $"{method} {request.RequestUri} as {caller.Name} {request.Content?.Headers.ContentType} {(body.Length > 300 ? body[..300] + "…" : body)}";
            try
            {
                using var response = await caller.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                await JudgeAsync($"{method} {path}", operation, caller.Name, response, shown, ct);
            }
            catch (HttpRequestException exception)
            {
                Note($"{method} {path}", "the connection broke", $"{shown}: {exception.Message}");
            }
        }
    }

    private HttpRequestMessage Request(JsonMaker maker, string method, string path, JsonElement operation, double wildness, out string body)
    {
        var query = new StringBuilder();
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            foreach (var parameter in parameters.EnumerateArray())
            {
                var name = parameter.GetProperty("name").GetString()!;
                var text = maker.MakeText(parameter.TryGetProperty("schema", out var schema) ? schema : default, wildness);
                if (parameter.GetProperty("in").GetString() == "path")
                {
                    text = text is "" or "." or ".." ? "x" : text.Replace('\0', '0');
                    path = path.Replace("{" + name + "}", Escape(text.Length > 500 ? text[..500] : text), StringComparison.Ordinal);
                }
                else if (parameter.GetProperty("in").GetString() == "query" && random.Next(3) > 0)
                {
                    query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Escape(text.Length > 1000 ? text[..1000] : text));
                }
            }
        }

        var request = new HttpRequestMessage(new HttpMethod(method), path + query);
        body = "";
        if (operation.TryGetProperty("requestBody", out var requestBody))
        {
            var media = requestBody.GetProperty("content").EnumerateObject().First();
            body = media.Name.Contains("json", StringComparison.Ordinal) ? maker.Make(media.Value.GetProperty("schema"), wildness) : "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n";
            if (wildness > 0.3 && random.Next(5) == 0)
            {
                body = maker.Break(body);
            }

            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            var type = wildness > 0.3 && random.Next(8) == 0 ? ContentTypes[random.Next(ContentTypes.Length)] : media.Name.StartsWith("multipart", StringComparison.Ordinal) ? "multipart/form-data; boundary=x" : media.Name;
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return request;
    }

    private async Task JudgeAsync(string operationName, JsonElement operation, string caller, HttpResponseMessage response, string shown, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        var statuses = Report.TryGetValue(operationName, out var known) ? known : Report[operationName] = [];
        statuses[status] = statuses.GetValueOrDefault(status) + 1;
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return;
        }

        var text = await response.Content.ReadAsStringAsync(ct);
        var excerpt = $"{shown} → {status} {(text.Length > 400 ? text[..400] + "…" : text)}";
        // "Not configured here" is an honest 503 of an optional upstream.
        if (status >= 500 && !(status == 503 && text.Contains("_not_configured\"", StringComparison.Ordinal)))
        {
            Note(operationName, $"answered {status}", excerpt);
            return;
        }

        if (status < 400 && caller == "nobody" && operation.TryGetProperty("security", out _))
        {
            Note(operationName, "let nobody in", excerpt);
        }

        var key = status.ToString(CultureInfo.InvariantCulture);
        var responses = operation.GetProperty("responses");
        if (!responses.TryGetProperty(key, out var documented) && (status < 400 || !responses.TryGetProperty("default", out documented)))
        {
            Note(operationName, $"answered {status}, which is not documented", excerpt);
            return;
        }

        if (!documented.TryGetProperty("content", out var content) || text.Length == 0)
        {
            return;
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
        if (!content.TryGetProperty(mediaType, out var media))
        {
            Note(operationName, $"answered {status} as '{mediaType}', which is not documented", excerpt);
            return;
        }

        if (mediaType.EndsWith("json", StringComparison.Ordinal) && media.TryGetProperty("schema", out var schema))
        {
            using var json = JsonDocument.Parse(text);
            if (check.Find(json.RootElement, schema) is { } problem)
            {
                Note(operationName, $"answered {status} with a body that differs from its schema: {problem}", excerpt);
            }
        }
    }

    private void Note(string operation, string kind, string example) => Findings.TryAdd($"{operation} {kind}", example);

    private static string Escape(string text)
    {
        // Lone surrogates cannot be escaped; everything else goes through as bytes.
        var bytes = Encoding.UTF8.GetBytes(text);
        return string.Concat(bytes.Select(b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' ? ((char)b).ToString() : "%" + b.ToString("X2", CultureInfo.InvariantCulture)));
    }
}
