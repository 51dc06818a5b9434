using System.Net.Http.Json;
using System.Text.Json;

namespace YtOptimizer.Tests.Performance;

/// <summary>
/// Reads from <c>/health</c> what a process has allocated so far, and takes off what the reading itself allocates. What the process does
/// in the background now and then (pulses, snapshots of metrics, batches of logs) is in some windows and not in others: of several windows
/// the cheapest is the one to compare.
/// </summary>
internal sealed class AllocationProbe(HttpClient client)
{
    private double perReading;

    /// <summary>Learns what a reading allocates.</summary>
    public async Task CalibrateAsync()
    {
        const int Rounds = 4;
        const int Readings = 60;
        perReading = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var first = await ReadAsync();
            for (var i = 1; i < Readings; i++)
            {
                await ReadAsync();
            }

            perReading = Math.Min(perReading, (await ReadAsync() - first) / (double)Readings);
        }
    }

    /// <summary>Bytes allocated since the process started.</summary>
    public async Task<long> ReadAsync()
    {
        var health = await client.GetFromJsonAsync<JsonElement>(
            new Uri("/health", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        return health.GetProperty("metrics").GetProperty("memory").GetProperty("allocatedBytes").GetInt64();
    }

    /// <summary>Bytes of the requests between two readings.</summary>
    public double Between(long before, long after) => after - before - perReading;
}
