namespace YtOptimizer.Core.Analysis;

/// <summary>One analysis from request to outcome. This version works on what the user sent.</summary>
public sealed class AnalysisPipeline(Analyzer analyzer)
{
    public Task<AnalysisOutcome> RunAsync(AnalysisRequest request, AnalysisRun run, IProgress<AnalysisProgress> progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        ct.ThrowIfCancellationRequested();
        var transcript = request.Transcript ?? request.Metadata?.Transcript;
        var input = new VideoInput
        {
            Title = request.Metadata?.Title ?? throw new AnalysisException("metadata_missing", "Nothing is known about this video. Send at least its title in metadata."),
            Description = request.Metadata.Description ?? "",
            Tags = request.Metadata.Tags ?? [],
            ChannelTitle = request.Metadata.ChannelTitle,
            Duration = request.Metadata.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            DeclaredLanguage = request.Metadata.Language,
            Transcript = transcript is null ? null : Transcript.FromText(transcript),
        };
        progress.Report(new AnalysisProgress(40, "analyzing"));
        return Task.FromResult(new AnalysisOutcome
        {
            Result = analyzer.Analyze(input, new AnalysisOptions { Tone = request.Tone }),
            Input = input,
            VideoId = request.VideoId,
            VideoUrl = request.Url ?? "transcript://direct",
            ThumbnailUrl = request.VideoId is null ? null : $"https://i.ytimg.com/vi/{request.VideoId}/hqdefault.jpg",
        });
    }
}
