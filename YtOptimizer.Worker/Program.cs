using YtOptimizer.Worker;
using YtOptimizer.Worker.Commands;

// A verb ("db push", "--help") does one chore and ends; without one the worker runs.
if (CommandLine.IsVerb(args))
{
    return await CommandLine.RunAsync(args);
}

await WorkerHost.RunAsync(args);
return Environment.ExitCode;
