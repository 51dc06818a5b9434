using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.AppHost.Servers;

/// <summary>
/// PostgreSQL as a process on this machine, on loopback only. Offers what <see cref="PostgresServerResource"/> offers: a connection string
/// and the same connection properties.
/// </summary>
internal sealed class LocalPostgresResource(string name, ParameterResource password)
    : ExecutableResource(name, PostgresCommand.Shell, OperatingSystem.IsWindows() ? Environment.SystemDirectory : "/"),
        IResourceWithConnectionString
{
    public const string EndpointName = "tcp";
    public const string UserName = "postgres";

    public ParameterResource PasswordParameter { get; } = password;

    public EndpointReference PrimaryEndpoint => new(this, EndpointName);

    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserName};Password={PasswordParameter}");

    /// <summary>Databases to create when the server is ready.</summary>
    internal List<LocalPostgresDatabaseResource> Databases { get; } = [];

    /// <summary>What the preparation found; null until then. The cluster stays locked while the application runs.</summary>
    internal (PostgresInstallation Postgres, PostgresCluster Cluster)? Prepared { get; set; }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        Properties(database: null);

    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> Properties(string? database)
    {
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
        yield return new("Username", ReferenceExpression.Create($"{UserName}"));
        yield return new("Password", ReferenceExpression.Create($"{PasswordParameter}"));
        if (database is null)
        {
            yield return new("Uri",
                ReferenceExpression.Create($"postgresql://{UserName}:{PasswordParameter:uri}@{Host}:{Port}"));
            yield return new("JdbcConnectionString", ReferenceExpression.Create($"jdbc:postgresql://{Host}:{Port}"));
            yield break;
        }

        yield return new("DatabaseName", ReferenceExpression.Create($"{database}"));
        yield return new("Uri",
            ReferenceExpression.Create($"postgresql://{UserName}:{PasswordParameter:uri}@{Host}:{Port}/{database:uri}"));
        yield return new("JdbcConnectionString", ReferenceExpression.Create($"jdbc:postgresql://{Host}:{Port}/{database:uri}"));
    }
}

/// <summary>A database of a local server, created when the server is ready.</summary>
internal sealed class LocalPostgresDatabaseResource(string name, string databaseName, LocalPostgresResource server)
    : Resource(name), IResourceWithParent<LocalPostgresResource>, IResourceWithConnectionString
{
    public LocalPostgresResource Parent { get; } = server;

    public string DatabaseName { get; } = databaseName;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Database={DatabaseName}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        Parent.Properties(DatabaseName);
}
