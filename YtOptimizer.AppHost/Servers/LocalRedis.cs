using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.AppHost.Servers;

/// <summary>A Redis-compatible server on this machine. Offers the connection properties of <see cref="RedisResource"/>.</summary>
internal interface ILocalRedisResource : IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithWaitSupport
{
    const string EndpointName = "tcp";

    ParameterResource PasswordParameter { get; }

    EndpointReference PrimaryEndpoint => new(this, EndpointName);

    /// <summary>The account that the server runs as, and its configuration file. Null until it is prepared.</summary>
    (UnixUser? User, string File)? Prepared { get; set; }

    ReferenceExpression IResourceWithConnectionString.ConnectionStringExpression =>
        ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={PasswordParameter}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Port)}")),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", ReferenceExpression.Create(
            $"redis://:{PasswordParameter:uri}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}")),
    ];
}

/// <summary>An installed Redis or Valkey.</summary>
internal sealed class LocalRedisResource(string name, string program, ParameterResource password) : ExecutableResource(name, program, "/"),
    ILocalRedisResource
{
    public ParameterResource PasswordParameter { get; } = password;

    public (UnixUser? User, string File)? Prepared { get; set; }
}

#pragma warning disable ASPIREDOTNETTOOL // Experimental: tools as resources.
/// <summary>Garnet, Microsoft's Redis-compatible server, as the .NET tool that it is published as.</summary>
internal sealed class LocalGarnetResource(string name, ParameterResource password) : DotnetToolResource(name, "garnet-server"),
    ILocalRedisResource
{
    public const string Version = "2.2.8";

    public ParameterResource PasswordParameter { get; } = password;

    public (UnixUser? User, string File)? Prepared { get; set; }
}
