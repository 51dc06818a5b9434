namespace YtOptimizer.Benchmarks.Simulation;

/// <summary>
/// The queue as it works: a submission is committed and told to the workers; a worker with free places claims as many jobs as it has
/// places; what ends while a completion is committed shares the next; each API reads the events of a moment with one statement.
/// </summary>
internal sealed class Fleet
{
    private readonly EventClock clock = new();
    private readonly Random random;
    private readonly Scenario scenario;
    private readonly SimulatedDatabase database;
    private readonly Queue<Job> queue = new();
    private readonly List<SimulatedWorker> workers = [];
    private readonly bool[] reads;

    public Fleet(Scenario scenario, int seed)
    {
        this.scenario = scenario;
        random = new Random(seed);
        database = new SimulatedDatabase(clock, scenario.DatabaseCores, Assumed.Flush);
        reads = new bool[scenario.Apis];
        for (var i = 0; i < scenario.Workers; i++)
        {
            workers.Add(new SimulatedWorker(clock, database, scenario, random, queue, Ended));
        }
    }

    private readonly List<double> waits = [];
    private readonly List<double> totals = [];
    private readonly List<double> submits = [];
    private readonly List<double> polls = [];
    private long submitted;

    public Result Run(double seconds)
    {
        clock.After(Exponential(1 / scenario.Rate), Submit);
        for (var i = 0; i < scenario.Pollers; i++)
        {
            clock.After(random.NextDouble() * scenario.PollEvery, Poll);
        }

        for (var i = 0; i < scenario.Apis + scenario.Workers; i++)
        {
            clock.After(random.NextDouble() * Assumed.IdleEvery, Idle);
        }

        clock.Run(seconds);
        return new Result(
            scenario,
            totals.Count / seconds,
            submitted - totals.Count,
            database.Utilisation,
            workers.Average(worker => worker.Utilisation),
            database.Statements / seconds,
            database.Flushes / seconds,
            Quantile(submits, 0.95),
            Quantile(polls, 0.95),
            Quantile(waits, 0.5),
            Quantile(waits, 0.95),
            Quantile(totals, 0.95)
        );
    }

    private void Submit()
    {
        clock.After(Exponential(1 / scenario.Rate), Submit);
        var job = new Job(clock.Now);
        submitted++;
        database.Write(Assumed.Submit, () =>
        {
            submits.Add(clock.Now - job.Submitted);
            queue.Enqueue(job);
            clock.After(Assumed.Notify, () => workers[random.Next(workers.Count)].WakeUp(workers));
        });
    }

    private void Poll()
    {
        var asked = clock.Now;
        clock.After(scenario.PollEvery, Poll);
        database.Read(Assumed.ReadJob, () => polls.Add(clock.Now - asked));
    }

    private void Idle()
    {
        clock.After(Assumed.IdleEvery, Idle);
        database.Read(Assumed.Idle, () => { });
    }

    private void Ended(Job job)
    {
        waits.Add(job.Started - job.Submitted);
        for (var api = 0; api < reads.Length; api++)
        {
            ReadEvents(api);
        }

        database.Read(Assumed.ReadJob, () => totals.Add(clock.Now - job.Submitted));
    }

    /// <summary>While an API reads, further hints wait for its next statement.</summary>
    private void ReadEvents(int api)
    {
        if (reads[api])
        {
            return;
        }

        reads[api] = true;
        clock.After(Assumed.Notify, () => database.Read(Assumed.ReadEvents, () => reads[api] = false));
    }

    private double Exponential(double mean) => -mean * Math.Log(1 - random.NextDouble());

    private static double Quantile(List<double> values, double share)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[(int)(share * (values.Count - 1))];
    }
}

/// <summary>One submission; times in seconds of the simulated clock.</summary>
internal sealed class Job(double submitted)
{
    public double Submitted { get; } = submitted;

    public double Started { get; set; }
}

/// <summary>Figures of one run; times in seconds, rates per second.</summary>
internal sealed record Result(
    Scenario Scenario,
    double Completed,
    long Left,
    double Database,
    double Workers,
    double Statements,
    double Flushes,
    double Submit95,
    double Poll95,
    double Wait50,
    double Wait95,
    double Total95
);
