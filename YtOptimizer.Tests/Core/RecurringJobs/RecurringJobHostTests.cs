using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.RecurringJobs;

public sealed class RecurringJobHostTests
{
    private readonly FakeTimeProvider time = new();
    private readonly FakeLogger logger = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failures_AreLoggedOncePerSeries_AndTheNextRunComes()
    {
        var job = new Job(run => run is 2 or 3 or 5 ? throw new InvalidOperationException("broken") : Task.CompletedTask);
        await RunAsync(job, async () =>
        {
            for (var runs = 1; runs <= 6; runs++)
            {
                await job.HasRunAsync(runs);
                time.Advance(job.Interval);
            }
        });
        Assert.Equal(
            2,
            logger.Collector.GetSnapshot().Count(record => record.Message.StartsWith("Job failed: broken", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Signal_BringsTheNextRun()
    {
        using var due = new Signal();
        var job = new Job { Interval = TimeSpan.FromHours(1), Due = due };
        await RunAsync(job, async () =>
        {
            await job.HasRunAsync(1);
            due.Set();
            await job.HasRunAsync(2);
        });
    }

    [Fact]
    public async Task NotAtStart_TheFirstRunComesAfterAnInterval()
    {
        var job = new Job { RunsAtStart = false };
        await RunAsync(job, async () =>
        {
            // The loop may not wait yet when time goes on: it goes on until the loop does.
            await Eventually.TrueAsync(
                () =>
                {
                    time.Advance(job.Interval);
                    return Task.FromResult(job.Runs > 0);
                },
                "a run"
            );
        });
        Assert.True(job.RanAt[0] - job.StartedAt >= job.Interval);
    }

    [Fact]
    public async Task InfiniteInterval_RunsOnce()
    {
        var job = new Job { Interval = Timeout.InfiniteTimeSpan };
        await RunAsync(job, () => Eventually.TrueAsync(() => Task.FromResult(job.HasFinished), "the job's end"));
        Assert.Equal(1, job.Runs);
    }

    [Fact]
    public async Task Stop_EndsARunAndFinishesOnce()
    {
        var job = new Job { Endless = true };
        await RunAsync(job, () => job.HasRunAsync(1));
        Assert.True(job.HasFinished);
        Assert.Empty(logger.Collector.GetSnapshot());
    }

    [Fact]
    public void AddRecurringJob_HostsEachJobOnce()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddRecurringJob<One>().AddRecurringJob<Other>().AddRecurringJob<One>();
        using var provider = services.BuildServiceProvider();
        Assert.Equal(2, provider.GetServices<IHostedService>().OfType<RecurringJobHost>().Count());
    }

    private async Task RunAsync(Job job, Func<Task> whileRunning)
    {
        job.Time = time;
        job.StartedAt = time.GetUtcNow();
        using var host = new RecurringJobHost(job, time, logger);
        await host.StartAsync(Ct);
        await whileRunning();
        await host.StopAsync(Ct);
        Assert.Equal(1, job.Finishes);
    }

    private sealed class One : IRecurringJob
    {
        public TimeSpan Interval => TimeSpan.FromHours(1);

        public Task RunAsync(CancellationToken ct) => Task.CompletedTask;
    }

    private sealed class Other : IRecurringJob
    {
        public TimeSpan Interval => TimeSpan.FromHours(1);

        public Task RunAsync(CancellationToken ct) => Task.CompletedTask;
    }

    private sealed class Job(Func<int, Task>? run = null) : IRecurringJob
    {
        private int runs;

        public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

        public Signal? Due { get; init; }

        public bool RunsAtStart { get; init; } = true;

        public bool Endless { get; init; }

        public TimeProvider Time { get; set; } = TimeProvider.System;

        public DateTimeOffset StartedAt { get; set; }

        public List<DateTimeOffset> RanAt { get; } = [];

        public int Runs => Volatile.Read(ref runs);

        public int Finishes { get; private set; }

        public bool HasFinished => Finishes > 0;

        public async Task RunAsync(CancellationToken ct)
        {
            RanAt.Add(Time.GetUtcNow());
            var number = Interlocked.Increment(ref runs);
            if (Endless)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            }

            await (run?.Invoke(number) ?? Task.CompletedTask);
        }

        public Task FinishAsync()
        {
            Finishes++;
            return Task.CompletedTask;
        }

        public Task HasRunAsync(int count) => Eventually.TrueAsync(() => Task.FromResult(Runs >= count), $"run {count}");
    }
}
