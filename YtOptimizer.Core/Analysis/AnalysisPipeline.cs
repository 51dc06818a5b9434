namespace YtOptimizer.Core.Analysis;

/// <summary>One analysis from request to outcome: source chain, deterministic analysis, candidates of a language model. Stores nothing but the ledger.</summary>
public sealed class AnalysisPipeline(InputAssembler assembler, Analyzer analyzer)
{
    /// <summary>Runs the analysis; progress never goes backwards.</summary>
    /// <exception cref="AnalysisException">It cannot be completed; the code says why, the message what to do.</exception>
    public async Task<AnalysisOutcome> RunAsync(AnalysisRequest request, AnalysisRun run, IProgress<AnalysisProgress> progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(run);
        var report = new MonotonicProgress(progress);
        report.To(20, "metadata");
        var assembled = await assembler.AssembleAsync(request, ct);
        report.To(40, "analyzing");
        var result = analyzer.Analyze(assembled.Input, new AnalysisOptions());
        report.To(90, "saving");
        return new AnalysisOutcome
        {
            Result = result,
            Input = assembled.Input,
            VideoId = request.VideoId,
            VideoUrl = request.Url ?? "",
            ThumbnailUrl = assembled.ThumbnailUrl,
            Provenance = assembled.Provenance,
            Degraded = assembled.Degraded,
        };
    }

    /// <summary>Reports only what is further than the last report.</summary>
    private sealed class MonotonicProgress(IProgress<AnalysisProgress> inner)
    {
        private int last;

        public void To(int percent, string stage)
        {
            if (percent > last)
            {
                last = percent;
                inner.Report(new AnalysisProgress(percent, stage));
            }
        }
    }
}
