using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>One API process, spoken to byte by byte.</summary>
public sealed class RawServer : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ApiProcesses api = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        api = await ApiProcesses.StartAsync(1, database);
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Everything that comes back until the server ends the connection.</summary>
    public async Task<string> SendAsync(string request, TimeSpan timeout)
    {
        var address = api.Clients[0].BaseAddress!;
        using var client = new TcpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(timeout);
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer, limit.Token) is > 0 and var read)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // Reset: the server will hear no more of it.
        }

        return text.ToString();
    }
}

/// <summary>Requests that no HTTP library sends: framing that two servers could read differently, broken lines, and silence.</summary>
public sealed partial class RawRequestTests(RawServer server) : IClassFixture<RawServer>
{
    private const string Post = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private const string Smuggled = "GET /api/v1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string, int> Broken() =>
        new()
        {
            { "length and chunks", $"{Post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}", 400 },
            { "two lengths", $"{Post}Content-Length: 2\r\nContent-Length: 60\r\n\r\n{{}}{Smuggled}", 400 },
            { "list of lengths", $"{Post}Content-Length: 2, 2\r\n\r\n{{}}{Smuggled}", 400 },
            { "negative length", $"{Post}Content-Length: -1\r\n\r\n{Smuggled}", 400 },
            { "huge length", $"{Post}Content-Length: 99999999999999999999\r\n\r\n{Smuggled}", 400 },
            { "unknown coding", $"{Post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{Smuggled}", 400 },
            { "chunked not last", $"{Post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{Smuggled}", 400 },
            {
                "bare line feed in a chunk extension",
                $"{Post}Transfer-Encoding: chunked\r\n\r\n2;\nxx\r\n{{}}\r\n0\r\n\r\n{Smuggled}",
                400
            },
            { "chunk size that is none", $"{Post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n{Smuggled}", 400 },
            { "chunk size overflow", $"{Post}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{{}}\r\n0\r\n\r\n{Smuggled}", 400 },
            { "space before the colon", $"{Post}Content-Length : 2\r\n\r\n{{}}{Smuggled}", 400 },
            { "folded header", $"GET /api/v1 HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c\r\n\r\n{Smuggled}", 400 },
            { "NUL in a header", "GET /api/v1 HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n\r\n", 400 },
            { "no host", "GET /api/v1 HTTP/1.1\r\n\r\n", 400 },
            { "two hosts", "GET /api/v1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
            { "odd host", "GET /api/v1 HTTP/1.1\r\nHost: a b/c\r\n\r\n", 400 },
            { "another host in the target", "GET http://evil.example/api/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
            { "no version", "GET /api/v1\r\n\r\n", 400 },
            { "other version", "GET /api/v1 HTTP/3.7\r\nHost: localhost\r\n\r\n", 505 },
            { "odd method", "G@T /api/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
            { "TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\r\n\r\n", 400 },
            { "relative target", "GET api/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
            { "raw bytes in the path", "GET /api/v1/\u00ff\u00fe HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
            {
                "too many headers",
                $"GET /api/v1 HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 120).Select(i => $"X-{i}: a\r\n"))}\r\n",
                431
            },
            {
                "headers too large",
                $"GET /api/v1 HTTP/1.1\r\nHost: "
                    + $"localhost\r\n{string.Concat(Enumerable.Range(0, 5).Select(i => $"X-{i}: {new string('a', 8000)}\r\n"))}\r\n",
                431
            },
            { "line too long", $"GET /api/v1?{new string('a', 9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414 },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Request_Broken_IsRefusedOnceAndTheConnectionEnds(string what, string request, int status)
    {
        var answer = await server.SendAsync(request, TimeLimit);
        Assert.True(answer.Length > 0, $"{what}: no answer");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Single(StatusLine().Matches(answer));
        Assert.DoesNotContain("\r\nServer:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Body_ThatDoesNotCome_Is408AndEnds()
    {
        var watch = Stopwatch.StartNew();
        var answer = await server.SendAsync($"{Post}Content-Length: 1000\r\n\r\n{{\"email\"", TimeLimit);
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeLimit);
    }

    [Fact]
    public async Task Headers_ThatDoNotEnd_AreNotWaitedFor()
    {
        var answer = await server.SendAsync("GET /api/v1 HTTP/1.1\r\nHost: localhost\r\nX-A: ", TimeLimit);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task Method_Overridden_StaysWhatItIs()
    {
        var answer = await server.SendAsync(
            "POST /api/v1/auth/profile HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: GET\r\nContent-Length: 0\r\nConnection: "
                + "close\r\n\r\n",
            TimeLimit
        );
        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
    }

    [GeneratedRegex("^HTTP/1\\.1 ", RegexOptions.Multiline, 1000)]
    private static partial Regex StatusLine();
}
