using System.Diagnostics;
using Microsoft.Extensions.Options;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.Channels;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>
/// One analysis from request to outcome: source chain, deterministic analysis, candidates of a language model under the same rules.
/// Writes only caches and the token ledger; the caller stores the outcome.
/// </summary>
public sealed class AnalysisPipeline(
    InputAssembler assembler,
    SpeechSource speech,
    PreferenceReader preferences,
    ChannelTitles channelTitles,
    ChannelCatalogue catalogue,
    Analyzer analyzer,
    LlmSuggestions model,
    SuggestionMerger merger,
    AiUsageLedger ledger,
    IOptions<OpenAiOptions> openAi,
    AnalysisDeadline deadline,
    TimeProvider time
)
{
    /// <summary>Runs the analysis; progress never goes backwards.</summary>
    /// <exception cref="AnalysisException">It cannot be completed; the code says why, the message what to do.</exception>
    public async Task<AnalysisOutcome> RunAsync(
        AnalysisRequest request,
        AnalysisRun run,
        IProgress<JobProgress> progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(run);
        var report = new MonotonicProgress(progress);
        var account = LedgerRunOf(run, time);
        using var stages = new Stages(report);
        stages.Begin(20, "fetching");
        request = await speech.TranscribedAsync(request, account, report.To, ct);
        using var limit = deadline.Start(ct);
        var assembled = await assembler.AssembleAsync(request, limit, ct);
        assembled = assembled with
        {
            Input = assembled.Input with { OtherTitles = await channelTitles.ReadAsync(run.UserId, request.VideoId, ct) },
        };
        var wishes = await preferences.ReadAsync(run.UserId, request.Language, request.Tone, ct);
        stages.Begin(40, "analyzing");
        var (clean, infected) = limit.Run(() => PromptInjectionFilter.Apply(assembled.Input));
        var own = limit.Run(() => analyzer.AnalyzeUntil(clean, wishes.ToOptions(), limit.Token));
        if (
            (infected || assembled.SuspiciousTranscript) && own.Warnings.All(warning => warning.Code != WarningCodes.SuspiciousInstructions)
        )
        {
            own = own with { Warnings = [.. own.Warnings, PromptInjectionFilter.Warning] };
        }

        stages.Begin(60, "suggestions");
        var proposed = await model.SuggestAsync(
            limit.Run(() => WithoutInstructions(clean)),
            request.VideoId,
            wishes,
            account,
            limit,
            ct,
            own
        );
        if (openAi.Value.Required && proposed is { Failure: { } failure, Candidates: null } && failure != LlmSuggestions.NotInPlan)
        {
            throw new AnalysisException(
                "ai_unavailable",
                $"The language model cannot be used right now ({failure}). The analysis is tried again later.",
                proposed.IsTransient,
                proposed.RetryAfter
            );
        }

        stages.Begin(70, "thumbnails");
        var result = proposed.Candidates is null ? own : limit.Run(() => merger.Merge(clean, own, proposed.Candidates, wishes.ToOptions()));
        result = AiLimits.Tell(result, proposed.Failure);
        var channel = await catalogue.ReadNewestAsync(run.UserId, request.VideoId, ct);
        result = channel.Count == 0 ? result : limit.Run(() => WithPredictions(result, channel, request.VideoId, limit.Token));
        stages.Begin(85, "checking");
        var totals = await ledger.TotalsAsync(account, ct);
        report.To(90, "saving");
        return new AnalysisOutcome
        {
            Result = result,
            Input = assembled.Input,
            VideoId = request.VideoId,
            VideoUrl = request.Url ?? (request.VideoId is null ? "" : "https://www.youtube.com/watch?v=" + request.VideoId),
            ThumbnailUrl = assembled.ThumbnailUrl,
            Provenance = assembled.Provenance,
            ApiDataExpiresAt = assembled.ApiDataExpiresAt,
            Degraded = assembled.Degraded || (proposed.Failure is not null and not LlmSuggestions.NotInPlan),
            DegradedReason = proposed.Failure is null or LlmSuggestions.NotInPlan ? assembled.DegradedReason : proposed.Failure,
            SuggestionOrigin = proposed.Origin,
            SuggestionsCreatedAt = proposed.CreatedAt,
            PromptTokens = totals.PromptTokens,
            CompletionTokens = totals.CompletionTokens,
            Model = totals.Model,
            CostUsd = totals.CostUsd,
        };
    }

    /// <summary>Beside each title, what the user's own channel says of it.</summary>
    private static AnalysisResult WithPredictions(
        AnalysisResult result,
        IReadOnlyList<ChannelVideo> channel,
        string? videoId,
        CancellationToken ct
    )
    {
        var predictions = ChannelModel.Fit(channel, ct).Predict([.. result.Titles.Select(title => title.Text)], videoId);
        return result with { Titles = [.. result.Titles.Zip(predictions, (title, prediction) => title with { Channel = prediction })] };
    }

    /// <summary>Sentences that speak to a language model do not reach it; the analyzer's warning tells the creator about them.</summary>
    private VideoInput WithoutInstructions(VideoInput input)
    {
        var source = analyzer.Read(input);
        var transcript =
            input.Transcript is { IsTimed: true } timed
                ? Transcript.FromSegments([.. timed.Segments.Where(segment => !PromptInjectionDetector.IsSuspicious(segment.Text))])
            : input.Transcript is null ? null
            : Transcript.FromText(source.SafeTranscript);
        return input with
        {
            Title = source.SafeTitle,
            Description = source.SafeDescription,
            Tags = source.SafeTags,
            Transcript = transcript,
        };
    }

    /// <summary>Ledger rows of a job carry its id; a synchronous run has a key of its own, since clients choose correlation ids.</summary>
    private static LedgerRun LedgerRunOf(AnalysisRun run, TimeProvider time) =>
        new(
            run.JobId is { } job ? "job:" + job.ToString("D") : "run:" + Guid.CreateVersion7(time.GetUtcNow()).ToString("D"),
            run.Attempt,
            run.UserId,
            run.JobId,
            run.CorrelationId
        );

    /// <summary>Reports where the analysis is, and traces each stage.</summary>
    private sealed class Stages(MonotonicProgress report) : IDisposable
    {
        private Activity? current;

        public void Begin(int percent, string stage)
        {
            current?.Dispose();
            current = JobTelemetry.StartStage(stage);
            report.To(percent, stage);
        }

        public void Dispose() => current?.Dispose();
    }

    /// <summary>Reports only what is further than the last report.</summary>
    private sealed class MonotonicProgress(IProgress<JobProgress> inner)
    {
        private int last;

        public void To(int percent, string stage)
        {
            if (percent > last)
            {
                last = percent;
                inner.Report(new JobProgress(percent, stage));
            }
        }
    }
}
