using Npgsql;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Migrations;

/// <summary>Empties a database of everything that migrations made. All data is lost.</summary>
public static class SchemaReset
{
    /// <summary>Schemas that Supabase (or PostgreSQL) owns; what is not named here was made by a migration or by hand.</summary>
    private const string Sql = """
        DO $$
        DECLARE
            kept CONSTANT text[] := ARRAY['auth', 'storage', 'realtime', '_realtime', 'vault', 'extensions', 'graphql', 'graphql_public',
                'pgbouncer', 'supabase_functions',
                'net', 'cron', 'pgsodium', 'pgsodium_masks', '_analytics', 'information_schema'];
            victim record;
        BEGIN
            SET LOCAL lock_timeout = '4s';
            FOR victim IN SELECT nspname FROM pg_namespace WHERE nspname <> ALL (kept) AND nspname NOT LIKE 'pg\_%' LOOP
                EXECUTE format('DROP SCHEMA %I CASCADE', victim.nspname);
            END LOOP;
            CREATE SCHEMA public;
            GRANT USAGE ON SCHEMA public TO PUBLIC;
        END
        $$
        """;

    public static async Task RunAsync(NpgsqlDataSource dataSource, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        await using var connection = await dataSource.OpenOrUnavailableAsync(ct);
        await Migrator.InLockAsync(
            connection,
            async () =>
            {
                try
                {
                    await MigrationLedger.RunAsync(connection, Sql, ct);
                }
                catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
                {
                    throw new MigrationException(
                        "The database is in use: stop the API and the worker, then run db reset again.",
                        exception
                    );
                }

                return true;
            },
            ct
        );
    }
}
