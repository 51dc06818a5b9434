using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Api.Features.Users;

/// <summary>Notifies one account, or everybody.</summary>
internal static class SendNotification
{
    private const string LinkRule = "Give an http(s) address or a path such as /dashboard.";
    private static readonly string[] Callbacks = ["refreshVideoList", "openSettings", "reloadDashboard", "showUpgradeModal"];

    /// <summary>To one account, or with <c>sendToAll</c> to every active one. The single-page app sends no type and adds <c>priority</c>
    /// and <c>link</c>.</summary>
    public sealed record Request(
        [property: Length(1, 200)] string Title,
        [property: Length(1, 2000)] string Message,
        Guid? UserId = null,
        bool SendToAll = false,
        [property: RegularExpression(
            "system|processing|usage|update|tip|security",
            ErrorMessage = "Use system, processing, usage, update, tip or security."
        )]
            string? Type = null,
        [property: RegularExpression("info|success|warning|error", ErrorMessage = "Use info, success, warning or error.")]
            string? Severity = null,
        [property: RegularExpression("low|medium|high", ErrorMessage = "Use low, medium or high.")] string? Priority = null,
        [property: MaxLength(4096)] string? Link = null,
        [property: MaxLength(4096)] string? ActionUrl = null,
        [property: MaxLength(100)] string? ActionButtonText = null,
        [property: MaxLength(100)] string? Callback = null,
        JsonElement? Metadata = null
    );

    public sealed record Sent(
        Guid Id,
        Guid UserId,
        string Title,
        string Message,
        string Type,
        string Severity,
        bool Read,
        bool IsRead,
        DateTime CreatedAt
    );

    public sealed record Response(string Message, Sent? Notification, bool PushedViaWebSocket, int Recipients);

    [Refuses(404, "user_not_found")]
    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser admin,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        var note = "";
        if (request.UserId is null == !request.SendToAll)
        {
            return Problems.BadRequest(
                "validation_failed",
                "Name a userId, or set sendToAll.",
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["userId"] = ["Name a userId, or set sendToAll."] }
            );
        }

        if (Refusal(request) is { } refusal)
        {
            if (!PreferHandling.IsLenient(context))
            {
                return refusal;
            }

            // The app would sign the administrator out: what cannot be sent is left out, and the answer says so.
            request = request with { Link = null, ActionUrl = null, Callback = null };
            note = " Its link was left out: " + refusal.ProblemDetails.Detail;
        }

        if (request.Metadata is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) })
        {
            return Problems.BadRequest(
                "validation_failed",
                "metadata must be an object.",
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["metadata"] = ["Send an object."] }
            );
        }

        var rows = await db.InTransactionAsync(
            async scope =>
            {
                var added = await scope.QueryAsync<Row>(NotificationStore.SendSql, Parameters(request));
                if (added.Count > 0)
                {
                    await UserLogs.WriteAsync(
                        scope,
                        admin.Id,
                        "admin_notification_sent",
                        $"Notification sent to {added.Count} account(s)",
                        context.Origin(),
                        "security",
                        sessionId: admin.SessionId
                    );
                    await AuditTrail.AppendAsync(
                        scope,
                        new Actor(admin.Id, admin.Email, admin.Role, admin.SessionId),
                        "send_notification",
                        "notification",
                        request.UserId?.ToString() ?? "all",
                        context.Origin(),
                        after: new Dictionary<string, object?>(StringComparer.Ordinal)
                        {
                            ["title"] = request.Title,
                            ["recipients"] = added.Count,
                        }
                    );
                }

                return added;
            },
            ct
        );
        if (rows.Count == 0)
        {
            return GetUser.NotFound();
        }

        var first = request.SendToAll ? null : rows[0];
        return TypedResults.Created(
            (string?)null,
            new Response(
                "The notification was sent." + note,
                first is null
                    ? null
                    : new Sent(
                        first.Id,
                        first.UserId,
                        first.Title,
                        first.Message,
                        first.Type,
                        first.Severity,
                        false,
                        false,
                        first.CreatedAt
                    ),
                true,
                rows.Count
            )
        );
    }

    private static ProblemHttpResult? Refusal(Request request)
    {
        foreach (var (field, link) in new[] { ("actionUrl", request.ActionUrl), ("link", request.Link) })
        {
            if (NullIfEmpty(link) is { } text && !WebLink.IsValid(text))
            {
                return Problems.BadRequest(
                    "validation_failed",
                    LinkRule,
                    new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [LinkRule] }
                );
            }
        }

        var known = "The app knows " + string.Join(", ", Callbacks) + ".";
        return NullIfEmpty(request.Callback) is { } callback && !Callbacks.Contains(callback, StringComparer.Ordinal)
            ? Problems.BadRequest(
                "validation_failed",
                known,
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["callback"] = [known] }
            )
            : null;
    }

    private static object Parameters(Request r)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { ["sentBy"] = "admin" };
        if (r.Metadata is { ValueKind: JsonValueKind.Object } extra)
        {
            foreach (var property in extra.EnumerateObject())
            {
                metadata[property.Name] = property.Value;
            }
        }

        metadata["priority"] = r.Priority ?? "medium";
        return new
        {
            title = r.Title,
            message = r.Message,
            type = r.Type ?? "system",
            severity = r.Severity ?? "info",
            actionUrl = NullIfEmpty(r.ActionUrl) ?? NullIfEmpty(r.Link),
            actionButtonText = NullIfEmpty(r.ActionButtonText),
            callback = NullIfEmpty(r.Callback),
            metadata = JsonSerializer.Serialize(metadata),
            userId = r.SendToAll ? null : r.UserId,
        };
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private sealed class Row
    {
        public Guid Id { get; set; }

        public Guid UserId { get; set; }

        public string Title { get; set; } = "";

        public string Message { get; set; } = "";

        public string Type { get; set; } = "";

        public string Severity { get; set; } = "";

        public DateTime CreatedAt { get; set; }
    }
}
