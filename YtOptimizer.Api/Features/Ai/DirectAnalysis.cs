using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Ai;

/// <summary>Runs the same pipeline as the jobs, without a job.</summary>
internal sealed class DirectAnalysis(AnalysisPipeline pipeline)
{
    private static readonly IProgress<JobProgress> Nobody = new Unheard();

    public Task<AnalysisOutcome> RunAsync(AnalysisRequest request, CurrentUser user, HttpContext context, CancellationToken ct) =>
        pipeline.RunAsync(request, new AnalysisRun(user.Id, null, 1, context.TraceIdentifier), Nobody, ct);

    private sealed class Unheard : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
            // The caller waits for the answer alone.
        }
    }
}
