using System.Collections.Concurrent;
using System.Globalization;

namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>
/// Ties child processes to the life of this process, so that nothing is left after a crash or <c>kill -9</c>.
/// Linux: the kernel sends the child a signal (<c>setpriv --pdeathsig</c>). Other Unix: a watchdog, see <see cref="ChildProcess"/>.
/// Windows: a job object, see <see cref="WindowsJob"/>.
/// </summary>
internal static class ProcessBinding
{
    private static readonly Lazy<Task<string?>> Setpriv = new(FindSetprivAsync);
    private static readonly Lazy<string?> Setsid = new(() => OperatingSystem.IsLinux() ? Tool.OnPath("setsid").FirstOrDefault() : null);
    private static readonly Lazy<BlockingCollection<Action>> Forks = new(StartForkThread);

    /// <summary>True when the kernel ends our children with us.</summary>
    public static async Task<bool> IsByKernelAsync() => OperatingSystem.IsWindows() || await Setpriv.Value is not null;

    /// <summary>
    /// Puts the helpers in front of a command: own session (Ctrl-C in the terminal must reach only us, we stop servers in order),
    /// death signal, other user. The helpers replace themselves by the command, so the process id is the command's.
    /// </summary>
    /// <param name="user">Account to run as, or null for our own; without setpriv the caller passes it as <see cref="System.Diagnostics.ProcessStartInfo.UserName"/>.</param>
    /// <param name="deathSignal">Signal on our death, for example <c>INT</c>; null for tools that end by themselves.</param>
    /// <param name="file">Program to run.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<(string File, List<string> Arguments)> WrapAsync(UnixUser? user, string? deathSignal, string file, IReadOnlyList<string> arguments)
    {
        var command = new List<string>();
        if (await Setpriv.Value is { } setpriv)
        {
            if (deathSignal is not null && Setsid.Value is { } setsid)
            {
                command.Add(setsid);
            }

            command.Add(setpriv);
            if (deathSignal is not null)
            {
                command.AddRange(["--pdeathsig", deathSignal]);
            }

            if (user is not null)
            {
                command.AddRange([
                    "--reuid", user.Id.ToString(CultureInfo.InvariantCulture),
                    "--regid", user.GroupId.ToString(CultureInfo.InvariantCulture),
                    "--clear-groups"]);
            }

            command.Add("--");
        }

        command.Add(file);
        command.AddRange(arguments);
        return (command[0], command[1..]);
    }

    /// <summary>
    /// Runs a fork on a thread that lives as long as the process: the kernel sends the death signal when the
    /// <em>thread</em> that forked ends, and thread-pool threads come and go.
    /// </summary>
    public static Task<T> ForkAsync<T>(Func<T> fork)
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

    private static BlockingCollection<Action> StartForkThread()
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

    // The BusyBox setpriv has no --pdeathsig.
    private static async Task<string?> FindSetprivAsync()
    {
        if (!OperatingSystem.IsLinux() || Tool.OnPath("setpriv").FirstOrDefault() is not { } path)
        {
            return null;
        }

        var help = await Tool.RunAsync(path, ["--help"], TimeSpan.FromSeconds(10), CancellationToken.None);
        return help?.Output.Contains("--pdeathsig", StringComparison.Ordinal) == true ? path : null;
    }
}
