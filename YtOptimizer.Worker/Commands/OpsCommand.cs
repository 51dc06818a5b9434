using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Spectre.Console;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>ops lock|unlock|logout|promote</c>: what operators do to an account, with a line in the audit trail. In force on all
/// instances within seconds.</summary>
internal static class OpsCommand
{
    private const string FindSql =
        $"SELECT {AccountStore.Columns} FROM profiles p WHERE p.email_key = @key OR p.id::text = @account FOR UPDATE";

    public static Command Create(VerbHost host) =>
        new("ops", "Incidents: lock, unlock, sign out and promote accounts; block and unblock addresses.")
        {
            BlockCommand.Block(host),
            BlockCommand.Unblock(host),
            Verb(host, "lock", "Locks an account: no sign-in, no refresh, no token works.", "lock_account", async (scope, account) =>
            {
                await scope.ExecuteAsync(AccountStore.LockSql, new { id = account.Id });
                await Sessions.RevokeAsync(scope, account.Id, null, "locked_by_operator");
            }),
            Verb(host, "unlock", "Unlocks an account and forgets failed sign-ins.", "unlock_account", async (scope, account) =>
            {
                await scope.ExecuteAsync(AccountStore.UnlockSql, new { id = account.Id });
                await LoginAttempts.ClearAsync(scope, account.Email);
            }),
            Verb(host, "logout", "Ends all sessions of an account.", "force_logout", async (scope, account) =>
            {
                await AccountStore.RaiseTokenVersionAsync(scope, account.Id);
                await Sessions.RevokeAsync(scope, account.Id, null, "logout_by_operator");
            }),
            Promote(host),
        };

    private static Command Verb(VerbHost host, string name, string description, string action, Func<DbScope, Account, Task> work)
    {
        var account = Account();
        var command = new Command(name, description) { account };
        host.Run(command, async (parsed, ct) =>
        {
            var found = await new Db(host.Database).InTransactionAsync(
                async scope =>
                {
                    if (await scope.FirstOrDefaultAsync<Account>(FindSql, Named(parsed.GetValue(account)!)) is not { } target)
                    {
                        return null;
                    }

                    await work(scope, target);
                    await RecordAsync(scope, target, action);
                    return target;
                },
                ct
            );
            return Report(host, found, name);
        });
        return command;
    }

    private static Command Promote(VerbHost host)
    {
        var account = Account();
        var role = new Option<string>("--role") { Description = "The role to give.", DefaultValueFactory = _ => "admin" };
        role.AcceptOnlyFromAmong("user", "premium", "moderator", "admin");
        var create = new Option<bool>("--create")
        {
            Description = "Create the account if there is none, and print a link with which its owner sets the password.",
        };
        var command = new Command("promote", "Gives an account a role; this is how the first administrator comes to be.")
        {
            account,
            role,
            create,
        };
        host.Run(command, async (parsed, ct) =>
        {
            string? link = null;
            var found = await new Db(host.Database).InTransactionAsync(
                async scope =>
                {
                    var name = parsed.GetValue(account)!;
                    var target = await scope.FirstOrDefaultAsync<Account>(FindSql, Named(name));
                    if (target is null && parsed.GetValue(create) && EmailAddress.IsValid(name))
                    {
                        target = await AccountStore.CreateAsync(scope, new AccountStore.NewAccount(name, null));
                        link = await LinkAsync(host, scope, target!);
                    }

                    if (target is not null)
                    {
                        await scope.ExecuteAsync(AccountStore.RoleSql, new { id = target.Id, role = parsed.GetValue(role) });
                        await RecordAsync(scope, target, "change_user_role", target.Role, parsed.GetValue(role));
                    }

                    return target;
                },
                ct
            );
            var result = Report(host, found, $"promote to {parsed.GetValue(role)}");
            if (link is not null)
            {
                // Straight to the writer: a console would wrap the link.
                await host.Output.Profile.Out.Writer.WriteLineAsync("Set the password here (works once): " + link);
            }

            return result;
        });
        return command;
    }

    private static async Task<string> LinkAsync(VerbHost host, DbScope scope, Account account)
    {
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        var options = new AccountOptions { JwtSecret = configuration["Auth:JwtSecret"] ?? "" };
        if (SecretStrength.Weakness(options.JwtSecret) is { } weakness)
        {
            throw new DatabaseUnavailableException(
                $"JWT_SECRET {weakness}. The link is signed with the API's JWT_SECRET: set the same value here."
            );
        }

        var keys = new AccountKeys(Options.Create(options));
        var resetId = Guid.CreateVersion7();
        await scope.ExecuteAsync(
            PasswordResetTokens.AddSql,
            new
            {
                resetId,
                userId = account.Id,
                digest = keys.Current.Digest(keys.Current.ResetToken(resetId)),
                lifetime = options.PasswordResetLifetime,
            }
        );
        var frontend = configuration["Web:FrontendUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : options.FrontendUrl;
        return $"{frontend}/reset-password?token={ResetLink.Write(keys, resetId)}";
    }

    private static object Named(string account) => new { account, key = EmailAddress.Key(account) };

    private static Argument<string> Account() => new("account") { Description = "E-mail address or id." };

    private static int Report(VerbHost host, Account? account, string what)
    {
        if (account is null)
        {
            return host.Fail("There is no such account. Name it by its e-mail address or id.");
        }

        host.Output.WriteLine($"{what}: {account.Email} ({account.Id})");
        return CommandLine.Done;
    }

    private static async Task RecordAsync(DbScope scope, Account account, string action, string? before = null, string? after = null)
    {
        static Dictionary<string, object?>? Role(string? role) => role is null ? null : new(StringComparer.Ordinal) { ["role"] = role };
        await AuditTrail.AppendAsync(
            scope,
            Actor.Operator,
            action,
            "user",
            account.Id.ToString(),
            RequestOrigin.System,
            Role(before),
            Role(after)
        );
        await SecurityEvents.RecordAsync(
            scope,
            account.Id,
            action switch
            {
                "lock_account" => "account_lockout",
                "unlock_account" => "account_unlock",
                "force_logout" => "logout_all",
                _ => "account_update",
            },
            RequestOrigin.System,
            "warning",
            metadata: new { by = "operator" },
            category: "account_management"
        );
    }
}
