namespace YtOptimizer.Core.Jobs;

/// <summary>
/// When a job is taken for the cause of its workers' deaths. A process that is killed from outside takes healthy jobs with it, so dying
/// near a death proves little: from the second crash on a job is a suspect and runs in a process of its own, and only that process's death
/// under a living worker condemns it, or workers that died with nothing else running.
/// </summary>
public static class CrashPolicy
{
    /// <summary>Crashes after which a job runs apart.</summary>
    public const int SuspectAfter = 2;

    /// <summary>Workers that died while they ran this job alone, after which it is set aside.</summary>
    public const int MostAlone = 3;

    /// <summary>Crashes of any kind after which a job is set aside: a bound, so that nothing circulates for ever.</summary>
    public const int MostCrashes = 10;
}
