using CsCheck;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Tests.Core.Jobs;

public class BackOffTests
{
    [Fact]
    public void After_AnyAttempt_StaysBetweenTheWishAndTheLongestWait() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[0, 0.999], Gen.Double[0, 2000])
            .Sample(
                (attempt, jitter, asked) =>
                {
                    var wait = BackOff.After(attempt, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(asked), jitter);
                    // A time span counts in ticks of 100 ns.
                    Assert.InRange(wait.TotalSeconds, Math.Min(asked, BackOff.Longest.TotalSeconds) - 1e-6, BackOff.Longest.TotalSeconds);
                }
            );

    [Fact]
    public void After_EachAttempt_DoublesWithJitterInTheUpperHalf()
    {
        Assert.Equal(1, BackOff.After(1, TimeSpan.FromSeconds(2), null, 0).TotalSeconds);
        Assert.Equal(2, BackOff.After(2, TimeSpan.FromSeconds(2), null, 0).TotalSeconds);
        Assert.InRange(BackOff.After(3, TimeSpan.FromSeconds(2), null, 0.999).TotalSeconds, 7.9, 8);
    }
}
