using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using YtOptimizer.Core;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Queue;

/// <summary>
/// Runs a suspect (see <see cref="CrashPolicy"/>) in a process of its own: what it does to that process harms no other job, and the worker
/// sees whether the job itself ends its process. The worker keeps the lease alive; the process presents the same fencing token and
/// writes the end itself. Started without a library, because its standard input must stay open: its end tells the process that the
/// worker is gone.
/// </summary>
internal sealed partial class IsolatedJobProcess(JobFinalizer endings, TimeProvider time, ILogger<IsolatedJobProcess> logger)
{
    /// <summary>First argument of the process; then job id, token and the worker's own arguments.</summary>
    public const string Verb = "run-suspect";

    // What it writes besides log lines.
    public const string RunningMark = "#suspect running";
    public const string SavingMark = "#suspect saving";
    public const string OutcomeMark = "#suspect ended ";

    // Whoever kills a whole group of processes kills the worker a moment later: then the job is not blamed.
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(1);

    private const string PoisonMessage =
        "The analysis ended its process several times and is set aside. Support can look into it and start it again.";

    /// <summary>Returns the outcome that the process wrote, or judges its death.</summary>
    /// <exception cref="OperationCanceledException">The job was told to stop; its process is gone.</exception>
    public async Task<string> RunAsync(RunningJob entry)
    {
        var (hasBegun, outcome) = (false, (string?)null);
        using var process = new Process { StartInfo = Command(entry.Job) };
        process.OutputDataReceived += (_, line) =>
        {
            switch (line.Data)
            {
                case RunningMark:
                    hasBegun = true;
                    break;
                case SavingMark:
                    entry.BeginSaving();
                    break;
                case { } text when text.StartsWith(OutcomeMark, StringComparison.Ordinal):
                    outcome = text[OutcomeMark.Length..];
                    break;
                case { } text:
                    Console.Out.WriteLine(text);
                    break;
            }
        };
        process.ErrorDataReceived += (_, line) => Forward(line.Data);
        Log.Started(logger, entry.Job.Id, entry.Job.Crashes);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(entry.Stopping);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        if (outcome is not null)
        {
            return outcome;
        }

        entry.Stopping.ThrowIfCancellationRequested();
        entry.BeginSaving();
        await Task.Delay(SettleTime, time);
        return hasBegun
            ? await endings.PoisonAsync(entry.Job, PoisonMessage, process.ExitCode)
            : await endings.FailedAsync(
                entry.Job,
                new AnalysisException("internal_error", "The analysis could not be started. It is tried again.", isTransient: true)
            );
    }

    private static ProcessStartInfo Command(ClaimedJob job)
    {
        var worker = typeof(IsolatedJobProcess).Assembly;
        var self = Environment.ProcessPath ?? "dotnet";
        var name = Path.GetFileNameWithoutExtension(self);
        var isWorker = System.Reflection.Assembly.GetEntryAssembly() == worker;
        var info =
            name == worker.GetName().Name
                ? new ProcessStartInfo(self)
                : new ProcessStartInfo(name == "dotnet" ? self : "dotnet", [worker.Location]);
        foreach (
            var argument in (string[])
                [
                    Verb,
                    job.Id.ToString(),
                    job.LeaseToken.ToString(CultureInfo.InvariantCulture),
                    .. isWorker ? Environment.GetCommandLineArgs()[1..] : [],
                ]
        )
        {
            info.ArgumentList.Add(argument);
        }

        // Closed with the worker, however that ends: the process then ends too.
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        info.UseShellExecute = false;
        return info;
    }

    private static void Forward(string? line)
    {
        if (line is not null)
        {
            Console.Error.WriteLine(line);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Job {JobId} was running when {Crashes} workers went silent; it runs in a process of its own.")]
        public static partial void Started(ILogger logger, Guid jobId, int crashes);
    }
}
