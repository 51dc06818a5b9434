using Polly;
using Polly.Retry;
using YtOptimizer.Core.Upstreams.Resilience;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>Retries of one question to a model: decorrelated jitter, and never sooner than the server asks for.</summary>
internal static class ModelRetry
{
    /// <param name="options">Attempts and waits.</param>
    /// <param name="time">Clock.</param>
    /// <param name="mayWait">Decides, given the wait, whether another attempt may follow a transient failure.</param>
    public static ResiliencePipeline Create(OpenAiOptions options, TimeProvider time, Func<TimeSpan, bool> mayWait)
    {
        if (options.MaxAttempts < 2)
        {
            return ResiliencePipeline.Empty;
        }

        var (wait, pause) = (options.FirstRetryDelay, TimeSpan.Zero);
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = options.MaxAttempts - 1,
                    ShouldHandle = args =>
                    {
                        if (
                            args.AttemptNumber >= options.MaxAttempts - 1
                            || args.Outcome.Exception is not LlmException { IsTransient: true } failure
                        )
                        {
                            return ValueTask.FromResult(false);
                        }

                        wait = RetryDelay.Decorrelated(wait, options.FirstRetryDelay, options.LongestRetryDelay);
                        pause = failure.RetryAfter > wait ? failure.RetryAfter.Value : wait;
                        return ValueTask.FromResult(mayWait(pause));
                    },
                    DelayGenerator = _ => ValueTask.FromResult<TimeSpan?>(pause),
                }
            )
            .Build();
    }
}
