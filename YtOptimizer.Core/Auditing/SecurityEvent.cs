using System.Net;

namespace YtOptimizer.Core.Auditing;

/// <summary>One thing that happened and that security cares about: a row of <c>security_events</c>. Never put a secret, token or password
/// in it.</summary>
/// <param name="Type">One of <see cref="SecurityEventTypes"/>.</param>
public sealed record SecurityEvent(string Type)
{
    /// <summary>authentication, authorization, account_management, data_management, security, system, api or user_activity; by default what
    /// the type implies.</summary>
    public string? Category { get; init; }

    /// <summary>low, info, warning, medium, high or critical; by default what type and status imply.</summary>
    public string? Severity { get; init; }

    /// <summary>success, failure or warning.</summary>
    public string Status { get; init; } = "success";

    public Guid? UserId { get; init; }

    public IPAddress? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    public string? DeviceId { get; init; }

    public string? Action { get; init; }

    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>The correlation id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Further facts, serialised as a JSON object.</summary>
    public object? Metadata { get; init; }
}
