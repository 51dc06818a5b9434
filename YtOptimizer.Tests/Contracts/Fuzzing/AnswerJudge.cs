using System.Globalization;
using System.Net;
using System.Text.Json;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>What an answer has to be.</summary>
internal enum Expected
{
    /// <summary>Any status that the document lists, with a body of its schema.</summary>
    Documented,

    /// <summary>A 4xx: the request breaks a rule for certain.</summary>
    Refused,

    /// <summary>401: the credentials are none.</summary>
    Unauthenticated,

    /// <summary>The request is not of the document: nothing but a 5xx is wrong, and errors have their shape.</summary>
    NoServerError,
}

/// <summary>
/// Compares answers with the document: no 5xx, no status that is not documented, no body that differs from its schema, no error in another
/// shape, no success without the token that the operation asks for, no answer without its headers.
/// </summary>
internal sealed class AnswerJudge(JsonElement document, GoodValues good)
{
    private readonly SchemaCheck check = new(document);

    /// <summary>Answers by operation and status.</summary>
    public Dictionary<string, SortedDictionary<int, int>> Report { get; } = new(StringComparer.Ordinal);

    /// <summary>What was wrong, with what it takes to send the request again; one of a kind per operation.</summary>
    public Dictionary<string, string> Findings { get; } = new(StringComparer.Ordinal);

    public void Note(string operation, string kind, string example) => Findings.TryAdd($"{operation} {kind}", example);

    public async Task<HttpStatusCode> JudgeAsync(
        string name,
        JsonElement operation,
        FuzzCaller caller,
        Expected expected,
        HttpResponseMessage response,
        string shown,
        CancellationToken ct
    )
    {
        var status = (int)response.StatusCode;
        var statuses = Report.TryGetValue(name, out var known) ? known : Report[name] = [];
        statuses[status] = statuses.GetValueOrDefault(status) + 1;
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return response.StatusCode;
        }

        var text = await response.Content.ReadAsStringAsync(ct);
        var excerpt = $"{shown} → {status} {(text.Length > 400 ? text[..400] + "…" : text)}";
        var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";

        // "Not configured here" and "YouTube cannot be asked" are honest 503s of optional upstreams.
        if (
            status >= 500
            && !(
                status == 503
                && (
                    text.Contains("_not_configured\"", StringComparison.Ordinal)
                    || text.Contains("\"metadata_unavailable\"", StringComparison.Ordinal)
                )
            )
        )
        {
            Note(name, $"answered {status}", excerpt);
            return response.StatusCode;
        }

        // Bytes that Kestrel refuses before any middleware, such as a NUL in the path.
        if (expected == Expected.NoServerError && status == 400 && text.Length == 0)
        {
            return response.StatusCode;
        }

        if (
            !response.Headers.Contains("X-Content-Type-Options")
            || !response.Headers.Contains("X-Correlation-Id")
            || response.Headers.Contains("Server")
        )
        {
            Note(name, "answered without its headers", excerpt);
        }

        if (expected == Expected.Refused && status < 400)
        {
            Note(name, "accepted what breaks a rule", excerpt);
        }
        else if (expected == Expected.Unauthenticated && status is not (401 or 404) && !FromPrivateNetwork(name))
        {
            Note(name, "answered other than 401 to bad credentials", excerpt);
        }

        if (expected == Expected.NoServerError)
        {
            // HEAD and 405 of an unknown method have no body.
            if (status >= 400 && text.Length > 0)
            {
                JudgeProblem(name, status, mediaType, text, excerpt);
            }

            return response.StatusCode;
        }

        if (status < 400 && caller.Token is null && !FromPrivateNetwork(name) && operation.TryGetProperty("security", out _))
        {
            Note(name, "let nobody in", excerpt);
        }

        if (status >= 400 && text.Length > 0)
        {
            JudgeProblem(name, status, mediaType, text, excerpt);
        }

        JudgeBody(name, operation, status, mediaType, text, excerpt);
        return response.StatusCode;
    }

    /// <summary>Scrapers of the private network, which loopback is, need no credentials.</summary>
    private static bool FromPrivateNetwork(string name) => name.Contains("/metrics", StringComparison.Ordinal);

    private void JudgeBody(string name, JsonElement operation, int status, string mediaType, string text, string excerpt)
    {
        var responses = operation.GetProperty("responses");
        if (
            !responses.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var documented)
            && (status < 400 || !responses.TryGetProperty("default", out documented))
        )
        {
            Note(name, $"answered {status}, which is not documented", excerpt);
            return;
        }

        if (!documented.TryGetProperty("content", out var content))
        {
            if (text.Length > 0 && status < 300)
            {
                Note(name, $"answered {status} with a body that is not documented", excerpt);
            }

            return;
        }

        if (text.Length == 0)
        {
            return;
        }

        if (!content.TryGetProperty(mediaType, out var media))
        {
            Note(name, $"answered {status} as '{mediaType}', which is not documented", excerpt);
            return;
        }

        if (mediaType.EndsWith("json", StringComparison.Ordinal) && media.TryGetProperty("schema", out var schema))
        {
            using var json = JsonDocument.Parse(text);
            if (check.Find(json.RootElement, schema) is { } problem)
            {
                Note(name, $"answered {status} with a body that differs from its schema: {problem}", excerpt);
            }

            if (status < 300)
            {
                good.Learn(json.RootElement);
            }
        }
    }

    /// <summary>One shape for all errors, whose status is the answer's own.</summary>
    private void JudgeProblem(string name, int status, string mediaType, string text, string excerpt)
    {
        if (mediaType != "application/problem+json")
        {
            Note(name, $"answered {status} as '{mediaType}', not as a problem", excerpt);
            return;
        }

        using var json = JsonDocument.Parse(text);
        var problem = json.RootElement;
        if (
            problem.GetProperty("status").GetInt32() != status
            || problem.GetProperty("statusCode").GetInt32() != status
            || problem.GetProperty("code").GetString() is not { Length: > 0 }
            || problem.GetProperty("type").GetString() is not { Length: > 0 }
            || !problem.TryGetProperty("correlationId", out _)
            || !problem.TryGetProperty("message", out _)
        )
        {
            Note(name, $"answered {status} with an incomplete problem", excerpt);
        }
    }
}
