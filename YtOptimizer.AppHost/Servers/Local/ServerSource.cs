namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Where the programs of local servers may come from. A source that was chosen never falls through to another.</summary>
public enum ServerSource
{
    /// <summary>Installed ones first, then the downloaded package.</summary>
    Any,

    /// <summary>Installed ones only.</summary>
    Installed,

    /// <summary>The downloaded package only.</summary>
    Package,
}
