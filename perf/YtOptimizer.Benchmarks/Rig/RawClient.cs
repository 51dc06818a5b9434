using System.Net.Sockets;
using System.Text;

namespace YtOptimizer.Benchmarks.Rig;

/// <summary>One kept connection that sends prepared bytes and reads whole answers: a client that costs next to nothing beside the
/// server.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[64 * 1024];

    public static async Task<RawClient> ConnectAsync(Uri server)
    {
        var client = new RawClient();
        await client.socket.ConnectAsync(server.Host, server.Port);
        return client;
    }

    public static byte[] Request(Uri server, string method, string path, string? token = null, string? json = null, string extra = "") =>
        Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: "
                + $"{server.Authority}\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}{extra}"
                + (json is null ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n")
                + $"\r\n{json}"
        );

    /// <summary>Returns the status; throws when it is not the expected one.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, int expected = 200)
    {
        for (var sent = 0; sent < request.Length; )
        {
            sent += await socket.SendAsync(request[sent..]);
        }

        var (length, head, total) = (0, -1, -1);
        do
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            length += read;
            if (head < 0 && (head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) >= 0)
            {
                total = Total(buffer.AsSpan(0, head), head + 4);
            }
        } while (head < 0 || (total >= 0 ? length < total : !buffer.AsSpan(0, length).EndsWith("0\r\n\r\n"u8)));

        var status = ((buffer[9] - '0') * 100) + ((buffer[10] - '0') * 10) + (buffer[11] - '0');
        return status == expected
            ? status
            : throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, Math.Min(length, 2000)));
    }

    public void Dispose() => socket.Dispose();

    private static bool IsChunked(ReadOnlySpan<byte> head) => head.IndexOf("Transfer-Encoding: chunked"u8) >= 0;

    /// <summary>Bytes of the whole answer; -1 when they are not announced.</summary>
    private static int Total(ReadOnlySpan<byte> head, int body)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return IsChunked(head) ? -1 : body;
        }

        var rest = head[(at + 16)..];
        var length = 0;
        foreach (var digit in rest)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            length = (length * 10) + (digit - '0');
        }

        return body + length;
    }
}
