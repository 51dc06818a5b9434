using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YtOptimizer.Core;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Queue;

/// <summary>The other side of <see cref="IsolatedJobProcess"/>: runs the one job that its worker claimed, and ends with
/// that worker.</summary>
internal static class IsolatedJobHost
{
    /// <summary>Exit codes: 0 an end is written, 1 it is not.</summary>
    /// <param name="args">Job id, token, then configuration.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        // A stop is the worker's to decide; service managers signal all processes of a group.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        _ = EndWithTheWorkerAsync();
        if (
            args.Length < 2
            || !Guid.TryParse(args[0], out var id)
            || !long.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var token)
        )
        {
            await Console.Error.WriteLineAsync($"{IsolatedJobProcess.Verb} is for workers: they name a job and the token of their claim.");
            return 1;
        }

        var builder = Host.CreateApplicationBuilder(args[2..]);
        builder.AddServiceDefaults();
        builder.AddCore();
        WorkerSetup.AddJobQueue(builder.Services);
        using var host = builder.Build();
        if (await host.Services.GetRequiredService<JobLeases>().FindAsync(new JobLease(id, token), CancellationToken.None) is not { } job)
        {
            Say(IsolatedJobProcess.OutcomeMark + "lost");
            return 0;
        }

        await host.Services.GetRequiredService<CompletionBatch>().StartAsync(CancellationToken.None);
        var runner = host.Services.GetRequiredService<JobRunner>();
        Say(IsolatedJobProcess.RunningMark);
        var outcome = await runner.RunIsolatedAsync(job, () => Say(IsolatedJobProcess.SavingMark));
        Say(IsolatedJobProcess.OutcomeMark + outcome);
        return 0;
    }

    private static void Say(string mark)
    {
        Console.Out.WriteLine(mark);
        Console.Out.Flush();
    }

    private static async Task EndWithTheWorkerAsync()
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null);
        Environment.Exit(1);
    }
}
