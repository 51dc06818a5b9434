namespace YtOptimizer.Tests.Support.Servers;

/// <summary>What both servers share: identity, end, stop with escalation.</summary>
internal sealed class RunningServer(
    int port,
    int processId,
    string source,
    Task<int> exited,
    Func<CancellationToken, Task<bool>> isHealthy,
    IReadOnlyList<Action> stopSteps
) : IRunningServer
{
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(8);

    public int Port => port;

    public string Host => "127.0.0.1";

    public int ProcessId => processId;

    public string Source => source;

    public Task<int> Exited => exited;

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken) =>
        !exited.IsCompleted && await isHealthy(cancellationToken);

    /// <summary>Takes one step after the other, each harder than the one before, until the process has ended.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var step in stopSteps)
        {
            if (exited.IsCompleted)
            {
                return;
            }

            step();
            try
            {
                await exited.WaitAsync(StepTime, cancellationToken);
                return;
            }
            catch (TimeoutException)
            {
                // Next step.
            }
            catch (OperationCanceledException)
            {
                stopSteps[^1]();
                break;
            }
        }

        await exited;
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);
}
