using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.Upstreams.Resilience;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>
/// One attempt at a model, whichever endpoint it is (chat, audio, images): breaker, spend caps, a ledger row before and after, deadline,
/// span, metrics and what a status means for the fleet. Never logs keys, prompts or answers. Retries are the callers'.
/// </summary>
public sealed partial class ModelCallExecutor(
    UpstreamBreaker breaker,
    AiUsageLedger ledger,
    TimeProvider time,
    ILogger<ModelCallExecutor> logger
)
{
    private static readonly TimeSpan QuotaPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KeyPause = TimeSpan.FromMinutes(30);

    /// <returns>The answer, or the failure that the upstream gave.</returns>
    /// <exception cref="LlmException">The call was not made: the breaker is open, or a spend cap is reached.</exception>
    internal async Task<ModelAttempt<T>> AttemptAsync<T>(ModelCall<T> call, CancellationToken ct)
    {
        var permit = await breaker.AskAsync(call.Upstream, call.ApiKey ?? "", ct);
        if (!permit.Allowed)
        {
            throw new LlmException(
                permit.Reason is "insufficient_quota" or "unauthorized" ? permit.Reason : "circuit_open",
                isTransient: true,
                permit.Until is { } until ? Positive(until - time.GetUtcNow()) : UpstreamBreaker.FirstPause
            );
        }

        var row = await ReserveAsync(call, ct);
        using var span = GenAiCall.Start(call.Operation, call.Model);
        var started = time.GetTimestamp();
        var attempt = await SendAsync(call, row, permit, ct);
        var outcome = attempt.FormRefused is null && attempt.Failure is { } failure ? failure.Code : "success";
        YtoMetrics.AiRequest(call.Upstream, outcome, time.GetElapsedTime(started).TotalSeconds);
        if (attempt.Failure is { } failed)
        {
            span.Failed(failed.Code);
        }
        else if (attempt.Answer is { } answer)
        {
            var usage = answer.Usage;
            span.Answered(usage.PromptTokens, usage.CompletionTokens, answer.CostUsd, answer.Finish);
            YtoMetrics.AiUsage(call.Model, usage.PromptTokens, usage.CompletionTokens, (double)(answer.CostUsd ?? 0));
        }

        return attempt;
    }

    private async Task<Guid> ReserveAsync<T>(ModelCall<T> call, CancellationToken ct)
    {
        try
        {
            return await ledger.ReserveAsync(call.Run, call.Feature, call.Model, call.PromptTokens, call.OutputTokens, call.Timeout, ct);
        }
        catch (SpendCapException cap)
        {
            Log.Capped(logger, cap.Scope);
            throw new LlmException("spend_cap_" + cap.Scope, isTransient: false, innerException: cap);
        }
    }

    private async Task<ModelAttempt<T>> SendAsync<T>(ModelCall<T> call, Guid row, BreakerPermit permit, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(call.Timeout);
        try
        {
            var response = await call.SendAsync(deadline.Token);
            return response.Status is >= 200 and < 300
                ? await SettleAsync(call, row, permit, response, await call.ReadAsync(response, deadline.Token), ct)
                : await RefusedAsync(call, row, permit, response, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await ledger.SettleUnknownAsync(row, "cancelled");
            throw;
        }
        catch (Exception failure)
            when (failure
                    is OperationCanceledException
                        or ClientResultException
                        or HttpRequestException
                        or IOException
                        or AggregateException
            )
        {
            var (code, sent) = Classify(failure);
            await (sent ? ledger.SettleUnknownAsync(row, code) : ledger.SettleAsync(row, TokenUsage.None, null, code, null));
            Log.Failed(logger, call.Operation, code, call.Run.CorrelationId);
            await breaker.FailedAsync(call.Upstream, permit, code, ct);
            return new ModelAttempt<T>(null, new LlmException(code, isTransient: true, innerException: failure), permit.IsTrial);
        }
    }

    private async Task<ModelAttempt<T>> SettleAsync<T>(
        ModelCall<T> call,
        Guid row,
        BreakerPermit permit,
        PipelineResponse response,
        ModelAnswer<T>? answer,
        CancellationToken ct
    )
    {
        if (answer is not null)
        {
            await ledger.SettleAsync(row, answer.Usage, answer.CostUsd, answer.Finish, Header(response, "x-request-id"));
            await breaker.SucceededAsync(call.Upstream, permit, ct);
            return new ModelAttempt<T>(answer, null, permit.IsTrial);
        }

        const string Malformed = "malformed_answer";
        await ledger.SettleUnknownAsync(row, Malformed);
        await breaker.FailedAsync(call.Upstream, permit, Malformed, ct);
        return new ModelAttempt<T>(null, new LlmException(Malformed, isTransient: true), permit.IsTrial);
    }

    private async Task<ModelAttempt<T>> RefusedAsync<T>(
        ModelCall<T> call,
        Guid row,
        BreakerPermit permit,
        PipelineResponse response,
        CancellationToken ct
    )
    {
        var status = "status_" + response.Status.ToString(CultureInfo.InvariantCulture);
        await ledger.SettleAsync(row, TokenUsage.None, null, status, Header(response, "x-request-id"));
        var (code, message) = LlmErrorText.Read(response.Content.ToString());
        if (response.Status is 400 or 422 && call.IsAboutForm(message))
        {
            await breaker.SucceededAsync(call.Upstream, permit, ct);
            return new ModelAttempt<T>(null, new LlmException("bad_request"), permit.IsTrial, message);
        }

        Log.Refused(logger, response.Status, call.Operation, Safe(code), call.Run.CorrelationId);
        return new ModelAttempt<T>(null, await MeaningAsync(call, permit, response, code, message, ct), permit.IsTrial);
    }

    /// <summary>What an error status means for this call and for the fleet.</summary>
    private async Task<LlmException> MeaningAsync<T>(
        ModelCall<T> call,
        BreakerPermit permit,
        PipelineResponse response,
        string code,
        string message,
        CancellationToken ct
    )
    {
        var now = time.GetUtcNow();
        switch (response.Status)
        {
            case 429 when code == "insufficient_quota" || message.Contains("insufficient_quota", StringComparison.Ordinal):
            case 402:
                // Waiting does not refill an account: stop everywhere, look again in ten minutes.
                await breaker.OpenAsync(call.Upstream, permit, "insufficient_quota", now + QuotaPause, null, ct);
                return new LlmException("insufficient_quota", isTransient: false);
            case 401 or 403:
                await breaker.OpenAsync(call.Upstream, permit, "unauthorized", now + KeyPause, call.ApiKey ?? "", ct);
                Log.Misconfigured(logger, response.Status, call.Operation);
                return new LlmException("unauthorized", isTransient: false);
            case 408 or 409 or 425 or 429 or >= 500:
                var failure = response.Status == 429 ? "rate_limited" : "server_error";
                await breaker.FailedAsync(call.Upstream, permit, failure, ct);
                return new LlmException(failure, isTransient: true, RateLimitHeaders.Wait(name => Header(response, name), now));
            default:
                // The server works; this request does not.
                await breaker.SucceededAsync(call.Upstream, permit, ct);
                return new LlmException(
                    response.Status switch
                    {
                        404 => "model_not_found",
                        413 => "file_too_large",
                        _ => "bad_request",
                    },
                    isTransient: false
                );
        }
    }

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);

    /// <summary>Whether the request may have reached the server, and thus may be billed.</summary>
    private static (string Code, bool Sent) Classify(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (
                inner is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError
                        or HttpRequestError.ProxyTunnelError
                }
            )
            {
                return ("network", false);
            }
        }

        return (
            failure is OperationCanceledException || failure.InnerException is OperationCanceledException ? "timeout" : "network",
            true
        );
    }

    private static string? Header(PipelineResponse response, string name) =>
        response.Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>Error codes are words; anything else stays out of the log.</summary>
    private static string Safe(string code) =>
        code.Length is > 0 and <= 64 && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? code : "unknown";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "OpenAI API error: {Operation} {Code} (correlation {CorrelationId})")]
        public static partial void Failed(ILogger logger, string operation, string code, string correlationId);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "OpenAI API error: status {Status} of {Operation} {Code} (correlation {CorrelationId})"
        )]
        public static partial void Refused(ILogger logger, int status, string operation, string code, string correlationId);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "OpenAI API error: status {Status} of {Operation}, the key is refused; set a working OPENAI_API_KEY (images: "
                + "IMAGES_API_KEY)"
        )]
        public static partial void Misconfigured(ILogger logger, int status, string operation);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The token cap of this {Scope} is reached; the model is not asked")]
        public static partial void Capped(ILogger logger, string scope);
    }
}
