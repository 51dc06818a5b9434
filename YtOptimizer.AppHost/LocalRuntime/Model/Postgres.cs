using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A PostgreSQL server.</summary>
    public class PostgresServerResource(string name, ParameterResource? userName, ParameterResource password)
        : ContainerResource(name), IResourceWithConnectionString
    {
        internal const string PrimaryEndpointName = "tcp", DefaultUserName = "postgres";

        private readonly Dictionary<string, string> _databases = new(StringComparer.OrdinalIgnoreCase);

        public EndpointReference PrimaryEndpoint => new(this, PrimaryEndpointName);

        public ParameterResource? UserNameParameter { get; set; } = userName;

        public ReferenceExpression UserNameReference => UserNameParameter is not null
            ? ReferenceExpression.Create($"{UserNameParameter}")
            : ReferenceExpression.Create($"{DefaultUserName}");

        public ParameterResource PasswordParameter { get; set; } = password;

        public IReadOnlyDictionary<string, string> Databases => _databases;

        public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

        public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

        public ReferenceExpression ConnectionStringExpression
            => ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserNameReference};Password={PasswordParameter}");

        internal void AddDatabase(string resourceName, string databaseName) => _databases.TryAdd(resourceName, databaseName);
    }

    /// <summary>A database of a <see cref="PostgresServerResource"/>.</summary>
    public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
        : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
    {
        public PostgresServerResource Parent { get; } = postgresParentResource;

        public string DatabaseName { get; } = databaseName;

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Database={DatabaseName}");

        // The default user name is a literal; a user name parameter would have to be written with its own filter.
        public ReferenceExpression UriExpression => Parent.UserNameParameter is null
            ? ReferenceExpression.Create($"postgresql://{PostgresServerResource.DefaultUserName:uri}:{Parent.PasswordParameter:uri}@{Parent.Host}:{Parent.Port}/{DatabaseName:uri}")
            : ReferenceExpression.Create($"postgresql://{Parent.UserNameParameter:uri}:{Parent.PasswordParameter:uri}@{Parent.Host}:{Parent.Port}/{DatabaseName:uri}");

        public ReferenceExpression JdbcConnectionString => ReferenceExpression.Create($"jdbc:postgresql://{Parent.Host}:{Parent.Port}/{DatabaseName:uri}");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [
            new("Host", ReferenceExpression.Create($"{Parent.Host}")),
            new("Port", ReferenceExpression.Create($"{Parent.Port}")),
            new("Username", ReferenceExpression.Create($"{Parent.UserNameReference}")),
            new("Password", ReferenceExpression.Create($"{Parent.PasswordParameter}")),
            new("Uri", UriExpression),
            new("JdbcConnectionString", JdbcConnectionString),
            new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
        ];
    }
}

namespace Aspire.Hosting
{
    public static class PostgresBuilderExtensions
    {
        public static IResourceBuilder<PostgresServerResource> AddPostgres(
            this IDistributedApplicationBuilder builder,
            string name,
            IResourceBuilder<ParameterResource>? userName = null,
            IResourceBuilder<ParameterResource>? password = null,
            int? port = null)
        {
            var passwordParameter = password?.Resource
                ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: true);
            var server = new PostgresServerResource(name, userName?.Resource, passwordParameter);
            return builder.AddResource(server)
                .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, name: PostgresServerResource.PrimaryEndpointName, port: port, targetPort: 5432))
                .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/postgres", Tag = "18.3" })
                .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
                .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
                .WithEnvironment(context =>
                {
                    context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                    context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
                });
        }

        public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
        {
            var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
            builder.Resource.AddDatabase(name, database.DatabaseName);
            return builder.ApplicationBuilder.AddResource(database);
        }

        /// <summary>Keeps the data. The local runtime always does, in its data directory.</summary>
        public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
            => builder.WithAnnotation(new ContainerMountAnnotation(name ?? VolumeName(builder), "/var/lib/postgresql", ContainerMountType.Volume, isReadOnly));

        private static string VolumeName(IResourceBuilder<PostgresServerResource> builder)
        {
            var application = builder.ApplicationBuilder.Environment.ApplicationName.ToLowerInvariant();
            var hash = builder.ApplicationBuilder.Configuration["AppHost:Sha256"]![..10].ToLowerInvariant();
            return $"{application}-{hash}-{builder.Resource.Name}-data";
        }
    }
}
