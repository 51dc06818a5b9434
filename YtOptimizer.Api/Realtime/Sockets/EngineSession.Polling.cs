using System.Net.WebSockets;
using System.Text;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>Long polling, and the way from there to a WebSocket.</summary>
internal sealed partial class EngineSession
{
    /// <summary>Waits for packets and returns them as one payload; null when another poll waits already, which ends the session.</summary>
    public async Task<string?> PollAsync(CancellationToken ct)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (poll is not null || socket is not null)
            {
                waiting = null!;
            }
            else if (queue.Count > 0 || closing is not null || isUpgrading)
            {
                return TakePayload();
            }
            else
            {
                poll = waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        if (waiting is null)
        {
            Close(EngineClose.Protocol);
            return null;
        }

        try
        {
            await waiting.Task.WaitAsync(ct);
        }
        finally
        {
            lock (gate)
            {
                poll = null;
            }
        }

        lock (gate)
        {
            return TakePayload();
        }
    }

    /// <summary>Takes a payload of packets from a POST. False when it breaks the protocol, which ends the session.</summary>
    public async Task<bool> PostAsync(string payload, CancellationToken ct)
    {
        lock (gate)
        {
            if (isPosting || closing is not null || socket is not null)
            {
                return false;
            }

            isPosting = true;
        }

        try
        {
            foreach (var packet in payload.Split(Separator))
            {
                if (!await ReceiveAsync(packet, ct))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            lock (gate)
            {
                isPosting = false;
            }
        }
    }

    /// <summary>A WebSocket knocks. False when the session has one, or another knocks too.</summary>
    public bool TryBeginUpgrade()
    {
        lock (gate)
        {
            return closing is null && socket is null && !isUpgrading && (isUpgrading = true);
        }
    }

    /// <summary>The client has seen the answer to its probe: a waiting poll is let go.</summary>
    public void ReleasePoll()
    {
        lock (gate)
        {
            poll?.TrySetResult();
        }
    }

    /// <summary>From now on the WebSocket is the transport; null: it went away before, polling goes on.</summary>
    public void EndUpgrade(WebSocket? webSocket)
    {
        lock (gate)
        {
            isUpgrading = false;
            socket = webSocket;
            poll?.TrySetResult();
            Wake();
        }
    }

    // Under the lock. While an upgrade is under way packets wait for the WebSocket: the client reads no more payloads.
    private string TakePayload()
    {
        if (isUpgrading || socket is not null)
        {
            return "6";
        }

        if (queue.Count == 0)
        {
            return closing is null ? "6" : "1";
        }

        var text = new StringBuilder(characters + queue.Count);
        while (queue.TryDequeue(out var packet))
        {
            text.Append(text.Length > 0 ? Separator : null).Append(packet);
        }

        characters = 0;
        return text.ToString();
    }
}
