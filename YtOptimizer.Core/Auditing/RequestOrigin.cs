using System.Net;

namespace YtOptimizer.Core.Auditing;

/// <summary>Where a request came from, as it is written into logs and events.</summary>
public sealed record RequestOrigin(IPAddress? Address, string? UserAgent, string? RequestId)
{
    /// <summary>The worker and the operator's verbs.</summary>
    public static RequestOrigin System { get; } = new(null, "ytoptimizer-worker", null);
}

/// <summary>Who acts: an account, or the operator at the command line (no id).</summary>
public sealed record Actor(Guid? Id, string? Email, string? Role, Guid? SessionId)
{
    public static Actor Operator { get; } = new(null, null, "operator", null);
}
