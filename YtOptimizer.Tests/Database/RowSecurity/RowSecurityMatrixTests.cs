using Npgsql;

namespace YtOptimizer.Tests.Database.RowSecurity;

/// <summary>
/// Every table × every role × every verb, tried for real with SET ROLE and the claims that PostgREST would set. Tables that
/// <see cref="RowSecurityDatabase.Readable"/> does not list must be closed to users altogether, so a new table is right by default and
/// wrong only if its migration opened it.
/// </summary>
public sealed class RowSecurityMatrixTests : IAsyncLifetime
{
    private static readonly HashSet<string> NotForAdministrators = new(StringComparer.Ordinal) { "payment_methods" };
    private static readonly HashSet<string> Public = new(StringComparer.Ordinal) { "subscription_limits" };
    private static readonly HashSet<string> AppendOnly = new(StringComparer.Ordinal) { "audit_trail", "security_events" };

    // Written by triggers and functions of their own only.
    private static readonly HashSet<string> Internal = new(StringComparer.Ordinal) { "audit_chain_links", "security_events_unsealed" };

    private RowSecurityDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await RowSecurityDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Matrix_EveryTableRoleAndVerb_AnswersAsStated()
    {
        var wrong = new List<string>();
        var cells = 0;
        foreach (var table in database.Tables)
        {
            await database.SeedAsync(table);
            foreach (var (role, claims, sub) in Callers())
            {
                foreach (var verb in new[] { "SELECT", "INSERT", "UPDATE", "DELETE" })
                {
                    cells++;
                    var expected = Expected(table, role, sub, verb);
                    var actual = await TryAsync(table, role, claims, verb);
                    if (!string.Equals(expected, actual, StringComparison.Ordinal))
                    {
                        wrong.Add(
                            $"{verb} {table} as {role}{(sub == database.Self ? " (self)" : sub == database.Admin ? " (admin)" : "")}:"
                                + $" expected {expected}, "
                                + $"was {actual}"
                        );
                    }
                }
            }
        }

        Assert.True(cells >= 25 * 6 * 4, $"only {cells} cells");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private IEnumerable<(string Role, string Claims, Guid? Sub)> Callers() =>
        [
            ("anon", """{"role":"anon"}""", null),
            ("authenticated", RowSecurityDatabase.Claims(database.Self, "authenticated"), database.Self),
            ("authenticated", RowSecurityDatabase.Claims(Guid.CreateVersion7(), "authenticated"), Guid.Empty),
            ("authenticated", RowSecurityDatabase.Claims(database.Admin, "authenticated"), database.Admin),
            ("service_role", """{"role":"service_role"}""", null),
            ("ytoptimizer_app", "", null),
        ];

    /// <summary>"denied", or for a SELECT which of the seeded rows are visible: all, own, none; or "allowed".</summary>
    private string Expected(string table, string role, Guid? sub, string verb)
    {
        if (role is "service_role" or "ytoptimizer_app")
        {
            return Internal.Contains(table)
                    ? (verb == "SELECT" && role == "ytoptimizer_app" && table == "audit_chain_links" ? "all" : "denied")
                : verb != "SELECT" && role == "ytoptimizer_app" && Public.Contains(table) ? "denied"
                : verb is "UPDATE" or "DELETE" && AppendOnly.Contains(table) ? "denied"
                : verb == "SELECT" ? "all"
                : "allowed";
        }

        if (verb != "SELECT")
        {
            return "denied";
        }

        if (Public.Contains(table))
        {
            return "all";
        }

        if (role == "anon" || !RowSecurityDatabase.Readable.TryGetValue(table, out var owner))
        {
            return "denied";
        }

        return sub == database.Admin && !NotForAdministrators.Contains(table) ? "all"
            : sub == database.Self && owner is not null ? "own"
            : "none";
    }

    private async Task<string> TryAsync(string table, string role, string claims, string verb)
    {
        var column =
            verb == "SELECT"
                ? null
                : await database.Db.ScalarAsync<string>(
                    "SELECT attname::text FROM pg_attribute WHERE attrelid = @table::regclass AND attnum > 0 AND NOT attisdropped AND "
                        + "attgenerated = '' AND attidentity = '' ORDER BY attnum LIMIT 1",
                    new { table },
                    Ct
                );
        try
        {
            return await database.RunAsync(role, claims, async scope =>
            {
                switch (verb)
                {
                    case "SELECT":
                        var total = await database.Db.ScalarAsync<long>($"SELECT count(*) FROM {table}", null, Ct);
                        var seen = await scope.ScalarAsync<long>($"SELECT count(*) FROM {table}");
                        return seen == total ? "all"
                            : seen == 0 ? "none"
                            : seen == 1 ? "own"
                            : $"{seen} of {total}";
                    case "INSERT":
                        await scope.ExecuteAsync($"INSERT INTO {table} DEFAULT VALUES");
                        return "allowed";
                    case "UPDATE":
                        return await scope.ExecuteAsync($"UPDATE {table} SET {column} = {column}") > 0 ? "allowed" : "no rows";
                    default:
                        return await scope.ExecuteAsync($"DELETE FROM {table} WHERE ctid IN (SELECT ctid FROM {table} LIMIT 1)") > 0
                            ? "allowed"
                            : "no rows";
                }
            });
        }
        catch (PostgresException e) when (e.SqlState == "42501")
        {
            return "denied";
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            return "allowed"; // past every permission, stopped by a constraint
        }
    }
}
