namespace YtOptimizer.AppHost.Servers;

/// <summary>Where PostgreSQL and the cache come from.</summary>
internal enum ServersMode
{
    /// <summary>Processes on this machine, no Docker needed. The default.</summary>
    Local,

    /// <summary>Local, from installed programs only.</summary>
    Installed,

    /// <summary>Local, from downloaded packages only.</summary>
    Package,

    /// <summary>Containers, as Aspire has them.</summary>
    Container,

    /// <summary>Servers that run already: <c>ConnectionStrings:ytoptimizer</c> names the database.</summary>
    External,
}

internal static class ServersSetting
{
    private const string Setting = "Servers";

    /// <summary>The setting <c>Servers</c>; publishing always describes containers.</summary>
    /// <exception cref="DistributedApplicationException">The value is none of the known ones.</exception>
    public static ServersMode Read(IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return ServersMode.Container;
        }

        var value = builder.Configuration[Setting];
        return string.IsNullOrWhiteSpace(value) ? ServersMode.Local
            : Enum.GetNames<ServersMode>().Contains(value.Trim(), StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse<ServersMode>(value.Trim(), ignoreCase: true)
            : throw new DistributedApplicationException($"{Setting}={value} is not known. Use local, installed, package, container or " +
                $"external, or leave it unset.");
    }

    /// <summary>A generated secret: when running it is kept in the data folder, when publishing the deployment makes its own.</summary>
    public static IResourceBuilder<ParameterResource> AddSecret(this IDistributedApplicationBuilder builder, [ResourceName] string name,
        int length, Func<string?>? earlier = null)
    {
        var file = Path.Combine(LocalServer.DataDirectory(builder), "secrets", name);
        return builder.AddParameter(name, builder.ExecutionContext.IsPublishMode
            ? new GenerateParameterDefault { MinLength = length, Special = false } : new StoredSecret(file, length, earlier), secret: true);
    }
}
