using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.Queue;

/// <summary>Tells the dispatcher to look at the queue.</summary>
internal sealed class DispatchSignal : Signal;
