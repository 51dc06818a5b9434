using System.Text;
using Aspire.Hosting.ApplicationModel;
using YtOptimizer.AppHost.LocalRuntime.Running;

namespace YtOptimizer.Tests.AppHost.LocalRuntime;

public sealed class RestartPolicyTests
{
    [Fact]
    public void NextDelay_CrashAfterCrash_DoublesUpToTheLimit()
    {
        var policy = new RestartPolicy();

        var delays = Enumerable.Range(0, 10).Select(_ => policy.NextDelay(TimeSpan.FromSeconds(1)).TotalSeconds).ToArray();

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30], delays);
    }

    [Fact]
    public void NextDelay_AfterStability_BeginsAnew()
    {
        var policy = new RestartPolicy();
        for (var i = 0; i < 100; i++)
        {
            policy.NextDelay(TimeSpan.Zero);
        }

        Assert.Equal(RestartPolicy.FirstDelay, policy.NextDelay(RestartPolicy.Stable));
        Assert.Equal(1, policy.Crashes);
    }

    // Test vectors of the reference implementation.
    [Theory]
    [InlineData("", 0x02CC5D05u)]
    [InlineData("a", 0x550D7456u)]
    [InlineData("abc", 0x32D153FFu)]
    [InlineData("Nobody inspects the spammish repetition", 0xE2293B2Fu)]
    public void XxHash32_KnownTexts_HaveKnownHashes(string text, uint expected)
        => Assert.Equal(expected, ConditionalName.XxHash32(Encoding.UTF8.GetBytes(text)));
}
