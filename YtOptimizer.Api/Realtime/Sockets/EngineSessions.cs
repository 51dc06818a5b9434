using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>The sessions of this process: their heartbeat, and their end when the process stops.</summary>
internal sealed class EngineSessions(IOptions<RealtimeOptions> options, RealtimeDrain drain, TimeProvider time) : BackgroundService
{
    private static readonly string[] Upgrades = ["websocket"];
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, EngineSession> sessions = new(StringComparer.Ordinal);

    public int Count => sessions.Count;

    public EngineSession? Find(string sid) => sessions.GetValueOrDefault(sid);

    /// <summary>A new session; it is known until it ends.</summary>
    public EngineSession Open(EngineHandshake handshake, IDisposable place, Func<EngineSession, SocketConnection> connect)
    {
        var sid = Convert.ToBase64String(RandomNumberGenerator.GetBytes(15)).Replace('+', '-').Replace('/', '_');
        var session = new EngineSession(sid, handshake, options.Value, place)
        {
            OpenedAt = time.GetTimestamp(),
            PingedAt = time.GetTimestamp(),
        };
        session.Connection = connect(session);
        session.Ended = ended => sessions.TryRemove(new KeyValuePair<string, EngineSession>(ended.Sid, ended));
        sessions[sid] = session;
        session.Send(
            "0"
                + JsonSerializer.Serialize(
                    new
                    {
                        sid,
                        upgrades = Upgrades,
                        pingInterval = Milliseconds(options.Value.PingIntervalSeconds),
                        pingTimeout = Milliseconds(options.Value.PingTimeoutSeconds),
                        maxPayload = options.Value.MaxPayloadBytes,
                    }
                )
        );
        return session;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, drain.Token);
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                foreach (var session in sessions.Values)
                {
                    Beat(session);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await DrainAsync();
        }
    }

    private void Beat(EngineSession session)
    {
        var since = time.GetElapsedTime(session.PingedAt);
        if (session.AwaitsPong)
        {
            if (since.TotalSeconds > options.Value.PingTimeoutSeconds)
            {
                session.Close(EngineClose.Timeout);
            }
        }
        else if (since.TotalSeconds > options.Value.PingIntervalSeconds)
        {
            session.AwaitsPong = true;
            session.PingedAt = time.GetTimestamp();
            session.Send("2");
        }

        if (!session.Connection.HasJoined && time.GetElapsedTime(session.OpenedAt).TotalSeconds > options.Value.JoinTimeoutSeconds)
        {
            session.Close(EngineClose.Timeout);
        }
    }

    // In portions, so that the other processes do not get everybody in one moment.
    private async Task DrainAsync()
    {
        const int Portions = 10;
        var all = sessions.Values.ToArray();
        foreach (var portion in all.Chunk(Math.Max(1, (all.Length + Portions - 1) / Portions)))
        {
            foreach (var session in portion)
            {
                session.Close(EngineClose.Drain);
            }

            if (portion.Length < all.Length)
            {
                await Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds / Portions), time);
            }
        }
    }

    private static long Milliseconds(double seconds) => (long)(seconds * 1000);
}
