using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>Candidates for one video, or why there are none.</summary>
public sealed record LlmOutcome
{
    public SuggestionCandidates? Candidates { get; init; }

    /// <summary>llm, cache, stale_cache, or deterministic when there are no candidates.</summary>
    public string Origin { get; init; } = "deterministic";

    /// <summary>When cached candidates were made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Code of the failure; null when the model answered, was cached, or is not configured at all.</summary>
    public string? Failure { get; init; }

    /// <summary>True when a later try can succeed.</summary>
    public bool IsTransient { get; init; }

    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Cache → one call of the fleet → one repair at most → older answer of the same video → nothing. Throws only on cancel
/// and when the computing time of the analysis is up.</summary>
public sealed partial class LlmSuggestions(
    LlmGateway gateway,
    SuggestionCache cache,
    PlanFeatures plans,
    IOptions<OpenAiOptions> options,
    TimeProvider time,
    ILogger<LlmSuggestions> logger
)
{
    /// <summary>The plan has no suggestions of a model: nothing failed, and nothing of a model is shown.</summary>
    public const string NotInPlan = "plan_without_ai";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly OpenAiOptions options = options.Value;

    private string Data(VideoInput input, OutputPreferences preferences, AnalysisResult? own) =>
        SuggestionPrompt.Data(
            input,
            preferences,
            own,
            options.ContextTokens,
            ModelTraits.OutputTokens(options.Model, options.MaxOutputTokens)
        );

    /// <summary>Candidates for a video.</summary>
    /// <param name="input">The video, without sentences that address a model.</param>
    /// <param name="videoId">What an older answer is found by.</param>
    /// <param name="preferences">The creator's wishes.</param>
    /// <param name="run">Whose tokens are used.</param>
    /// <param name="limit">The computing time of the analysis, of which building the prompt takes its part.</param>
    /// <param name="ct">Stops the waiting.</param>
    /// <param name="own">The analyzer's own result, from which the model learns what to mend.</param>
    /// <exception cref="AnalysisException">The computing time is up.</exception>
    public async Task<LlmOutcome> SuggestAsync(
        VideoInput input,
        string? videoId,
        OutputPreferences preferences,
        LedgerRun run,
        DeadlineRun limit,
        CancellationToken ct,
        AnalysisResult? own = null
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(limit);
        if (!options.IsConfigured)
        {
            return new LlmOutcome();
        }

        if (!await plans.HasAiSuggestionsAsync(run.UserId, ct))
        {
            return new LlmOutcome { Failure = NotInPlan };
        }

        var data = limit.Run(() => Data(input, preferences, own));
        // The channel's other titles grow with every analysis; the answer for this video is still the one that was paid for.
        var content = input.OtherTitles.Count == 0 ? data : limit.Run(() => Data(input with { OtherTitles = [] }, preferences, own));
        var (key, videoKey) = (SuggestionCache.Key(content, options.Model), SuggestionCache.VideoKey(videoId, input, preferences));
        if (await cache.ReadAsync(key, ct) is { } known)
        {
            return new LlmOutcome
            {
                Candidates = known.Candidates,
                Origin = "cache",
                CreatedAt = known.CreatedAt,
            };
        }

        if (!options.Enabled)
        {
            return await OlderAsync(videoKey, new LlmOutcome { Failure = "ai_disabled" }, ct);
        }

        var started = time.GetTimestamp();
        SuggestionFlight? begun;
        while ((begun = await SuggestionFlight.TryBeginAsync(cache, key, time, ct)) is null)
        {
            await Task.Delay(Poll, time, ct);
            if (await cache.ReadAsync(key, ct) is { } others)
            {
                return new LlmOutcome
                {
                    Candidates = others.Candidates,
                    Origin = "cache",
                    CreatedAt = others.CreatedAt,
                };
            }

            if (time.GetElapsedTime(started) > options.Overall)
            {
                return await OlderAsync(videoKey, new LlmOutcome { Failure = "timeout", IsTransient = true }, ct);
            }
        }

        await using var flight = begun;
        try
        {
            // The one before us may have finished between our two looks.
            return await cache.ReadAsync(key, ct) is { } justMade
                ? new LlmOutcome
                {
                    Candidates = justMade.Candidates,
                    Origin = "cache",
                    CreatedAt = justMade.CreatedAt,
                }
                : await AskAsync(data, key, videoKey, run, ct);
        }
        catch (LlmException failure)
        {
            Log.NoAnswer(logger, failure.Code, run.CorrelationId);
            return await OlderAsync(
                videoKey,
                new LlmOutcome
                {
                    Failure = failure.Code,
                    IsTransient = failure.IsTransient,
                    RetryAfter = failure.RetryAfter,
                },
                ct
            );
        }
    }

    private async Task<LlmOutcome> AskAsync(string data, string key, string videoKey, LedgerRun run, CancellationToken ct)
    {
        var call = new LlmCall
        {
            Run = run,
            Feature = "video_suggestions",
            SystemPrompt = SuggestionPrompt.System,
            Messages = [new LlmMessage("user", data)],
            SchemaName = SuggestionPrompt.SchemaName,
            Schema = SuggestionPrompt.Schema,
            MaxOutputTokens = options.MaxOutputTokens,
        };
        var reply = await gateway.AskAsync(call, ct);
        if (Usable(reply, out var problem) is not { } candidates)
        {
            if (reply.Finish == LlmFinish.Refused)
            {
                return await OlderAsync(videoKey, new LlmOutcome { Failure = "refused" }, ct);
            }

            if (reply.Content.Length == 0)
            {
                // A model that thought until the limit would do so again.
                return await OlderAsync(videoKey, new LlmOutcome { Failure = "empty_answer" }, ct);
            }

            Log.Repairing(logger, problem, run.CorrelationId);
            reply = await gateway.AskAsync(Repair(call, reply, problem), ct);
            if (Usable(reply, out problem) is not { } repaired)
            {
                return await OlderAsync(
                    videoKey,
                    new LlmOutcome { Failure = reply.Finish == LlmFinish.Refused ? "refused" : "invalid_answer" },
                    ct
                );
            }

            candidates = repaired;
        }

        await cache.WriteAsync(key, videoKey, options.Model, candidates, reply.Usage.PromptTokens, reply.Usage.CompletionTokens, ct);
        return new LlmOutcome { Candidates = candidates, Origin = "llm" };
    }

    private static SuggestionCandidates? Usable(LlmReply reply, out string problem)
    {
        problem = "";
        if (reply.Finish == LlmFinish.Refused)
        {
            return null;
        }

        // What stands before the cut is whole; it has to hold the titles to be worth more than a second try.
        var read = SuggestionReader.Read(reply.Content, out problem);
        if (reply.Finish == LlmFinish.Length && read is not { Titles.Count: > 1, Description.Length: > 0 })
        {
            problem = "the answer was cut off at the token limit";
            return null;
        }

        return read;
    }

    private static LlmCall Repair(LlmCall call, LlmReply reply, string problem) =>
        call with
        {
            Messages =
            [
                .. call.Messages,
                new LlmMessage("assistant", reply.Content.Length > 4_000 ? reply.Content[..4_000] : reply.Content),
                new LlmMessage(
                    "user",
                    $"That could not be used: {problem}. Answer again with the complete JSON object of the schema, shorter, and "
                        + $"nothing else."
                ),
            ],
            MaxOutputTokens = reply.Finish == LlmFinish.Length ? call.MaxOutputTokens * 2 : call.MaxOutputTokens,
        };

    /// <summary>During an outage an older answer of the same video is better than none; the guard still checks it against today's
    /// text.</summary>
    private async Task<LlmOutcome> OlderAsync(string videoKey, LlmOutcome failed, CancellationToken ct) =>
        await cache.LatestAsync(videoKey, ct) is { } older
            ? failed with
            {
                Candidates = older.Candidates,
                Origin = "stale_cache",
                CreatedAt = older.CreatedAt,
            }
            : failed;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "No suggestions from the model: {Code} (correlation {CorrelationId})")]
        public static partial void NoAnswer(ILogger logger, string code, string correlationId);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "The model's answer is asked for again: {Problem} (correlation {CorrelationId})"
        )]
        public static partial void Repairing(ILogger logger, string problem, string correlationId);
    }
}
