using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A Redis-compatible server.</summary>
    public class RedisResource(string name, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
    {
        internal const string PrimaryEndpointName = "tcp";

        public EndpointReference PrimaryEndpoint => new(this, PrimaryEndpointName);

        public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

        public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

        public ParameterResource? PasswordParameter { get; } = password;

        public ReferenceExpression ConnectionStringExpression
            => ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={PasswordParameter!}{PrimaryEndpoint.GetTlsValue(ReferenceExpression.Create($",ssl=true"), ReferenceExpression.Empty)}");

        public ReferenceExpression UriExpression
            => ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Scheme)}://:{PasswordParameter!:uri}@{Host}:{Port}");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [
            new("Host", ReferenceExpression.Create($"{Host}")),
            new("Port", ReferenceExpression.Create($"{Port}")),
            new("Password", ReferenceExpression.Create($"{PasswordParameter!}")),
            new("Uri", UriExpression),
        ];
    }
}

namespace Aspire.Hosting
{
    public static class RedisBuilderExtensions
    {
        public static IResourceBuilder<RedisResource> AddRedis(
            this IDistributedApplicationBuilder builder,
            string name,
            int? port = null,
            IResourceBuilder<ParameterResource>? password = null)
        {
            // StackExchange.Redis cannot take a comma in a password: no special characters.
            var passwordParameter = password?.Resource
                ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
            var redis = new RedisResource(name, passwordParameter) { Entrypoint = "/bin/sh" };
            return builder.AddResource(redis)
                .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, uriScheme: "redis", name: RedisResource.PrimaryEndpointName, port: port, targetPort: 6379, transport: "tcp"))
                .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/redis", Tag = "8.6" })
                .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = passwordParameter)
                .WithArgs(context =>
                {
                    // The container's command line; a server on this machine is started by the local runtime's own.
                    if (context.ExecutionContext.IsPublishMode)
                    {
                        context.Args.Add("-c");
                        context.Args.Add("redis-server --requirepass $REDIS_PASSWORD");
                    }
                });
        }
    }
}
