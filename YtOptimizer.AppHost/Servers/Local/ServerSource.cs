namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Where the programs of local servers may come from.</summary>
internal enum ServerSource
{
    /// <summary>Installed ones first, then the downloaded package.</summary>
    Any,

    /// <summary>Installed ones only.</summary>
    System,

    /// <summary>The downloaded package only.</summary>
    Package,
}

/// <summary>Reads the setting YTO_SERVERS. A source that was chosen never falls through to another.</summary>
internal static class ServerSources
{
    public const string Variable = "YTO_SERVERS";

    /// <exception cref="ServerStartException">The value is none of the known ones.</exception>
    public static ServerSource Parse(string? value) => value?.Trim().ToLowerInvariant() switch
    {
        null or "" => ServerSource.Any,
        "system" => ServerSource.System,
        "package" => ServerSource.Package,
        _ => throw new ServerStartException($"{Variable}={value} is not known. Use system or package, or leave it unset for the automatic choice."),
    };
}
