using YtOptimizer.Worker;
using YtOptimizer.Worker.Commands;
using YtOptimizer.Worker.Queue;

if (args is [IsolatedJobProcess.Verb, .. var suspect])
{
    return await IsolatedJobHost.RunAsync(suspect);
}

// A verb ("db push", "--help") does one chore and ends; without one the worker runs.
if (CommandLine.IsVerb(args))
{
    return await CommandLine.RunAsync(args);
}

await WorkerHost.RunAsync(args);
return Environment.ExitCode;
