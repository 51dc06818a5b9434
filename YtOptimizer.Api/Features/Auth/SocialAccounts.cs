using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.Mail.Dispatch;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Finds or creates the account behind an identity at a provider. An address that already has an account is linked only if both sides
/// have proven it: the provider says it is verified, and so did a link mailed by us. Otherwise whoever registered somebody else's address
/// first would share the account. Passwords are never touched.
/// </summary>
internal sealed class SocialAccounts(Db db, Sessions sessions, IOptions<AccountOptions> options)
{
    private static readonly TimeSpan HandOver = TimeSpan.FromMinutes(2);

    private const string ByIdentitySql = $"""
        UPDATE user_identities i SET last_used_at = now(), email = coalesce(@email, i.email) FROM profiles p
        WHERE i.provider = @provider AND i.subject = @subject AND p.id = i.user_id RETURNING {AccountStore.Columns}
        """;

    private const string ByEmailSql = $"SELECT {AccountStore.Columns} FROM profiles p WHERE lower(p.email) = @email FOR UPDATE";

    private const string LinkSql = "INSERT INTO user_identities (user_id, provider, subject, email) VALUES (@userId, @provider, @subject, @email) ON CONFLICT (provider, subject) DO NOTHING";

    private const string TouchSql = "UPDATE profiles SET last_login = now() WHERE id = @id";

    /// <summary>Tokens, or a word that says why not.</summary>
    public Task<(TokenPair? Pair, string? Refusal)> SignInAsync(string provider, SocialIdentity identity, RequestOrigin origin, CancellationToken ct) =>
        db.InTransactionAsync<(TokenPair?, string?)>(async scope =>
        {
            var email = EmailAddress.IsValid(identity.Email) ? EmailAddress.Normalize(identity.Email!) : null;
            var account = await scope.FirstOrDefaultAsync<Account>(ByIdentitySql, new { provider, subject = identity.Subject, email });
            if (account is null)
            {
                (account, var refusal) = await AdoptAsync(scope, provider, identity, email, origin);
                if (account is null)
                {
                    return (null, refusal);
                }
            }

            if (!account.MaySignIn)
            {
                await Journal.WriteEventAsync(scope, account.Id, "failed_login", origin, "warning", "failure", new { provider });
                return (null, "access_denied");
            }

            var pair = await sessions.OpenAsync(scope, account, origin, provider, HandOver);
            await scope.ExecuteAsync(TouchSql, new { id = account.Id });
            await Journal.WriteEventAsync(scope, account.Id, "login", origin, metadata: new { provider });
            await Journal.WriteLogAsync(scope, account.Id, "user_login", $"Signed in with {provider}", origin, sessionId: pair.SessionId);
            return (pair, null);
        }, ct);

    private async Task<(Account? Account, string? Refusal)> AdoptAsync(DbScope scope, string provider, SocialIdentity identity, string? email, RequestOrigin origin)
    {
        if (email is null)
        {
            return (null, "email_not_verified");
        }

        var existing = await scope.FirstOrDefaultAsync<Account>(ByEmailSql, new { email });
        if (existing is { EmailVerifiedAt: null })
        {
            return (null, "account_exists");
        }

        if (existing is null && options.Value.InvitationRequired)
        {
            return (null, "invitation_required");
        }

        var name = identity.Name?.Trim();
        var account = existing ?? await AccountStore.CreateAsync(scope, new AccountStore.NewAccount(
            email, string.IsNullOrEmpty(name) ? null : name[..Math.Min(name.Length, 100)], Picture: identity.Picture, Provider: provider, EmailVerified: true));
        if (account is null)
        {
            return (null, "account_exists");
        }

        await scope.ExecuteAsync(LinkSql, new { userId = account.Id, provider, subject = identity.Subject, email });
        await Journal.WriteEventAsync(scope, account.Id, existing is null ? "account_register" : "account_update", origin, metadata: new { provider }, category: "account_management");
        if (existing is null)
        {
            await Journal.WriteLogAsync(scope, account.Id, "user_registration", $"Account created with {provider}", origin);
        }
        else
        {
            await MailOutbox.AddAsync(scope, account.Id, email, MailTemplates.AccountLinked, new { provider });
        }

        return (account, null);
    }
}
