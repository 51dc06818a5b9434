namespace YtOptimizer.Tests.Support;

/// <summary>
/// Rows in every table of a database, for tests of what holds for all tables. Constraints but those on accounts are dropped first.
/// </summary>
internal static class FilledTables
{
    private const string FillSql = """
        DO $$
        DECLARE t record; c record; names text; vals text; account uuid;
        BEGIN
            FOR c IN SELECT conrelid::regclass AS tab, conname FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace
                    AND (contype = 'c' OR (contype = 'f' AND confrelid <> 'profiles'::regclass))
            LOOP
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.tab, c.conname);
            END LOOP;
            FOR t IN SELECT relid, relname FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname NOT IN
                ('profiles', 'subscription_limits', 'schema_migrations')
            LOOP
                EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', t.relid::regclass);
                FOR account IN SELECT id FROM profiles
                LOOP
                    SELECT string_agg(quote_ident(attname), ', '), string_agg(CASE
                            WHEN typ = 'uuid' AND (refers OR attname IN ('user_id', 'actor_id')) THEN quote_literal(account) || '::uuid'
                            WHEN typ = 'uuid' THEN 'gen_random_uuid()'
                            WHEN typ IN ('timestamp with time zone', 'date') THEN 'now()'
                            WHEN typ = 'boolean' THEN 'false'
                            WHEN typ = 'xid8' THEN '''1''::xid8'
                            WHEN typ = 'interval' THEN '''1 second''::interval'
                            WHEN kind = 'e'
                                THEN '(SELECT enumlabel FROM pg_enum WHERE enumtypid = ''' || typ || '''::regtype LIMIT 1)::' || typ
                            WHEN typ = 'jsonb' THEN '''{}'''
                            WHEN typ = 'inet' THEN '''127.0.0.1''::inet'
                            WHEN typ = 'bytea' THEN 'decode(md5(random()::text), ''hex'')'
                            WHEN typ LIKE '%[]' THEN 'ARRAY[]::' || typ
                            WHEN typ LIKE 'character varying%' OR typ IN ('text', 'character(1)')
                                THEN format('left(md5(random()::text), %s)', CASE WHEN len > 4 THEN len - 4 ELSE 32 END)
                            ELSE '1::' || typ END, ', ')
                    INTO names, vals
                    FROM (SELECT a.attname, format_type(a.atttypid, NULL) AS typ, a.atttypmod AS len,
                        (SELECT typtype FROM pg_type WHERE oid = a.atttypid) AS kind,
                        EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.contype = 'f'
                            AND k.confrelid = 'profiles'::regclass AND a.attnum = ANY (k.conkey)) AS refers
                        FROM pg_attribute a WHERE a.attrelid = t.relid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                            AND a.attidentity = '') columns;
                    EXECUTE format('INSERT INTO %s (%s) SELECT %s ON CONFLICT DO NOTHING', t.relid::regclass, names, vals);
                END LOOP;
                EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', t.relid::regclass);
            END LOOP;
        END $$;
        """;

    /// <summary>Columns that hold an account's id: they refer to it, or are named so.</summary>
    private const string OwnersSql = """
        SELECT t.relname || '.' || a.attname FROM pg_class t
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND a.atttypid = 'uuid'::regtype
            AND (a.attname IN ('user_id', 'actor_id') OR EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'f'
                AND k.confrelid = 'profiles'::regclass AND a.attnum = ANY (k.conkey)))
        ORDER BY 1
        """;

    /// <summary>One row per table and account, with the account in every column that can hold one.</summary>
    public static Task FillAsync(TestDatabase database, CancellationToken ct) =>
        database.Db.ExecuteAsync(FillSql, null, ct, timeoutSeconds: 60);

    /// <summary>As <c>table.column</c>.</summary>
    public static Task<IReadOnlyList<string>> OwnersAsync(TestDatabase database, CancellationToken ct) =>
        database.Db.QueryAsync<string>(OwnersSql, null, ct);

    /// <summary>How many rows hold this account in this column.</summary>
    public static Task<long> CountAsync(TestDatabase database, string owner, Guid account, CancellationToken ct)
    {
        var (table, column) = (
            owner[..owner.IndexOf('.', StringComparison.Ordinal)],
            owner[(owner.IndexOf('.', StringComparison.Ordinal) + 1)..]
        );
        return database.Db.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE {column} = @account", new { account }, ct);
    }
}
