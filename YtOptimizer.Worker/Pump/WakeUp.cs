using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.Pump;

/// <summary>Tells the pump to look at the queue.</summary>
internal sealed class WakeUp : Signal;
