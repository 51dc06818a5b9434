namespace YtOptimizer.Benchmarks.Simulation;

/// <summary>What a fleet is asked to carry, and what it consists of. Times in seconds.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Rate">Analyses submitted per second (exponential gaps).</param>
/// <param name="Apis">API processes: each reads the events of a moment with one statement.</param>
/// <param name="Workers">Worker processes.</param>
/// <param name="Concurrency">Jobs at once per worker (<c>Jobs__Concurrency</c>).</param>
/// <param name="WorkerCores">Cores of each worker.</param>
/// <param name="DatabaseCores">Cores of PostgreSQL.</param>
/// <param name="Pollers">Open pages that ask for their job by HTTP instead of listening to a stream.</param>
/// <param name="PollEvery">Seconds between two questions of such a page.</param>
/// <param name="HasModel">Whether a language model is waited for, uniformly 5 to 20 s.</param>
internal sealed record Scenario(
    string Name,
    double Rate,
    int Apis,
    int Workers,
    int Concurrency,
    int WorkerCores,
    int DatabaseCores,
    int Pollers,
    double PollEvery,
    bool HasModel
)
{
    /// <summary>The load of an ordinary day: two small APIs and two workers.</summary>
    public static readonly Scenario Today = new("1 ×", 5, 2, 2, 8, 1, 2, 100, 3, false);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Today,
        Today with
        {
            Name = "10 ×, same fleet",
            Rate = 50,
            Pollers = 1_000,
        },
        Today with
        {
            Name = "100 ×, same fleet",
            Rate = 500,
            Pollers = 10_000,
        },
        Hundredfold,
        Hundredfold with
        {
            Name = "100 ×, no streams: every page polls",
            Pollers = 50_000,
        },
        Hundredfold with
        {
            Name = "100 ×, half the database",
            DatabaseCores = 8,
        },
        Hundredfold with
        {
            Name = "100 ×, half the workers",
            Workers = 10,
        },
        Hundredfold with
        {
            Name = "100 ×, with a model",
            Workers = 40,
            Concurrency = 200,
            HasModel = true,
        },
    ];

    private static Scenario Hundredfold =>
        Today with
        {
            Name = "100 ×, grown fleet",
            Rate = 500,
            Apis = 12,
            Workers = 20,
            DatabaseCores = 16,
            Pollers = 10_000,
        };
}

/// <summary>Seconds of one core that each step takes in PostgreSQL, and what else is assumed. Sources in docs/SCALING.md.</summary>
internal static class Assumed
{
    public const double Submit = 0.0003;
    public const double Claim = 0.0002;
    public const double ClaimPerJob = 0.00008;
    public const double Complete = 0.0002;
    public const double CompletePerJob = 0.0001;

    /// <summary>Log of the analysis, stored result, notification, ledger: one transaction each.</summary>
    public const double Effect = 0.00012;
    public const int EffectsPerJob = 5;
    public const double Progress = 0.00006;
    public const int ProgressPerJob = 4;

    /// <summary>With the steps above, the 47 transactions that one analysis was measured to take.</summary>
    public const double OtherRead = 0.0001;
    public const int OtherReadsPerJob = 30;
    public const double ReadEvents = 0.0002;
    public const double ReadJob = 0.00012;

    /// <summary>A process that has nothing to do: at most two statements a second.</summary>
    public const double Idle = 0.0001;
    public const double IdleEvery = 0.5;

    /// <summary>From a commit to the arrival of its NOTIFY.</summary>
    public const double Notify = 0.001;

    public const double Flush = 0.001;

    /// <summary>An analysis takes a core for a time with this median, and this many times as long for the slowest twentieth.</summary>
    public const double AnalysisMedian = 0.0194;
    public const double AnalysisTail = 3.5;
}
