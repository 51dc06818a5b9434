using System.Text.Json;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Auditing;

/// <summary>Writes <c>user_logs</c>: what an account did, in the transaction of what it did.</summary>
public static class UserLogs
{
    private const string Sql = """
        INSERT INTO user_logs (user_id, log_type, activity_type, description, severity, ip_address, user_agent, session_id, request_id,
            metadata)
        VALUES (@userId, @logType, @activity, @description, @severity, @address, @userAgent, @sessionId, @requestId, @metadata::jsonb)
        """;

    /// <param name="scope">The transaction.</param>
    /// <param name="userId">Whose log it is.</param>
    /// <param name="activity">For example <c>user_login</c>.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="logType"><c>activity</c>, or <c>security</c> for what concerns safety.</param>
    /// <param name="severity">info, warning, error or critical.</param>
    /// <param name="sessionId">The session, when there is one.</param>
    /// <param name="metadata">Further facts; never secrets.</param>
    public static Task WriteAsync(
        DbScope scope,
        Guid? userId,
        string activity,
        string description,
        RequestOrigin origin,
        string logType = "activity",
        string severity = "info",
        Guid? sessionId = null,
        object? metadata = null
    ) =>
        scope.ExecuteAsync(
            Sql,
            new
            {
                userId,
                logType,
                activity,
                description,
                severity,
                address = origin.Address,
                userAgent = origin.UserAgent,
                sessionId,
                requestId = origin.RequestId,
                metadata = metadata is null ? "{}" : JsonSerializer.Serialize(metadata),
            }
        );
}
