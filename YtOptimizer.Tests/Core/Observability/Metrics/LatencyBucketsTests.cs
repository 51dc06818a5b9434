using CsCheck;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Tests.Core.Observability.Metrics;

public class LatencyBucketsTests
{
    [Fact]
    public void IndexOf_AnyDuration_FallsBetweenItsBounds() =>
        Gen.Double[0, 100]
            .Sample(seconds =>
            {
                var index = LatencyBuckets.IndexOf(seconds);
                Assert.True(index == LatencyBuckets.Bounds.Length || seconds <= LatencyBuckets.Bounds[index]);
                Assert.True(index == 0 || seconds > LatencyBuckets.Bounds[index - 1]);
            });

    [Fact]
    public void Quantile_NoObservations_IsNull() => Assert.Null(LatencyBuckets.Quantile(new long[14], 0.95));

    [Fact]
    public void Quantile_AnyCounts_NeverDecreasesWithTheQuantile() =>
        Gen.Long[0, 1000]
            .Array[14]
            .Where(c => c.Sum() > 0)
            .Sample(counts =>
            {
                double previous = 0;
                foreach (var quantile in new[] { 0.01, 0.25, 0.5, 0.75, 0.95, 0.99 })
                {
                    var value = LatencyBuckets.Quantile(counts, quantile)!.Value;
                    Assert.True(value >= previous);
                    previous = value;
                }
            });
}
