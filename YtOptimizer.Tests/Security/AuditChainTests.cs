using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Security;

public sealed class AuditChainTests : IAsyncLifetime
{
    private const int Rows = 24;
    private TestDatabase database = null!;
    private AuditChain chain = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        chain = new AuditChain(database.Db);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Append_ConcurrentWriters_NeverForkTheChain()
    {
        // Each writer also updates a row that all share, in both orders: a chain lock taken early would deadlock here.
        await database.Db.ExecuteAsync("INSERT INTO profiles (email) VALUES ('shared@example.com')", null, Ct);
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = Ct }, async (i, ct) =>
            await database.Db.InTransactionAsync(
                async scope =>
                {
                    Task Touch() =>
                        scope.ExecuteAsync("UPDATE profiles SET name = @name WHERE email = 'shared@example.com'", new { name = $"n{i}" });
                    if (i % 2 == 0)
                    {
                        await Touch();
                    }

                    await AuditTrail.AppendAsync(
                        scope,
                        new AuditEntry("change", "user_profile") { EntityId = $"{i}", NewValues = new { i } }
                    );
                    if (i % 2 == 1)
                    {
                        await Touch();
                    }

                    return 0;
                },
                ct
            )
        );

        Assert.Equal(200, (await chain.HeadAsync("audit_trail", Ct))!.Seq);
        Assert.Empty(await chain.VerifyAsync("audit_trail", Ct));
    }

    [Fact]
    public async Task Append_RolledBack_LeavesNoGap()
    {
        await AppendAsync(3);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            database.Db.InTransactionAsync<int>(
                async scope =>
                {
                    await AuditTrail.AppendAsync(scope, new AuditEntry("change", "thing"));
                    throw new InvalidOperationException("rolled back");
                },
                Ct
            )
        );
        await AppendAsync(2);
        Assert.Equal(5, (await chain.HeadAsync("audit_trail", Ct))!.Seq);
        Assert.Empty(await chain.VerifyAsync("audit_trail", Ct));
    }

    [Fact]
    public async Task Seal_ConcurrentWritersAndSealers_ChainsEveryEventOnce()
    {
        var events = new SecurityEvents(database.Db);
        var writers = Parallel.ForAsync(
            0,
            300,
            new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = Ct },
            async (i, ct) =>
                await events.RecordAsync(new SecurityEvent(SecurityEventTypes.FailedLogin) { Status = "failure", Metadata = new { i } }, ct)
        );
        var sealers = Parallel.ForAsync(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct }, async (_, ct) =>
            await chain.SealAsync(ct)
        );
        await Task.WhenAll(writers, sealers);
        await chain.SealAsync(Ct);
        Assert.Equal(300, (await chain.HeadAsync("security_events", Ct))!.Seq);
        Assert.Empty(await chain.VerifyAsync("security_events", Ct));
    }

    [Fact]
    public async Task Verify_AfterTampering_FindsEveryKindOfIt()
    {
        await AppendAsync(Rows);
        Assert.Empty(await chain.VerifyAsync("audit_trail", Ct));
        var mutations = Mutations();
        var missed = new List<string>();
        await using var connection = await database.DataSource.OpenConnectionAsync(Ct);
        foreach (var mutation in mutations)
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            var scope = new DbScope(connection, transaction, Ct);
            await scope.ExecuteAsync("SET LOCAL session_replication_role = replica");
            Assert.True(await scope.ExecuteAsync(mutation) > 0, $"changed nothing: {mutation}");
            if (await scope.ScalarAsync<long>("SELECT count(*) FROM verify_audit_chain('audit_trail')") == 0)
            {
                missed.Add(mutation);
            }
        }

        Assert.True(mutations.Count >= 80, $"only {mutations.Count} kinds");
        Assert.True(missed.Count == 0, string.Join('\n', missed));
        Assert.Empty(await chain.VerifyAsync("audit_trail", Ct));
    }

    private static List<string> Mutations()
    {
        const string Nth = "(SELECT row_id FROM audit_chain_links WHERE chain = 'audit_trail' AND seq = {0})";
        var data = new List<string>();
        var changes = new[]
        {
            "actor_id = gen_random_uuid()",
            "actor_email = 'x@example.com'",
            "actor_role = 'user'",
            "action = 'other'",
            "entity_type = 'other'",
            "entity_id = 'other'",
            "old_values = '{}'",
            "new_values = '{}'",
            "changes = '{\"a\":1}'",
            "ip_address = '192.0.2.9'",
            "user_agent = 'other'",
            "session_id = gen_random_uuid()",
            "request_id = 'other'",
            "reason = 'other'",
            "metadata = '{\"a\":1}'",
            "created_at = created_at + interval '1 microsecond'",
        };
        foreach (var seq in new[] { "1", "11", "24" })
        {
            var row = string.Format(System.Globalization.CultureInfo.InvariantCulture, Nth, seq);
            foreach (var change in changes)
            {
                data.Add($"UPDATE audit_trail SET {change} WHERE id = {row}");
            }

            data.Add($"DELETE FROM audit_trail WHERE id = {row}");
            data.Add($"DELETE FROM audit_chain_links WHERE seq = {seq}");
            data.Add(
                $"WITH gone AS (DELETE FROM audit_chain_links WHERE seq = {seq} RETURNING row_id) DELETE FROM audit_trail WHERE id IN "
                    + $"(SELECT row_id FROM gone)"
            );
            data.Add($"UPDATE audit_chain_links SET row_hash = sha256('x') WHERE seq = {seq}");
            data.Add($"UPDATE audit_chain_links SET hash = sha256('x') WHERE seq = {seq}");
            data.Add($"UPDATE audit_chain_links SET row_id = gen_random_uuid() WHERE seq = {seq}");
        }

        // Two rows exchange their places; two rows exchange their contents.
        data.Add("UPDATE audit_chain_links SET seq = CASE seq WHEN 5 THEN 106 ELSE 105 END WHERE seq IN (5, 6)");
        data.Add(
            "CREATE TEMP TABLE taken ON COMMIT DROP AS SELECT * FROM audit_chain_links WHERE seq IN (7, 8); DELETE FROM "
                + "audit_chain_links WHERE seq IN (7, 8); INSERT INTO audit_chain_links SELECT chain, 15 - seq, row_id, row_hash, "
                + "hash FROM taken"
        );
        data.Add("UPDATE audit_trail a SET entity_id = 'swapped' || a.entity_id WHERE entity_id IN ('3', '4')");
        // The end is cut off, rows and links together, one to ten of them.
        for (var n = 1; n <= 10; n++)
        {
            data.Add(
                $"WITH gone AS (DELETE FROM audit_chain_links WHERE seq > {Rows - n} RETURNING row_id) DELETE FROM audit_trail WHERE id "
                    + $"IN (SELECT row_id FROM gone)"
            );
        }

        // The beginning too, and everything.
        data.Add(
            "WITH gone AS (DELETE FROM audit_chain_links WHERE seq <= 4 RETURNING row_id) DELETE FROM audit_trail WHERE id IN (SELECT "
                + "row_id FROM gone)"
        );
        data.Add(
            "WITH gone AS (DELETE FROM audit_chain_links RETURNING row_id) DELETE FROM audit_trail WHERE id IN (SELECT row_id FROM gone)"
        );
        data.Add("DELETE FROM audit_trail");
        data.Add("DELETE FROM ops.audit_chain_heads");
        data.Add("UPDATE ops.audit_chain_heads SET seq = seq - 1");
        data.Add("UPDATE ops.audit_chain_heads SET hash = sha256('x')");
        // A row is slipped in beside the chain; a changed row gets a fitting link of its own.
        data.Add("INSERT INTO audit_trail (action, entity_type) VALUES ('forged', 'thing')");
        const string Forge =
            "UPDATE audit_trail SET action = 'forged' WHERE entity_id = '9'; UPDATE audit_chain_links l SET row_hash = "
            + "audit_row_hash(a){0} FROM audit_trail a WHERE a.entity_id = '9' AND l.row_id = a.id";
        data.Add(Forge.Replace("{0}", "", StringComparison.Ordinal));
        data.Add(
            Forge.Replace(
                "{0}",
                ", hash = audit_link_hash((SELECT p.hash FROM audit_chain_links p WHERE p.seq = l.seq - 1), l.seq, l.row_id, "
                    + "audit_row_hash(a))",
                StringComparison.Ordinal
            )
        );
        return data;
    }

    [Fact]
    public async Task Verify_WholeChainRewrittenWithItsHead_IsFoundByAnAnchorKeptElsewhere()
    {
        await AppendAsync(6);
        var anchor = (await chain.HeadAsync("audit_trail", Ct))!;
        await TamperAsync(
            "WITH gone AS (DELETE FROM audit_chain_links WHERE seq > 4 RETURNING row_id) DELETE FROM audit_trail WHERE id IN (SELECT "
                + "row_id FROM gone)"
        );
        await TamperAsync("UPDATE ops.audit_chain_heads SET seq = 4, hash = (SELECT hash FROM audit_chain_links WHERE seq = 4)");
        Assert.Empty(await chain.VerifyAsync("audit_trail", Ct));
        Assert.False(await chain.HoldsAsync(anchor, Ct));
    }

    [Fact]
    public async Task Purge_OldEvents_KeepsTheRestVerifiable()
    {
        var events = new SecurityEvents(database.Db);
        await database.Db.ExecuteAsync(
            "INSERT INTO security_events (event_type, created_at) SELECT 'login', now() - make_interval(days => 200 - n) FROM "
                + "generate_series(1, 20) n",
            null,
            Ct
        );
        await chain.SealAsync(Ct);
        await events.RecordAsync(new SecurityEvent(SecurityEventTypes.Login), Ct);
        await chain.SealAsync(Ct);

        Assert.Equal(10, await database.Db.ScalarAsync<int>("SELECT purge_security_events('190 days')", null, Ct));
        Assert.Empty(await chain.VerifyAsync("security_events", Ct));
        Assert.Equal(0, await database.Db.ScalarAsync<int>("SELECT purge_security_events('190 days')", null, Ct));
        await TamperAsync(
            "WITH gone AS (DELETE FROM audit_chain_links WHERE seq = 11 RETURNING row_id) DELETE FROM security_events WHERE id IN "
                + "(SELECT row_id FROM gone)"
        );
        Assert.NotEmpty(await chain.VerifyAsync("security_events", Ct));
    }

    private async Task AppendAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await AuditTrail.AppendAsync(
                database.Db,
                new AuditEntry("change", "user_profile")
                {
                    EntityId = $"{i}",
                    OldValues = new { i },
                    NewValues = new { i = i + 1 },
                    ActorRole = "admin",
                },
                Ct
            );
        }
    }

    /// <summary>As a superuser who has switched off triggers.</summary>
    private Task<int> TamperAsync(string sql) =>
        database.Db.InTransactionAsync(
            async scope =>
            {
                await scope.ExecuteAsync("SET LOCAL session_replication_role = replica");
                Assert.True(await scope.ExecuteAsync(sql) > 0, "the mutation changed nothing");
                return 0;
            },
            Ct
        );
}
