using System.Text.Json;
using System.Text.RegularExpressions;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// Turns what the framework says about an unreadable request into advice that names the field and the rule, without names of our types.
/// </summary>
internal static partial class BadRequestText
{
    public static (string Code, string Detail, Dictionary<string, string[]>? Errors) Of(BadHttpRequestException exception) =>
        exception.InnerException is JsonException json ? OfJson(json) : OfBinding(exception.Message);

    private static (string, string, Dictionary<string, string[]>?) OfJson(JsonException exception)
    {
        var path = Field(exception.Path);
        var message = exception.Message;
        if (Missing().Match(message) is { Success: true } missing)
        {
            return Fields(Quoted().Matches(missing.Groups["name"].Value).Select(m => Join(path, m.Groups["name"].Value)), "is required");
        }

        if (Unmapped().Match(message) is { Success: true } unmapped)
        {
            return Fields(
                [path.EndsWith(unmapped.Groups["name"].Value, StringComparison.Ordinal) ? path : Join(path, unmapped.Groups["name"].Value)],
                "is not known here; remove it or check its spelling"
            );
        }

        if (Duplicate().Match(message) is { Success: true } duplicate)
        {
            return Fields([duplicate.Groups["name"].Value], "occurs more than once");
        }

        if (NotNull().Match(message) is { Success: true } notNull)
        {
            return Fields([path.Length > 0 ? path : notNull.Groups["name"].Value], "must not be null");
        }

        if (message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            return ("invalid_json", $"The body is nested more than {JsonSetup.MaxDepth} levels deep. Send a flatter one.", null);
        }

        // Syntax errors come from the reader; everything else is a value of the wrong kind at a path.
        return exception.GetType() != typeof(JsonException) || exception.InnerException is JsonException || path.Length == 0
            ? (
                "invalid_json",
                "The body is not the JSON that this endpoint reads" + Position(exception) + ". See the schema at /api.",
                null
            )
            : Fields([path], "has a value of the wrong kind");
    }

    private static (string, string, Dictionary<string, string[]>?) OfBinding(string message)
    {
        if (Binding().Match(message) is { Success: true } binding)
        {
            return Fields([binding.Groups["name"].Value], "has a value that cannot be read");
        }

        if (Required().Match(message) is { Success: true } required && !message.Contains("body", StringComparison.Ordinal))
        {
            return Fields([required.Groups["name"].Value], "is required");
        }

        return message.Contains("body", StringComparison.OrdinalIgnoreCase)
            ? ("body_required", "This endpoint needs a JSON object as its body, sent with 'Content-Type: application/json'.", null)
            : ("bad_request", ProblemTexts.Of(400).Detail, null);
    }

    private static (string, string, Dictionary<string, string[]>?) Fields(IEnumerable<string> fields, string rule)
    {
        var errors = fields
            .Distinct(StringComparer.Ordinal)
            .Where(f => f.Length is > 0 and <= 200)
            .ToDictionary(f => f, f => new[] { $"{f} {rule}." }, StringComparer.Ordinal);
        return errors.Count == 0
            ? ("invalid_json", "The body is not the JSON that this endpoint reads. See the schema at /api.", null)
            : ("validation_failed", "The request is not valid: " + string.Join(' ', errors.Values.SelectMany(e => e)), errors);
    }

    private static string Position(JsonException exception) =>
        exception is { LineNumber: { } line, BytePositionInLine: { } column } ? $" (line {line + 1}, byte {column + 1})" : "";

    private static string Field(string? path) =>
        path is null or "$" ? ""
        : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..]
        : path.TrimStart('$');

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    [GeneratedRegex("missing required properties including: (?<name>.+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("property '(?<name>[^']+)' could not be mapped", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unmapped();

    [GeneratedRegex("Duplicate property '(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duplicate();

    [GeneratedRegex(
        "(?:parameter|property or field) '(?<name>[^']+)' on type .* doesn't allow (?:setting |getting )?null",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex NotNull();

    [GeneratedRegex("Failed to bind parameter \"\\S+ (?<name>\\w+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Binding();

    [GeneratedRegex("Required parameter \"\\S+ (?<name>\\w+)\" was not provided", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Required();
}
