using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Mail;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// "Forgot password" in two steps, so that the answer's time cannot tell whether an address has an account: the request writes one row into
/// the outbox for any address, and the worker finds out later whose it is. Rows of unknown addresses are deleted then; nothing is ever
/// mailed to them.
/// </summary>
public sealed class PasswordResetRequests(Db db, AccountKeys keys, IOptions<AccountOptions> options)
{
    /// <summary>Messages per account and hour, so that nobody's mailbox can be flooded.</summary>
    public const int PerHour = 3;

    private const string TakeSql = """
        SELECT id, recipient, data::text AS data FROM mail_outbox
        WHERE template = 'password_reset_request' AND sent_at IS NULL AND failed_at IS NULL AND expires_at > now()
        ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
        """;

    private const string AccountSql = "SELECT id, email FROM profiles WHERE email_key = @key AND status = 'active' FOR UPDATE";

    private const string RecentSql =
        "SELECT count(*)::int FROM password_reset_tokens WHERE user_id = @userId AND created_at > now() - interval '1 hour'";

    /// <summary>What the request writes: who asked, for the log.</summary>
    /// <param name="key">Normal form of the address that was typed.</param>
    /// <param name="origin">Who asked.</param>
    /// <param name="ct">Cancellation.</param>
    public Task AddAsync(string key, RequestOrigin origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var asked = new Asked(origin.Address?.ToString(), origin.UserAgent, origin.RequestId);
        return db.ExecuteAsync(
            MailOutbox.AddSql,
            MailOutbox.Row(null, key, MailKinds.PasswordResetRequest, asked, options.Value.PasswordResetLifetime),
            ct
        );
    }

    /// <summary>Turns the waiting requests into messages with a link, or drops them. Any number of workers may do so at once.</summary>
    /// <returns>How many requests were decided.</returns>
    public async Task<int> RunOnceAsync(CancellationToken ct)
    {
        // A worker without the API's key cannot derive links; it sends no mail either.
        if (options.Value.JwtSecret.Length == 0)
        {
            return 0;
        }

        var decided = 0;
        while (await db.InTransactionAsync(DecideNextAsync, ct))
        {
            decided++;
        }

        return decided;
    }

    private async Task<bool> DecideNextAsync(DbScope scope)
    {
        if (await scope.FirstOrDefaultAsync<Request>(TakeSql) is not { } request)
        {
            return false;
        }

        var found = await scope.FirstOrDefaultAsync<Found>(AccountSql, new { key = request.Recipient });
        var origin = JsonSerializer.Deserialize<Asked>(request.Data)!.Origin();
        await UserLogs.WriteAsync(scope, found?.Id, "password_reset_requested", "A password reset was asked for", origin, "security");
        if (found is not { Id: var id, Email: var email } || await scope.ScalarAsync<int>(RecentSql, new { userId = id }) >= PerHour)
        {
            await scope.ExecuteAsync(MailOutbox.DropSql, new { request.Id });
            return true;
        }

        var resetId = Guid.CreateVersion7();
        await scope.ExecuteAsync(
            PasswordResetTokens.AddSql,
            new
            {
                resetId,
                userId = id,
                digest = keys.Current.Digest(keys.Current.ResetToken(resetId)),
                lifetime = options.Value.PasswordResetLifetime,
            }
        );
        await scope.ExecuteAsync(
            MailOutbox.PasswordResetSql,
            new
            {
                request.Id,
                userId = id,
                email,
                resetId,
            }
        );
        await SecurityEvents.RecordAsync(scope, id, "password_reset_request", origin);
        return true;
    }

    private sealed record Found(Guid Id, string Email);

    private sealed record Request(Guid Id, string Recipient, string Data);

    private sealed record Asked(string? Address, string? UserAgent, string? RequestId)
    {
        public RequestOrigin Origin() => new(IPAddress.TryParse(Address, out var address) ? address : null, UserAgent, RequestId);
    }
}
