using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Api.Realtime;

/// <summary>Limits of live connections, per process: section <c>Realtime</c>.</summary>
internal sealed class RealtimeOptions
{
    public const string Section = "Realtime";

    /// <summary>Connections of one account, all transports.</summary>
    [Range(1, 100_000)]
    [Description("live connections that one account may have on one process")]
    public int MaxPerUser { get; set; } = 40;

    /// <summary>Connections from one address (an IPv6 /64 counts as one).</summary>
    [Range(1, 1_000_000)]
    [Description("live connections that one address may have on one process")]
    public int MaxPerAddress { get; set; } = 500;

    [Range(1, 1_000_000)]
    [Description("live connections that one process may have")]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Seconds between two signs of life from the server.</summary>
    [Range(0.1, 300)]
    public double HeartbeatSeconds { get; set; } = 15;

    /// <summary>Engine.IO: seconds between two pings.</summary>
    [Range(0.1, 300)]
    public double PingIntervalSeconds { get; set; } = 25;

    /// <summary>Engine.IO: seconds that a client has to answer a ping.</summary>
    [Range(0.1, 300)]
    public double PingTimeoutSeconds { get; set; } = 20;

    /// <summary>Seconds that a socket has to join its first namespace.</summary>
    [Range(0.1, 300)]
    public double JoinTimeoutSeconds { get; set; } = 45;

    /// <summary>Largest message from a client.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxPayloadBytes { get; set; } = 64 * 1024;

    /// <summary>Packets that may wait for one client; one more and it is disconnected, to come back and catch up.</summary>
    [Range(16, 10_000)]
    public int QueueLength { get; set; } = 256;

    /// <summary>Characters that may wait for one client.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int QueueCharacters { get; set; } = 4 * 1024 * 1024;

    /// <summary>Joins that read the database at the same time.</summary>
    [Range(1, 64)]
    public int ConcurrentJoins { get; set; } = 8;

    /// <summary>When the process stops, connections are closed within this time, not all in one moment.</summary>
    [Range(0, 30)]
    public double DrainSeconds { get; set; } = 2;
}
