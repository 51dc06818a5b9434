using YtOptimizer.Core;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Handlers;

/// <summary>Runs the jobs of some types. Throws <see cref="AnalysisException"/> for failures with a meaning;
/// <see cref="UnreadablePayloadException"/> when the payload makes no sense.</summary>
internal interface IJobHandler
{
    IReadOnlyCollection<string> JobTypes { get; }

    /// <summary>Does the work. May run twice; everything that must happen once belongs into <see cref="JobResult.Effects"/>.</summary>
    Task<JobResult> RunAsync(ClaimedJob job, IProgress<JobProgress> progress, CancellationToken ct);
}

/// <summary>What a job leaves behind, written together with its completion or not at all.</summary>
/// <param name="Effects">Rows to write in the fenced transaction; null when there are none.</param>
/// <param name="Json">The job's result column.</param>
/// <param name="Title">Title found out by the job.</param>
internal sealed record JobResult(Func<DbScope, Task>? Effects = null, string? Json = null, string? Title = null)
{
    public static readonly JobResult Nothing = new();
}

/// <summary>The payload cannot be read; trying again cannot help.</summary>
internal sealed class UnreadablePayloadException(string message, Exception? innerException = null) : Exception(message, innerException);
