namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Counts the steps of one analysis (characters looked at, candidates weighed) and looks at its cancellation token every few thousand
/// steps, which is well under a millisecond. An analysis runs on one thread from start to end, so the meter is found there and no scanner
/// needs a parameter for it.
/// </summary>
internal sealed class WorkMeter : IDisposable
{
    private const int StepsBetweenLooks = 4096;

    [ThreadStatic]
    private static WorkMeter? current;

    private readonly CancellationToken token;
    private readonly Action<long>? onLook;
    private readonly WorkMeter? outer;
    private long nextLook = StepsBetweenLooks;

    private WorkMeter(Action<long>? onLook, WorkMeter? outer, CancellationToken token)
    {
        this.token = token;
        this.onLook = onLook;
        this.outer = outer;
    }

    /// <summary>Steps counted so far.</summary>
    public long Steps { get; private set; }

    public static WorkMeter Start(CancellationToken token) => Start(null, token);

    /// <summary>Meters the work of this thread until disposed; a meter inside another one counts for both and watches both
    /// tokens.</summary>
    /// <param name="onLook">Called with the steps so far at each look, before the token is asked.</param>
    public static WorkMeter Start(Action<long>? onLook, CancellationToken token)
    {
        StaticTables.Initialise();
        token.ThrowIfCancellationRequested();
        return current = new WorkMeter(onLook, current, token);
    }

    /// <summary>No work of this thread is counted until disposed: for what outlives the analysis.</summary>
    public static Unmetered Pause()
    {
        var paused = new Unmetered(current);
        current = null;
        return paused;
    }

    /// <exception cref="OperationCanceledException">The analysis was cancelled or has used up its time.</exception>
    public static void Count(int steps = 1) => current?.Add(steps);

    public void Dispose() => current = outer;

    private void Add(int steps)
    {
        Steps += steps;
        if (Steps >= nextLook)
        {
            nextLook = Steps + StepsBetweenLooks;
            onLook?.Invoke(Steps);
            token.ThrowIfCancellationRequested();
        }

        outer?.Add(steps);
    }

    /// <summary>Ends a pause.</summary>
    public readonly struct Unmetered : IDisposable
    {
        private readonly WorkMeter? paused;

        internal Unmetered(WorkMeter? paused) => this.paused = paused;

        public void Dispose() => current = paused;
    }
}
