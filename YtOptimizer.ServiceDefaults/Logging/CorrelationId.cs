using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace YtOptimizer.ServiceDefaults.Logging;

/// <summary>
/// One id from the request to the log line, the stored row, the job and the outbound call: the caller's, when it is well formed, else the
/// W3C trace id. Inside a request it is <c>HttpContext.TraceIdentifier</c>; elsewhere <see cref="Current"/>, which travels as activity
/// baggage.
/// </summary>
public static class CorrelationId
{
    public const string Header = "X-Correlation-Id";
    public const int MaxLength = 128;

    /// <summary>Name in activity baggage and on spans.</summary>
    public const string Baggage = "correlation.id";

    public static string? Current => Activity.Current?.GetBaggageItem(Baggage) ?? Activity.Current?.TraceId.ToHexString();

    /// <summary>Letters, digits and <c>. _ - :</c>, without surprises in logs, URLs or SQL; 1 to 128 characters.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= MaxLength } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':');

    internal static string Of(HttpContext context)
    {
        string? sent = context.Request.Headers[Header];
        return IsValid(sent) ? sent!
            : Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString()
            : ActivityTraceId.CreateRandom().ToHexString();
    }
}
