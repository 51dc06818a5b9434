namespace YtOptimizer.Benchmarks.Simulation;

/// <summary>One worker process: claims for all of its free places at once, runs, completes in batches.</summary>
internal sealed class SimulatedWorker(
    EventClock clock,
    SimulatedDatabase database,
    Scenario scenario,
    Random random,
    Queue<Job> queue,
    Action<Job> ended
)
{
    private readonly Cores cores = new(clock, scenario.WorkerCores);
    private List<Job> completing = [];
    private bool claims;
    private bool commits;
    private int running;

    public double Utilisation => cores.Utilisation;

    private bool IsFree => !claims && running < scenario.Concurrency;

    /// <summary>A hint reaches every worker; the first that is free takes the job. A claim that finds nothing is not simulated.</summary>
    public void WakeUp(IReadOnlyList<SimulatedWorker> all)
    {
        var worker = IsFree ? this : all.FirstOrDefault(other => other.IsFree);
        worker?.Claim();
    }

    private void Claim()
    {
        var jobs = Math.Min(scenario.Concurrency - running, queue.Count);
        if (claims || jobs == 0)
        {
            return;
        }

        claims = true;
        var taken = Enumerable.Range(0, jobs).Select(_ => queue.Dequeue()).ToList();
        running += jobs;
        database.Write(Assumed.Claim + (jobs * Assumed.ClaimPerJob), () =>
        {
            claims = false;
            taken.ForEach(Start);
            Claim();
        });
    }

    private void Start(Job job)
    {
        job.Started = clock.Now;
        for (var i = 0; i < Assumed.ProgressPerJob; i++)
        {
            database.Write(Assumed.Progress, () => { });
        }

        for (var i = 0; i < Assumed.OtherReadsPerJob; i++)
        {
            database.Read(Assumed.OtherRead, () => { });
        }

        cores.Serve(Analysis(), () =>
        {
            if (scenario.HasModel)
            {
                clock.After(5 + (15 * random.NextDouble()), () => Store(job, Assumed.EffectsPerJob));
            }
            else
            {
                Store(job, Assumed.EffectsPerJob);
            }
        });
    }

    private void Store(Job job, int effects)
    {
        if (effects > 0)
        {
            database.Write(Assumed.Effect, () => Store(job, effects - 1));
            return;
        }

        completing.Add(job);
        Complete();
    }

    private void Complete()
    {
        if (commits || completing.Count == 0)
        {
            return;
        }

        commits = true;
        var together = completing;
        completing = [];
        database.Write(Assumed.Complete + (together.Count * Assumed.CompletePerJob), () =>
        {
            commits = false;
            running -= together.Count;
            together.ForEach(ended);
            Complete();
            Claim();
        });
    }

    /// <summary>Log-normal: the 95th percentile is <see cref="Assumed.AnalysisTail"/> medians.</summary>
    private double Analysis()
    {
        var sigma = Math.Log(Assumed.AnalysisTail) / 1.645;
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Assumed.AnalysisMedian * Math.Exp(sigma * normal);
    }
}
