using Microsoft.Extensions.Logging;
using Npgsql;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Tests.Support;

/// <summary>A database of its own for a test class, cloned from a template that has all migrations; dropped with it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;

    private TestDatabase(string server, string name, ILoggerFactory? loggers)
    {
        this.server = server;
        this.name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 30 }.ConnectionString;
        DataSource = NpgsqlDataSource.Create(ConnectionString);
        DbSetup.AddDb(new Microsoft.Extensions.DependencyInjection.ServiceCollection());
        Db = new Db(DataSource);
        var (user, password) = PostgresServerFixture.Application;
        ApplicationConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Username = user,
            Password = password,
        }.ConnectionString;
        ApplicationSource = new NpgsqlDataSourceBuilder(ApplicationConnectionString).UseLoggerFactory(loggers).Build();
    }

    /// <summary>The owner's: for a test's own rows and questions.</summary>
    public string ConnectionString { get; }

    /// <summary>The application's, with its rights only: for the programs under test.</summary>
    public string ApplicationConnectionString { get; }

    public NpgsqlDataSource ApplicationSource { get; }

    public NpgsqlDataSource DataSource { get; }

    public Db Db { get; }

    /// <param name="ct">Cancels.</param>
    /// <param name="loggers">Hear what the driver says about the application's connections.</param>
    public static async Task<TestDatabase> CreateAsync(CancellationToken ct, ILoggerFactory? loggers = null)
    {
        var (server, template) = await PostgresServerFixture.GetAsync(ct);
        var name = $"yto_{Guid.CreateVersion7():N}";
        await PostgresServerFixture.ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {template}", ct);
        return new TestDatabase(server, name, loggers);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await ApplicationSource.DisposeAsync();
        await PostgresServerFixture.ExecuteAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
    }
}
