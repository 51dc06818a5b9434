using Npgsql;

namespace YtOptimizer.Core.Data;

/// <summary>Applies the SQL files of a folder in order of their version.</summary>
public static class Migrator
{
    public static async Task PushAsync(NpgsqlDataSource dataSource, string supabaseDirectory, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var files = Directory.GetFiles(Path.Combine(supabaseDirectory, "migrations"), "*.sql").Order(StringComparer.Ordinal);
        foreach (var file in files.Prepend(Path.Combine(supabaseDirectory, "local", "auth_shim.sql")))
        {
            await using var command = dataSource.CreateCommand(await File.ReadAllTextAsync(file, ct));
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
