using YtOptimizer.ServiceDefaults;

namespace YtOptimizer.Tests;

public class SmokeTests
{
    [Fact]
    public void Names_AreStable() => Assert.Equal("ytoptimizer", ResourceNames.Database);
}
