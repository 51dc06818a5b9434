using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Finds or creates the account behind an identity at a provider. An address that already has an account is linked only if both sides
/// have proven it: the provider says it is verified, and so did a link mailed by us. Otherwise whoever registered somebody else's address
/// first would share the account. Passwords are never touched.
/// </summary>
internal sealed class SocialAccounts(Db db, IOptions<AccountOptions> options)
{
    private const string ByIdentitySql = $"""
        UPDATE user_identities i SET last_used_at = now(), email = coalesce(@email, i.email) FROM profiles p
        WHERE i.provider = @provider AND i.subject = @subject AND p.id = i.user_id RETURNING {AccountStore.Columns}
        """;

    private const string ByEmailSql = $"SELECT {AccountStore.Columns} FROM profiles p WHERE p.email_key = @key FOR UPDATE";

    private const string LinkSql =
        "INSERT INTO user_identities (user_id, provider, subject, email) VALUES (@userId, @provider, @subject, @email) ON CONFLICT "
        + "(provider, subject) DO NOTHING";

    /// <summary>A one-time code for the single-page app, or a word that says why not.</summary>
    public Task<(string? Code, string? Refusal)> SignInAsync(
        string provider,
        SocialIdentity identity,
        RequestOrigin origin,
        CancellationToken ct
    ) =>
        db.InTransactionAsync<(string?, string?)>(
            async scope =>
            {
                var email = EmailAddress.IsValid(identity.Email) ? EmailAddress.Stored(identity.Email!) : null;
                var account = await scope.FirstOrDefaultAsync<Account>(
                    ByIdentitySql,
                    new
                    {
                        provider,
                        subject = identity.Subject,
                        email,
                    }
                );
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
                    await SecurityEvents.RecordAsync(scope, account.Id, "failed_login", origin, "warning", "failure", new { provider });
                    return (null, "access_denied");
                }

                return (await SocialHandOver.AddAsync(scope, account.Id, provider), null);
            },
            ct
        );

    private async Task<(Account? Account, string? Refusal)> AdoptAsync(
        DbScope scope,
        string provider,
        SocialIdentity identity,
        string? email,
        RequestOrigin origin
    )
    {
        if (email is null)
        {
            return (null, "email_not_verified");
        }

        var existing = await scope.FirstOrDefaultAsync<Account>(ByEmailSql, new { key = EmailAddress.Key(email) });
        if (existing is { EmailVerifiedAt: null })
        {
            return (null, "account_exists");
        }

        if (existing is null && options.Value.InvitationRequired)
        {
            return (null, "invitation_required");
        }

        var name = identity.Name?.Trim();
        var account = existing
            ?? await AccountStore.CreateAsync(
                scope,
                new AccountStore.NewAccount(
                    email,
                    string.IsNullOrEmpty(name) ? null : name[..Math.Min(name.Length, 100)],
                    Picture: WebLink.OrNull(identity.Picture),
                    Provider: provider,
                    EmailVerified: true
                )
            );
        if (account is null)
        {
            return (null, "account_exists");
        }

        await scope.ExecuteAsync(
            LinkSql,
            new
            {
                userId = account.Id,
                provider,
                subject = identity.Subject,
                email,
            }
        );
        await SecurityEvents.RecordAsync(
            scope,
            account.Id,
            existing is null ? "account_register" : "account_update",
            origin,
            metadata: new { provider },
            category: "account_management"
        );
        if (existing is null)
        {
            await UserLogs.WriteAsync(scope, account.Id, "user_registration", $"Account created with {provider}", origin);
        }
        else
        {
            await MailOutbox.AddAsync(scope, account.Id, account.Email, MailKinds.AccountLinked, new { provider });
        }

        return (account, null);
    }
}
