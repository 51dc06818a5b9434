namespace YtOptimizer.Benchmarks.Simulation;

/// <summary>A clock that jumps from one event to the next. Seconds; of one time, the event planned first is first.</summary>
internal sealed class EventClock
{
    private readonly PriorityQueue<Action, (double At, long Order)> planned = new();
    private long order;

    public double Now { get; private set; }

    public void After(double seconds, Action happens) => planned.Enqueue(happens, (Now + seconds, order++));

    public void Run(double seconds)
    {
        while (planned.TryPeek(out _, out var next) && next.At <= seconds)
        {
            Now = next.At;
            planned.Dequeue()();
        }

        Now = seconds;
    }
}

/// <summary>Cores that serve whoever came first; the others wait.</summary>
internal sealed class Cores(EventClock clock, int count)
{
    private readonly Queue<(double Seconds, Action Done)> waiting = new();
    private int busy;
    private double worked;

    /// <summary>Share of the time in which a core worked, from the start of the clock.</summary>
    public double Utilisation => worked / (count * clock.Now);

    public void Serve(double seconds, Action done)
    {
        if (busy == count)
        {
            waiting.Enqueue((seconds, done));
            return;
        }

        busy++;
        worked += seconds;
        clock.After(seconds, () =>
        {
            busy--;
            if (waiting.TryDequeue(out var next))
            {
                Serve(next.Seconds, next.Done);
            }

            done();
        });
    }
}

/// <summary>PostgreSQL: statements take a core each; commits that wait while the log is flushed share the next flush.</summary>
internal sealed class SimulatedDatabase(EventClock clock, int cores, double flushSeconds)
{
    private readonly Cores processor = new(clock, cores);
    private List<Action> committing = [];
    private bool flushing;

    public double Utilisation => processor.Utilisation;

    public long Flushes { get; private set; }

    public long Statements { get; private set; }

    public void Read(double seconds, Action done)
    {
        Statements++;
        processor.Serve(seconds, done);
    }

    public void Write(double seconds, Action done)
    {
        Statements++;
        processor.Serve(seconds, () =>
        {
            committing.Add(done);
            Flush();
        });
    }

    private void Flush()
    {
        if (flushing || committing.Count == 0)
        {
            return;
        }

        flushing = true;
        Flushes++;
        var together = committing;
        committing = [];
        clock.After(flushSeconds, () =>
        {
            flushing = false;
            together.ForEach(done => done());
            Flush();
        });
    }
}
