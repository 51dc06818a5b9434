using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Api.Realtime;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Tests.Realtime;

public class RealtimeDrainTests
{
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void HasBegun_StoppingWithADrain_OnlyAfterLoadBalancersCouldNotice()
    {
        using var drain = Create(seconds: 3);
        lifetime.StopApplication();
        time.Advance(TimeSpan.FromSeconds(1.4));
        Assert.False(drain.HasBegun);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(drain.HasBegun);
        Assert.True(drain.Token.IsCancellationRequested);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    public void HasBegun_StoppingWithoutADrain_AtOnce(int? seconds)
    {
        using var drain = Create(seconds);
        Assert.False(drain.HasBegun);
        lifetime.StopApplication();
        Assert.True(drain.HasBegun);
    }

    private RealtimeDrain Create(int? seconds) => new(lifetime, Options.Create(new ProcessOptions { DrainSeconds = seconds }), time);
}
