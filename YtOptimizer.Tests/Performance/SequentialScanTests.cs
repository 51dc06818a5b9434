using System.Diagnostics;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Performance;

/// <summary>
/// Tables grow, and a statement that reads one from its beginning to its end gets slower with it. Here each holds thousands of rows; the
/// everyday requests, and what an API process repeats meanwhile, must find theirs by an index.
/// </summary>
public sealed class SequentialScanTests : IAsyncLifetime
{
    private const int Rows = 4000;

    /// <summary>Small by nature, or read as a whole on purpose.</summary>
    private const string Exempt =
        "('subscription_limits','fleet_leases','model_status','metric_instances','alert_channels','alert_mutes','upstream_states',"
        + "'schema_migrations','maintenance_runs','promo_codes','security_events_unsealed')";

    // Rows of any table by its columns' types. Constraints and triggers are dropped: the planner looks at sizes and indexes alone.
    private static readonly string FillSql = $$"""
        DO $$
        DECLARE t record; c record; names text; vals text;
        BEGIN
            FOR c IN SELECT conrelid::regclass AS tab, conname FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'c')
            LOOP
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.tab, c.conname);
            END LOOP;
            FOR t IN SELECT relid, relname FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname NOT IN {{Exempt}}
            LOOP
                EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', t.relid::regclass);
                SELECT string_agg(quote_ident(attname), ', '), string_agg(CASE
                        WHEN typ = 'uuid' THEN 'gen_random_uuid()'
                        WHEN typ IN ('timestamp with time zone', 'date') THEN 'now() - i * interval ''1 minute'''
                        WHEN typ = 'boolean' THEN 'false'
                        WHEN typ = 'xid8' THEN '''1''::xid8'
                        WHEN typ = 'interval' THEN '''1 second''::interval'
                        WHEN kind = 'e' THEN '(SELECT enumlabel FROM pg_enum WHERE enumtypid = ''' || typ || '''::regtype LIMIT 1)::' || typ
                        WHEN typ = 'jsonb' THEN '''{}'''
                        WHEN typ = 'inet' THEN '''127.0.0.1''::inet + i'
                        WHEN typ = 'bytea' THEN 'decode(md5(i::text), ''hex'')'
                        WHEN typ LIKE '%[]' THEN 'ARRAY[]::' || typ
                        WHEN NOT attnotnull AND typ IN ('text', 'character varying') THEN 'NULL'
                        WHEN typ LIKE 'character varying%' OR typ IN ('text', 'character(1)')
                            THEN format('left(''r'' || i || md5(i::text), %s)', CASE WHEN len > 4 THEN len - 4 ELSE 40 END)
                        ELSE '(i % 30000)::' || typ END, ', ')
                INTO names, vals
                FROM (SELECT attname, format_type(atttypid, NULL) AS typ, atttypmod AS len, attnotnull,
                    (SELECT typtype FROM pg_type WHERE oid = atttypid) AS kind FROM pg_attribute
                    WHERE attrelid = t.relid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity <> 'a') columns;
                EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE
                    SELECT %s FROM generate_series(1, {{Rows}}) i ON CONFLICT DO NOTHING',
                    t.relid::regclass, names, vals);
                EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', t.relid::regclass);
            END LOOP;
        END $$;
        """;

    private const string ScansSql = $"""
        SELECT relname, seq_tup_read AS read FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname NOT IN {Exempt}
        """;

    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync(Ct);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task EverydayRequests_ReadGrowingTablesByIndex()
    {
        await using var api = new ApiFixture();
        await api.InitializeAsync();
        var callers = await Callers.CreateAsync(api.Database, role => api.CreateUserAsync(role), Ct);
        await api.Database.Db.ExecuteAsync(FillSql, null, Ct, timeoutSeconds: 120);
        await api.Database.Db.ExecuteAsync("ANALYZE", null, Ct, timeoutSeconds: 120);
        using var client = api.Anonymous();
        var before = await SettledAsync(api.Database);
        foreach (var cost in RequestCostFile.Read().Where(cost => cost.Caller != "admin"))
        {
            using var response = await client.SendAsync(callers.Make(cost), Ct);
            Assert.True((int)response.StatusCode < 500, $"{cost.Request} answered {(int)response.StatusCode}");
        }

        Assert.Equal([], Whole(before, await SettledAsync(api.Database)));
    }

    /// <summary>Rows read by sequential scans so far, once the server's counters have come to rest.</summary>
    private static async Task<Dictionary<string, long>> SettledAsync(TestDatabase database)
    {
        // Processes hand in their counts within a second or two of a statement; what reads again and again never comes to rest.
        var (quiet, longest) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(12));
        var started = Stopwatch.GetTimestamp();
        var (last, since) = (await ReadAsync(database), started);
        await Eventually.TrueAsync(
            async () =>
            {
                var now = await ReadAsync(database);
                if (now.Any(entry => last.GetValueOrDefault(entry.Key) != entry.Value))
                {
                    (last, since) = (now, Stopwatch.GetTimestamp());
                }

                return Stopwatch.GetElapsedTime(since) > quiet || Stopwatch.GetElapsedTime(started) > longest;
            },
            "the server's counters come to rest"
        );
        return last;
    }

    private static async Task<Dictionary<string, long>> ReadAsync(TestDatabase database) =>
        (await database.Db.QueryAsync<Scans>(ScansSql, null, Ct)).ToDictionary(row => row.Relname, row => row.Read, StringComparer.Ordinal);

    private static List<string> Whole(Dictionary<string, long> before, Dictionary<string, long> after) =>
        [
            .. after
                .Where(entry => entry.Value - before.GetValueOrDefault(entry.Key) >= Rows / 2)
                .Select(entry => $"{entry.Key}: {entry.Value - before.GetValueOrDefault(entry.Key)} rows")
                .Order(StringComparer.Ordinal),
        ];

    private sealed record Scans(string Relname, long Read);
}
