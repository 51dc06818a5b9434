using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Compares a password with an account's, for signing in and for confirming a change. Known, unknown, locked and password-less accounts
/// take the same steps and the same time; every failure is one <c>failed_login</c> event, and is answered at the next full step of its age,
/// because what the database does for an existing row still costs a fraction of a millisecond more.
/// </summary>
internal sealed class PasswordSignIn(Db db, LoginAttempts attempts, PasswordHasher hasher, BreachWatch watch, AccountKeys keys)
{
    // Always one row: an unknown address costs what a known one does. The cost of the bcrypt hashes that are left comes from a partial
    // index.
    private const string FindSql = $"""
        SELECT {AccountStore.Columns}, c.password_hash, c.breach_count,
               (SELECT substring(password_hash FROM 5 FOR 2)::int FROM account_credentials
                WHERE password_hash LIKE '$2%' ORDER BY substring(password_hash FROM 5 FOR 2) DESC LIMIT 1) AS legacy_cost
        FROM (SELECT 1) one LEFT JOIN profiles p ON p.email_key = @key LEFT JOIN account_credentials c ON c.user_id = p.id
        """;

    private static readonly TimeSpan AnswerStep = TimeSpan.FromMilliseconds(25);

    /// <summary>The account when the password fits and the account may sign in; null otherwise, and then the failure is recorded.</summary>
    /// <exception cref="HashingBusyException">Too many hashes are under way; no attempt was counted.</exception>
    public async Task<Match?> VerifyAsync(
        string key,
        string password,
        RequestOrigin origin,
        CancellationToken ct,
        string failureActivity = "user_login_failed"
    )
    {
        var started = TimeProvider.System.GetTimestamp();
        var found = await db.FirstOrDefaultAsync<Row>(FindSql, new { key }, ct);
        var row = found?.Id == Guid.Empty ? null : found;
        LoginAttempts.Reservation attempt;
        PasswordCheck check;
        string? upgraded = null;
        using (var place = await hasher.EnterAsync(ct))
        {
            attempt = await attempts.ReserveAsync(key, ct);
            check = await place.VerifyAsync(password, attempt.Allowed ? row?.PasswordHash : null, found?.LegacyCost);
            if (check.NeedsRehash)
            {
                upgraded = await place.HashAsync(password);
            }
        }

        if (row is null || !check.Matches || !row.MaySignIn)
        {
            if (attempt.Allowed)
            {
                await attempts.FailedAsync(key, ct);
            }

            await RecordFailureAsync(row, key, attempt, origin, failureActivity, ct);
            await WaitForStepAsync(started, ct);
            return null;
        }

        if (upgraded is not null)
        {
            await db.ExecuteAsync(
                AccountStore.RehashSql,
                new
                {
                    hash = upgraded,
                    userId = row.Id,
                    old = row.PasswordHash,
                },
                ct
            );
        }

        watch.Enqueue(row.Id, password, upgraded ?? row.PasswordHash!, row.BreachCount is not null);
        return new Match(row, row.BreachCount ?? 0);
    }

    // Whole milliseconds upwards: timers know no less, and the rest must not show through.
    private static Task WaitForStepAsync(long started, CancellationToken ct)
    {
        var age = TimeProvider.System.GetElapsedTime(started);
        return Task.Delay(
            TimeSpan.FromMilliseconds(Math.Ceiling(AnswerStep.TotalMilliseconds - (age.TotalMilliseconds % AnswerStep.TotalMilliseconds))),
            ct
        );
    }

    private Task<bool> RecordFailureAsync(
        Row? row,
        string key,
        LoginAttempts.Reservation attempt,
        RequestOrigin origin,
        string activity,
        CancellationToken ct
    ) =>
        db.InTransactionAsync(
            async scope =>
            {
                await SecurityEvents.RecordAsync(
                    scope,
                    row?.Id,
                    "failed_login",
                    origin,
                    "warning",
                    "failure",
                    new { account = keys.Current.Pseudonym(key) }
                );
                await UserLogs.WriteAsync(scope, row?.Id, activity, "A password did not fit", origin, "security", "warning");
                if (attempt.LastBeforeLock)
                {
                    await SecurityEvents.RecordAsync(scope, row?.Id, "account_lockout", origin, "high", "failure");
                }

                return true;
            },
            ct
        );

    public sealed record Match(Account Account, int BreachCount);

    private sealed class Row : Account
    {
        public string? PasswordHash { get; set; }

        public int? BreachCount { get; set; }

        public int? LegacyCost { get; set; }
    }
}
