using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Observability;

namespace YtOptimizer.Api.Features.Platform;

/// <summary>
/// The single-page app reports every uncaught error, signed in or not, up to ten a second. One short log line each; no database, because
/// anyone may call this. Unlike other bodies, unknown members are ignored: the reporter must not fail.
/// </summary>
internal static partial class ReportClientError
{
    [Refuses(400, "invalid_json")]
    [Refuses(415, "unsupported_media_type")]
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        HttpRequest request,
        ILoggerFactory loggers,
        CancellationToken ct
    )
    {
        if (!request.HasJsonContentType() && request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Problems.Create(415, "unsupported_media_type", "Send the report as application/json.");
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = JsonSetup.MaxDepth }, ct);
            var report = document.RootElement;
            if (report.ValueKind != JsonValueKind.Object)
            {
                return Problems.BadRequest("invalid_json", "The report must be a JSON object.");
            }

            Log.Reported(loggers.CreateLogger(typeof(ReportClientError)), Text(report, "type", 64), Text(report, "message", 300));
            return TypedResults.NoContent();
        }
        catch (JsonException)
        {
            return Problems.BadRequest("invalid_json", "The report is not JSON.");
        }
    }

    /// <summary>One printable line: strangers write this text.</summary>
    internal static string Clean(string text, int maxLength) =>
        Redaction.Text(string.Concat(text.Take(maxLength).Select(c => char.IsControl(c) ? ' ' : c)));

    private static string Text(JsonElement report, string name, int maxLength) =>
        report.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Clean(value.GetString()!, maxLength) : "-";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Single-page app reports {Type}: {Message}")]
        public static partial void Reported(ILogger logger, string type, string message);
    }
}
