using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Performance;

/// <summary>
/// Reads from <c>/health</c> what a process has allocated so far, and takes off what it allocates without the requests that are measured:
/// pulses, snapshots of metrics, and the reading itself.
/// </summary>
internal sealed class AllocationProbe(HttpClient client)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(6);
    private double perReading;
    private double perSecond;

    public sealed record Reading(long Bytes, long At);

    /// <summary>Learns what the process allocates by itself.</summary>
    public async Task CalibrateAsync()
    {
        const int Readings = 60;
        for (var i = 0; i < Readings; i++)
        {
            await ReadAsync();
        }

        var first = await ReadAsync();
        for (var i = 1; i < Readings; i++)
        {
            await ReadAsync();
        }

        perReading = ((await ReadAsync()).Bytes - first.Bytes) / (double)Readings;
        var start = await ReadAsync();
        await Eventually.TrueAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(start.At) > Quiet), "some seconds of silence");
        var end = await ReadAsync();
        perSecond = (end.Bytes - start.Bytes - perReading) / TimeProvider.System.GetElapsedTime(start.At, end.At).TotalSeconds;
    }

    public async Task<Reading> ReadAsync()
    {
        var health = await client.GetFromJsonAsync<JsonElement>(
            new Uri("/health", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var bytes = health.GetProperty("metrics").GetProperty("memory").GetProperty("allocatedBytes").GetInt64();
        return new Reading(bytes, TimeProvider.System.GetTimestamp());
    }

    /// <summary>Bytes of the requests between two readings.</summary>
    public double Between(Reading before, Reading after) =>
        after.Bytes - before.Bytes - perReading - (perSecond * TimeProvider.System.GetElapsedTime(before.At, after.At).TotalSeconds);
}
