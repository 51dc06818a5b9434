using Npgsql;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

/// <summary>A database without any schema, and a folder of migrations of its own.</summary>
internal sealed class EmptyDatabase : IAsyncDisposable
{
    private readonly string server;

    private EmptyDatabase(string server, string name)
    {
        this.server = server;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 5 }.ConnectionString;
        Source = NpgsqlDataSource.Create(ConnectionString);
        Folder = Directory.CreateTempSubdirectory("yto-migrations-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "migrations"));
        Directory.CreateDirectory(Path.Combine(Folder, "local"));
        File.Copy(Repository.PathOf("supabase", "local", "auth_shim.sql"), Path.Combine(Folder, "local", "auth_shim.sql"));
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>A <c>supabase</c> folder with the shim and whatever a test adds.</summary>
    public string Folder { get; }

    public static async Task<EmptyDatabase> CreateAsync(CancellationToken ct)
    {
        var (server, _) = await PostgresServerFixture.GetAsync(ct);
        var name = $"yto_{Guid.CreateVersion7():N}";
        await PostgresServerFixture.ExecuteAsync(server, $"CREATE DATABASE {name}", ct);
        return new EmptyDatabase(server, name);
    }

    /// <summary>Writes <c>migrations/&lt;name&gt;.sql</c>.</summary>
    public string Add(string name, string sql)
    {
        var path = Path.Combine(Folder, "migrations", name + ".sql");
        File.WriteAllText(path, sql);
        return path;
    }

    public Task<IReadOnlyList<string>> PushAsync(CancellationToken ct, bool includeAll = false) =>
        Migrator.PushAsync(Source, Folder, ct, includeAll);

    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken ct)
    {
        await using var command = Source.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync(ct);
    }

    public async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await PostgresServerFixture.ExecuteAsync(server, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", CancellationToken.None);
        Directory.Delete(Folder, recursive: true);
    }
}
