using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Accounts;

/// <summary>Fills in the normal forms that SQL could not compute, and finds the accounts that cannot have theirs.</summary>
public sealed class EmailKeys(Db db)
{
    private const int Batch = 500;

    // A database that is older, or not ours yet.
    private const string IsThereSql =
        "SELECT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('public.profiles') AND attname = 'email_key')";

    // Of two accounts with one normal form, the one that has proven its address keeps it, then the older.
    private const string WithoutSql = """
        SELECT id, email FROM profiles WHERE email_key IS NULL
        ORDER BY email_verified_at IS NULL, created_at, id LIMIT @batch OFFSET @skip
        """;

    private const string InvitationsSql = "SELECT id, email FROM invitations WHERE email IS NOT NULL AND email_key IS NULL LIMIT @batch";

    private const string OwnerSql = "SELECT id FROM profiles WHERE email_key = @key";

    /// <param name="Id">The account that cannot be found by its address.</param>
    /// <param name="Owner">The account whose normal form is the same; null when it has only not been filled in yet.</param>
    public sealed record Collision(Guid Id, Guid? Owner);

    /// <summary>Any number of processes may do so at once. Returns how many were filled in.</summary>
    public async Task<int> FillAsync(CancellationToken ct)
    {
        if (!await db.ScalarAsync<bool>(IsThereSql, null, ct))
        {
            return 0;
        }

        var (filled, skip) = (0, 0);
        while (await db.QueryAsync<Row>(WithoutSql, new { batch = Batch, skip }, ct) is { Count: > 0 } rows)
        {
            var before = filled;
            foreach (var row in rows)
            {
                filled += await FillAsync(row, ct) ? 1 : 0;
            }

            // What is left of this batch stays without one; the next batch begins behind it.
            skip += rows.Count - (filled - before);
        }

        while (await db.QueryAsync<Row>(InvitationsSql, new { batch = Batch }, ct) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                await db.ExecuteAsync(
                    InvitationStore.FillEmailKeySql,
                    new
                    {
                        row.Id,
                        row.Email,
                        key = EmailAddress.Key(row.Email),
                    },
                    ct
                );
            }
        }

        return filled;
    }

    /// <summary>The first <paramref name="limit"/> accounts without a normal form.</summary>
    public async Task<IReadOnlyList<Collision>> CollisionsAsync(int limit, CancellationToken ct)
    {
        var found = new List<Collision>();
        foreach (var row in await db.QueryAsync<Row>(WithoutSql, new { batch = limit, skip = 0 }, ct))
        {
            found.Add(new Collision(row.Id, await db.ScalarAsync<Guid?>(OwnerSql, new { key = EmailAddress.Key(row.Email) }, ct)));
        }

        return found;
    }

    private async Task<bool> FillAsync(Row row, CancellationToken ct)
    {
        try
        {
            return await db.ExecuteAsync(
                    AccountStore.FillEmailKeySql,
                    new
                    {
                        row.Id,
                        row.Email,
                        key = EmailAddress.Key(row.Email),
                    },
                    ct
                ) > 0;
        }
        catch (Npgsql.PostgresException taken) when (taken.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private sealed record Row(Guid Id, string Email);
}
