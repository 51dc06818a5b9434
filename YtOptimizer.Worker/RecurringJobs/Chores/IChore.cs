namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>Something the fleet does once a day or a week.</summary>
internal interface IChore
{
    /// <summary>Key of its row in <c>maintenance_runs</c>, shared with the verb that does the same by hand.</summary>
    string Name { get; }

    TimeSpan Every { get; }

    /// <summary>False: not set up here; another process may be.</summary>
    bool IsEnabled { get; }

    /// <returns>The result in a few words, for <c>doctor</c>.</returns>
    /// <exception cref="ChoreFailedException">It ran and found something wrong; the text says what to do.</exception>
    Task<string> RunAsync(CancellationToken ct);
}

/// <summary>A finding that operators must hear of.</summary>
internal sealed class ChoreFailedException(string message) : Exception(message);
