using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Platform;

/// <summary>
/// Browsers send either one report (application/csp-report) or a list (application/reports+json). Only the directive and the hosts are
/// logged: full addresses may carry tokens.
/// </summary>
internal static partial class ReportCspViolation
{
    [Refuses(400, "invalid_json")]
    [Refuses(415, "unsupported_media_type")]
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        HttpRequest request,
        ILoggerFactory loggers,
        CancellationToken ct
    )
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (type is not ("application/csp-report" or "application/reports+json" or "application/json"))
        {
            return Problems.Create(
                415,
                "unsupported_media_type",
                "Send application/csp-report, application/reports+json or application/json."
            );
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = JsonSetup.MaxDepth }, ct);
            var root = document.RootElement;
            var report = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().FirstOrDefault() : root;
            report = Member(report, "csp-report") ?? Member(report, "body") ?? report;
            Log.Violation(
                loggers.CreateLogger(typeof(ReportCspViolation)),
                Text(report, "violated-directive") ?? Text(report, "effectiveDirective") ?? "-",
                HostOf(Text(report, "blocked-uri") ?? Text(report, "blockedURL"))
            );
            return TypedResults.NoContent();
        }
        catch (JsonException)
        {
            return Problems.BadRequest("invalid_json", "The report is not JSON.");
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? ReportClientError.Clean(value.GetString()!, 64)
            : null;

    private static string HostOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host
        : address is null ? "-"
        : "(keyword)";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Content security policy: {Directive} blocked {Host}")]
        public static partial void Violation(ILogger logger, string directive, string host);
    }
}
