using System.Text.Json;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Mail;

/// <summary>Mail is written into the transaction of what it tells about and sent by the worker: it is neither lost nor premature, and no
/// request waits for a mail server.</summary>
public static class MailOutbox
{
    internal const string PurgeSql =
        "DELETE FROM mail_outbox WHERE id IN (SELECT id FROM mail_outbox WHERE coalesce(sent_at, failed_at, expires_at) < now() - "
        + "interval '7 days' LIMIT @batch)";

    public const string ExpireSql =
        "UPDATE mail_outbox SET failed_at = now(), last_error = coalesce(last_error, 'expired') WHERE sent_at IS NULL AND failed_at IS "
        + "NULL AND expires_at <= now()";

    public const string FailedSql =
        "UPDATE mail_outbox SET last_error = @error, failed_at = CASE WHEN attempts >= @max THEN now() END WHERE id = @id";

    public const string SentSql = "UPDATE mail_outbox SET sent_at = now(), last_error = NULL WHERE id = @id";

    public const string DropSql = "DELETE FROM mail_outbox WHERE id = @id";

    // To the address of the account: the one that was typed may be another mailbox.
    public const string PasswordResetSql =
        "UPDATE mail_outbox SET template = 'password_reset', user_id = @userId, recipient = @email, data = jsonb_build_object('resetId', "
        + "@resetId) WHERE id = @id";

    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(1);

    internal const string AddSql = """
        INSERT INTO mail_outbox (id, user_id, recipient, template, data, expires_at)
        VALUES (@id, @userId, @recipient, @template, @data::jsonb, now() + @lifetime)
        """;

    /// <summary>
    /// Queues one message.
    /// </summary>
    /// <param name="scope">The transaction of what the message tells about.</param>
    /// <param name="userId">Whose message it is; deleted with the account.</param>
    /// <param name="recipient">The address.</param>
    /// <param name="template">One of <see cref="MailKinds"/>.</param>
    /// <param name="data">What the template needs; no secrets, they are derived when the message is sent.</param>
    /// <param name="lifetime">After this the message is pointless and dropped.</param>
    public static Task AddAsync(DbScope scope, Guid? userId, string recipient, string template, object data, TimeSpan? lifetime = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(AddSql, Row(userId, recipient, template, data, lifetime ?? DefaultLifetime));
    }

    /// <summary>Parameters of <see cref="AddSql"/>.</summary>
    internal static object Row(Guid? userId, string recipient, string template, object data, TimeSpan lifetime) =>
        new
        {
            id = Guid.CreateVersion7(),
            userId,
            recipient,
            template,
            data = JsonSerializer.Serialize(data),
            lifetime,
        };
}
