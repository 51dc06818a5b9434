using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>The query parameters that all log lists share. Dates are ISO 8601.</summary>
public record LogQuery
{
    [FromQuery(Name = "userId")]
    public Guid? UserId { get; init; }

    [
        FromQuery(Name = "logType"),
        AllowedValues(null, "activity", "error", "security", "audit", ErrorMessage = "logType is one of activity, error, security, audit.")
    ]
    public string? LogType { get; init; }

    [
        FromQuery(Name = "severity"),
        AllowedValues(
            null,
            "debug",
            "info",
            "warning",
            "error",
            "critical",
            ErrorMessage = "severity is one of debug, info, warning, error, critical."
        )
    ]
    public string? Severity { get; init; }

    [FromQuery(Name = "startDate")]
    public DateTimeOffset? StartDate { get; init; }

    [FromQuery(Name = "endDate")]
    public DateTimeOffset? EndDate { get; init; }

    [FromQuery(Name = "limit"), Range(1, 1000)]
    public int? Limit { get; init; }

    [FromQuery(Name = "offset"), Range(0, 1_000_000)]
    public int? Offset { get; init; }

    public int PageSize => Limit ?? 50;

    public int Skip => Offset ?? 0;
}

/// <param name="Message">What was read.</param>
/// <param name="Data">Rows with the table's own column names.</param>
/// <param name="Total">Rows that match, on all pages.</param>
/// <param name="Limit">Page size.</param>
/// <param name="Offset">Rows skipped.</param>
internal sealed record LogPage(string Message, IReadOnlyList<JsonElement> Data, long Total, int Limit, int Offset);

/// <param name="Message">What was read.</param>
/// <param name="Data">The figures.</param>
internal sealed record LogAnswer<T>(string Message, T Data);
