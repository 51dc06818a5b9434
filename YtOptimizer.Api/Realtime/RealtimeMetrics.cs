using System.Diagnostics.Metrics;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Api.Realtime;

/// <summary>Counts and lag of live clients. Labels come from small fixed sets.</summary>
internal static class RealtimeMetrics
{
    private static readonly Meter Meter = new(YtoMetrics.MeterName);
    private static readonly Counter<long> Opened = Meter.CreateCounter<long>(
        "realtime_connections_opened_total",
        description: "Live connections opened, by transport."
    );
    private static readonly Counter<long> Closed = Meter.CreateCounter<long>(
        "realtime_connections_closed_total",
        description: "Live connections closed, by transport and reason."
    );
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "realtime_refused_total",
        description: "Live connections and joins refused, by reason."
    );
    private static readonly Counter<long> Events = Meter.CreateCounter<long>(
        "realtime_events_total",
        description: "Changes handed to the clients of this process."
    );
    private static readonly Histogram<double> Lag = Meter.CreateHistogram<double>(
        "realtime_event_lag_seconds",
        "s",
        "Time from a change to its delivery."
    );

    /// <param name="transport">sse, websocket or polling.</param>
    public static void ConnectionOpened(string transport) => Opened.Add(1, new KeyValuePair<string, object?>("transport", transport));

    /// <param name="transport">sse, websocket or polling.</param>
    /// <param name="reason">client, slow, revoked, timeout, drain, protocol.</param>
    public static void ConnectionClosed(string transport, string reason) =>
        Closed.Add(1, new("transport", transport), new("reason", reason));

    /// <param name="reason">origin, limit, token, draining, protocol.</param>
    public static void ConnectionRefused(string reason) => Refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void Delivered(int count, TimeSpan lag)
    {
        Events.Add(count);
        Lag.Record(Math.Max(0, lag.TotalSeconds));
    }
}
