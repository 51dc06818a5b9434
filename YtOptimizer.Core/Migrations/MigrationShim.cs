using Npgsql;

namespace YtOptimizer.Core.Migrations;

/// <summary>Roles and auth helpers that Supabase brings and plain PostgreSQL lacks; applied only where something is missing.</summary>
internal static class MigrationShim
{
    private const string CompleteSql = """
        SELECT to_regnamespace('auth') IS NOT NULL AND to_regprocedure('auth.uid()') IS NOT NULL
            AND to_regprocedure('auth.role()') IS NOT NULL
           AND (SELECT count(*) = 3 FROM pg_roles WHERE rolname IN ('anon', 'authenticated', 'service_role'))
        """;

    public static async Task ApplyAsync(NpgsqlConnection connection, string supabaseDirectory, CancellationToken ct)
    {
        await using var complete = new NpgsqlCommand(CompleteSql, connection);
        if (await complete.ExecuteScalarAsync(ct) is true)
        {
            return;
        }

        var path = Path.Combine(supabaseDirectory, "local", "auth_shim.sql");
        try
        {
            await MigrationLedger.RunAsync(connection, await File.ReadAllTextAsync(path, ct), ct);
        }
        catch (PostgresException exception)
        {
            throw new MigrationException(
                $"The roles and auth helpers of {path} could not be created: {exception.MessageText} (SQLSTATE {exception.SqlState}). "
                    + $"Run the file once as a superuser, then db push.",
                exception
            );
        }
    }
}
