using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace YtOptimizer.Api.Hosting;

/// <summary>Writes every problem, whatever the Accept header says: results of handlers, status code pages, validation,
/// exceptions.</summary>
internal sealed partial class ProblemWriter(TimeProvider clock, IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    private const int MaxPathLength = 2048;

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        var body = Shape(http, problem);
        http.Response.StatusCode = body.Status;
        http.Response.Headers.CacheControl = "no-store";
        if (body.RetryAfter is { } wait)
        {
            http.Response.Headers[HeaderNames.RetryAfter] = wait.ToString(CultureInfo.InvariantCulture);
        }

        await http.Response.WriteAsJsonAsync(body, json.Value.SerializerOptions, "application/problem+json", http.RequestAborted);
    }

    private ProblemBody Shape(HttpContext http, ProblemDetails problem)
    {
        var status = problem.Status ?? http.Response.StatusCode;
        var text = ProblemTexts.Of(status);
        var extensions = new Dictionary<string, object?>(problem.Extensions, StringComparer.Ordinal);
        var errors = Errors(problem, extensions);
        var code = Take(extensions, "code") as string ?? (errors is null ? text.Code : "validation_failed");
        var detail = problem.Detail
            ?? (errors is null ? text.Detail : "The request is not valid: " + string.Join(' ', errors.Values.SelectMany(e => e)));
        Take(extensions, "traceId");
        var path = http.Request.Path + http.Request.QueryString.ToUriComponent();
        return new ProblemBody
        {
            Type = "urn:ytoptimizer:problem:" + code,
            Title = text.Title,
            Status = status,
            Detail = detail,
            Code = code,
            StatusCode = status,
            Timestamp = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            Path = path.Length <= MaxPathLength ? path : path[..MaxPathLength],
            Message = Take(extensions, "message") as string ?? detail,
            Error = Take(extensions, "error") as string ?? text.Error,
            CorrelationId = CorrelationOf(http),
            TraceId = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier,
            Errors = errors,
            RetryAfter = Take(extensions, "retryAfter") as int? ?? RetryAfterHeader(http),
            Extensions =
                extensions.Count == 0
                    ? null
                    : extensions.ToDictionary(
                        e => e.Key,
                        e => JsonSerializer.SerializeToElement(e.Value, json.Value.SerializerOptions),
                        StringComparer.Ordinal
                    ),
        };
    }

    /// <summary>The id that request logging gave this request; its own trace otherwise.</summary>
    private static string CorrelationOf(HttpContext http) =>
        http.Response.Headers.TryGetValue("X-Correlation-Id", out var id) && id.Count == 1
            ? id[0]!
            : Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    private static int? RetryAfterHeader(HttpContext http) =>
        int.TryParse(http.Response.Headers[HeaderNames.RetryAfter], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;

    private static Dictionary<string, string[]>? Errors(ProblemDetails problem, Dictionary<string, object?> extensions)
    {
        var errors = problem is HttpValidationProblemDetails validation
            ? validation.Errors
            : Take(extensions, "errors") as IDictionary<string, string[]>;
        if (errors is null or { Count: 0 })
        {
            return null;
        }

        var result = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (field, messages) in errors)
        {
            var name = CamelCase(field);
            string[] plain = [.. messages.Select(Plain)];
            result[name] = result.TryGetValue(name, out var before) ? [.. before, .. plain] : plain;
        }

        return result;
    }

    /// <summary>"Configuration.Url" → "configuration.url", "Items[0].Name" → "items[0].name".</summary>
    private static string CamelCase(string field) => string.Join('.', field.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>The framework's sentences with the member's name as it is sent: "The field Limit must be …" → "limit must be …".</summary>
    private static string Plain(string message) =>
        FrameworkMessage()
            .Replace(message, match => CamelCase(match.Groups["name"].Value) + (match.Value.EndsWith('.') ? " is missing." : ""));

    [GeneratedRegex(
        @"^The field (?<name>[\w.]+)(?= must)|^The (?<name>[\w.]+) field is required\.$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex FrameworkMessage();

    private static object? Take(Dictionary<string, object?> extensions, string key) => extensions.Remove(key, out var value) ? value : null;
}
