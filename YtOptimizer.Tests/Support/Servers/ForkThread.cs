using System.Collections.Concurrent;

namespace YtOptimizer.Tests.Support.Servers;

/// <summary>
/// Starts processes from a thread that lives as long as this process: the kernel sends the death signal (<c>setpriv --pdeathsig</c>) when
/// the <em>thread</em> that forked ends, and thread-pool threads come and go.
/// </summary>
internal static class ForkThread
{
    private static readonly Lazy<BlockingCollection<Action>> Forks = new(Start);

    public static Task<T> RunAsync<T>(Func<T> fork)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Forks.Value.Add(() =>
        {
            try
            {
                done.SetResult(fork());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        var forks = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var fork in forks.GetConsumingEnumerable())
            {
                fork();
            }
        })
        {
            IsBackground = true,
            Name = "server launcher",
        };
        thread.Start();
        return forks;
    }
}
