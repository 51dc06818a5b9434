using System.Net;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Tests.Hosting;

/// <summary>Name resolution and dialling are replaced, so that nothing leaves this machine even where the guard would fail.</summary>
public class OutboundHttpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> InwardHosts() =>
        [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "0x7f.1",
            "127.255.255.254",
            "localhost",
            "0.0.0.0",
            "0",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.254",
            "192.168.0.1",
            "192.168.255.255",
            "169.254.169.254",
            "169.254.170.2",
            "[fe80::1]",
            "[fd00:ec2::254]",
            "[fc00::1]",
            "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]",
            "0xa9fea9fe",
            "2852039166",
            "0251.0376.0251.0376",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.254",
            "192.0.0.192",
            "198.18.0.1",
            "198.19.255.254",
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "[64:ff9b::7f00:1]",
            "[64:ff9b::a9fe:a9fe]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b:1::1]",
            "[2002:7f00:1::]",
            "[2002:a00:1::]",
            "[2001::1]",
            "[2001:db8::1]",
            "[ff02::1]",
            "[100::1]",
            "[5f00::1]",
            "[fec0::1]",
            "metadata.google.internal",
            "rebind.example",
        ];

    [Theory]
    [MemberData(nameof(InwardHosts))]
    public async Task Get_InwardAddress_IsNeverDialled(string host)
    {
        var dialled = new List<IPEndPoint>();
        using var client = Client(new OutboundOptions(), dialled, name => name switch
            {
                "localhost" => [IPAddress.Loopback, IPAddress.IPv6Loopback],
                "metadata.google.internal" => [IPAddress.Parse("169.254.169.254")],
                "rebind.example" => [IPAddress.Parse("10.0.0.7"), IPAddress.Parse("127.0.0.1")],
                // What inet_aton makes of the odd notations, in case the platform passes them through.
                _ => [IPAddress.Loopback],
            });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://{host}/"), Ct));
        Assert.Empty(dialled);
    }

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("2606:2800:220:1::1")]
    [InlineData("64:ff9b::5db8:d822")]
    public async Task Get_PublicAddress_IsDialledAsResolved(string address)
    {
        var dialled = new List<IPEndPoint>();
        using var client = Client(new OutboundOptions(), dialled, _ => [IPAddress.Parse(address)]);
        using var response = await client.GetAsync(new Uri("http://service.example/"), Ct);
        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), 80), Assert.Single(dialled));
    }

    [Fact]
    public async Task Get_NameThatTurnsInwards_IsCheckedOnTheAddressThatIsDialled()
    {
        var dialled = new List<IPEndPoint>();
        var answers = new Queue<IPAddress>([IPAddress.Parse("93.184.216.34"), IPAddress.Loopback]);
        using var client = Client(new OutboundOptions(), dialled, _ => [answers.Dequeue()]);
        client.DefaultRequestHeaders.ConnectionClose = true;
        using (await client.GetAsync(new Uri("http://rebind.example/"), Ct)) { }

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://rebind.example/"), Ct));
        Assert.Single(dialled);
    }

    [Fact]
    public async Task Get_OperatorsOwnBaseUrl_MayBePrivateButOnlyThatHostAndPort()
    {
        var dialled = new List<IPEndPoint>();
        using var client = Client(new OutboundOptions { BaseAddress = new Uri("http://127.0.0.1:11434/v1/") }, dialled, _ =>
            [IPAddress.Loopback]
        );
        using (await client.GetAsync(new Uri("http://127.0.0.1:11434/v1/models"), Ct)) { }

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://127.0.0.1:5432/"), Ct));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://localhost:11434/"), Ct));
        Assert.Equal(11434, Assert.Single(dialled).Port);
    }

    [Theory]
    [InlineData("http://ollama:11434/", true)]
    [InlineData("http://localhost:11434/", true)]
    [InlineData("http://llm.svc.cluster.local:11434/", true)]
    [InlineData("http://host.docker.internal:11434/", true)]
    [InlineData("http://[::1]:11434/", true)]
    [InlineData("https://api.openai.com/", false)]
    [InlineData("http://models.example.com:11434/", false)]
    public async Task Get_BaseUrlByName_MayBePrivateOnlyIfTheNameSaysSo(string baseUrl, bool allowed)
    {
        var dialled = new List<IPEndPoint>();
        using var client = Client(new OutboundOptions { AlsoChosen = [new Uri(baseUrl)] }, dialled, _ => [IPAddress.Parse("10.1.2.3")]);
        var error = await Record.ExceptionAsync(() =>
            client.GetAsync(
                new Uri(
                    baseUrl.Replace("https:", "http:", StringComparison.Ordinal).Replace(".com/", ".com:443/", StringComparison.Ordinal)
                ),
                Ct
            )
        );
        Assert.Equal(allowed, error is null);
        Assert.Equal(allowed ? 1 : 0, dialled.Count);
    }

    [Theory]
    [InlineData("models.example.com", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3", true)]
    [InlineData("10.2.0.0/16, other.example", "10.1.2.3", false)]
    public async Task Get_PrivateAddress_IsDialledWhenOnTheAllowList(string allow, string address, bool allowed)
    {
        var dialled = new List<IPEndPoint>();
        using var client = Client(new OutboundOptions { Allow = OutboundAllowList.Parse(allow, out _) }, dialled, _ =>
            [IPAddress.Parse(address)]
        );
        Assert.Equal(allowed, await Record.ExceptionAsync(() => client.GetAsync(new Uri("http://models.example.com/"), Ct)) is null);
        Assert.Equal(allowed ? 1 : 0, dialled.Count);
    }

    [Fact]
    public async Task Get_Redirect_IsNotFollowed()
    {
        var dialled = new List<IPEndPoint>();
        using var client = Client(
            new OutboundOptions(),
            dialled,
            _ => [IPAddress.Parse("93.184.216.34")],
            "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
        );
        using var response = await client.GetAsync(new Uri("http://service.example/"), Ct);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Single(dialled);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")]
    public async Task Get_TooLargeAnswer_IsAnErrorAlsoForStreams(string head)
    {
        var services = new ServiceCollection();
        services
            .AddOutboundHttpClient("probe", (o, _) => o.MaxResponseBytes = 1000)
            .ConfigurePrimaryHttpMessageHandler(() =>
                OutboundHttp.CreateHandler(
                    new OutboundOptions(),
                    (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34")]),
                    (_, _) => Task.FromResult<Stream>(new Answer(head + new string('x', 5000)))
                )
            );
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("probe");
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var response = await client.GetAsync(new Uri("http://service.example/"), HttpCompletionOption.ResponseHeadersRead, Ct);
            await using var stream = await response.Content.ReadAsStreamAsync(Ct);
            await stream.CopyToAsync(Stream.Null, Ct);
        });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetStringAsync(new Uri("http://service.example/"), Ct));
    }

    private static HttpClient Client(
        OutboundOptions options,
        List<IPEndPoint> dialled,
        Func<string, IPAddress[]> resolve,
        string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    ) =>
        new(
            OutboundHttp.CreateHandler(
                options,
                (host, _) => Task.FromResult(resolve(host)),
                (endpoint, _) =>
                {
                    dialled.Add(endpoint);
                    return Task.FromResult<Stream>(new Answer(answer));
                }
            )
        );

    /// <summary>A connection that swallows the request and plays back an answer.</summary>
    private sealed class Answer(string text) : Stream
    {
        private readonly MemoryStream content = new(System.Text.Encoding.ASCII.GetBytes(text));
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await asked.Task.WaitAsync(cancellationToken);
            return await content.ReadAsync(buffer, cancellationToken);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            asked.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => content.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => asked.TrySetResult();
    }
}
