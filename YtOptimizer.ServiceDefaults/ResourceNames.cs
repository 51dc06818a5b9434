namespace YtOptimizer.ServiceDefaults;

/// <summary>Names of the resources of the distributed application: connection names, service names, health-check names.</summary>
public static class ResourceNames
{
    public const string Postgres = "postgres";
    public const string Database = "ytoptimizer";

    /// <summary>Connection name of the database without a pooler in between: LISTEN and migrations use it when it is configured.</summary>
    public const string DatabaseDirect = "ytoptimizer-direct";

    /// <summary>Service key of a data source that only asks whether the database answers.</summary>
    public const string DatabaseOutageDetector = "ytoptimizer-watch";

    /// <summary>Service key of a function that tells how long ago the database answered the process.</summary>
    public const string SinceAnswer = "ytoptimizer-since-answer";
    public const string Cache = "cache";
    public const string Migrations = "migrations";
    public const string Api = "api";
    public const string Worker = "worker";
}
