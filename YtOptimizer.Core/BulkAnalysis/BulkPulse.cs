using Microsoft.Extensions.Options;
using Npgsql;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.BulkAnalysis;

/// <summary>The worker's periodic look at batches: videos that wait and have room, batches that are done.</summary>
public sealed class BulkPulse(IOptions<BulkOptions> options, IOptions<JobOptions> jobs)
    : PulsePart("bulk", TimeSpan.FromSeconds((jobs ?? throw new ArgumentNullException(nameof(jobs))).Value.PollSeconds)),
        IDisposable
{
    public Signal FeedDue { get; } = new();

    public override string Sql => $"EXISTS (SELECT 1 FROM bulk_analyses b WHERE {BulkFeeder.DueFilter})";

    public override void Bind(NpgsqlParameterCollection parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.AddWithValue("bulk_room", options.Value.QueuedPerUser);
        parameters.AddWithValue("bulk_depth", jobs.Value.UserDepth);
    }

    public override void Take(string? answer, long asked)
    {
        if (answer is "true")
        {
            FeedDue.Set();
        }
    }

    public void Dispose() => FeedDue.Dispose();
}
