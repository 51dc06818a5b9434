namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>Which ways of getting a server are allowed.</summary>
internal enum ServerWay
{
    /// <summary>Installed binaries first, then the downloaded package.</summary>
    Any,

    /// <summary>Nothing is started; a connection string must be given.</summary>
    External,

    /// <summary>Installed binaries only.</summary>
    System,

    /// <summary>The downloaded package only.</summary>
    Package,
}

/// <summary>Reads the override YTO_SERVERS. A way that was chosen never falls through to another.</summary>
internal static class ServerOverride
{
    public const string Variable = "YTO_SERVERS";

    /// <exception cref="ServerStartException">The value is none of the known ones.</exception>
    public static ServerWay Parse(string? value)
    {
        value ??= Environment.GetEnvironmentVariable(Variable);
        return value?.Trim().ToLowerInvariant() switch
        {
            null or "" => ServerWay.Any,
            "external" => ServerWay.External,
            "system" => ServerWay.System,
            "package" => ServerWay.Package,
            _ => throw new ServerStartException($"{Variable}={value} is not known. Use external, system or package, or leave it unset for the automatic choice."),
        };
    }
}
