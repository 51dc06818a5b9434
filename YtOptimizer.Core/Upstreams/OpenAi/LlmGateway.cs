using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.Upstreams.Resilience;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>
/// Asks the chat model, with the one retry layer: breaker, spend caps, ledger row before and after every attempt, jittered
/// waits that respect what the server asks for, an overall deadline. Never logs keys, prompts or answers.
/// </summary>
public sealed partial class LlmGateway(
    OpenAiClients clients,
    UpstreamBreaker breaker,
    ModelStatus status,
    AiUsageLedger ledger,
    IOptions<OpenAiOptions> options,
    TimeProvider time,
    ILogger<LlmGateway> logger
)
{
    public const string Upstream = "openai";

    private const int CapabilitySteps = 7;
    private readonly OpenAiOptions options = options.Value;
    private readonly RetryBudget retries = new();
    private readonly CapabilityMemory forms = new(time);

    /// <summary>Asks once, with retries; the reply is billed and settled.</summary>
    /// <exception cref="LlmException">No answer.</exception>
    public async Task<LlmReply> AskAsync(LlmCall call, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(call);
        call = call with { MaxOutputTokens = ModelTraits.OutputTokens(options.Model, call.MaxOutputTokens) };
        var started = time.GetTimestamp();
        retries.Earn();
        var mayRepeat = false;
        var retry = ModelRetry.Create(options, time, pause =>
            mayRepeat && pause < options.Overall - time.GetElapsedTime(started) && retries.TrySpend()
        );
        return await retry.ExecuteAsync(
            async token =>
            {
                // What the breaker or a spend cap refuses is not asked again.
                mayRepeat = false;
                var result = await AskInKnownFormAsync(call, token);
                if (result.Reply is { } reply)
                {
                    await status.AnsweredAsync(options.Model, token);
                    return reply;
                }

                await status.FailedAsync(options.Model, result.Failure!.Code, token);
                mayRepeat = !result.WasTrial;
                throw result.Failure;
            },
            ct
        );
    }

    /// <summary>One attempt; while the server refuses the form of the question, the next simpler form is tried at once.</summary>
    private async Task<Attempted> AskInKnownFormAsync(LlmCall call, CancellationToken ct)
    {
        for (var steps = 0; ; steps++)
        {
            var result = await AttemptAsync(call, ct);
            if (result.Lesser is not { } lesser || steps >= CapabilitySteps)
            {
                return result;
            }

            forms.Learn(options.Model, lesser);
        }
    }

    private async Task<Attempted> AttemptAsync(LlmCall call, CancellationToken ct)
    {
        var permit = await breaker.AskAsync(Upstream, options.ApiKey ?? "", ct);
        if (!permit.Allowed)
        {
            throw new LlmException(
                permit.Reason is "insufficient_quota" or "unauthorized" ? permit.Reason : "circuit_open",
                isTransient: true,
                permit.Until is { } until ? Positive(until - time.GetUtcNow()) : UpstreamBreaker.FirstPause
            );
        }

        Guid row;
        try
        {
            row = await ledger.ReserveAsync(
                call.Run,
                call.Feature,
                options.Model,
                LlmWire.PromptTokens(call) + 64,
                call.MaxOutputTokens,
                options.Attempt,
                ct
            );
        }
        catch (SpendCapException cap)
        {
            Log.Capped(logger, cap.Scope);
            throw new LlmException("spend_cap_" + cap.Scope, isTransient: false, innerException: cap);
        }

        using var span = GenAiCall.Start("chat", options.Model);
        var started = time.GetTimestamp();
        var result = await SendAsync(call, row, permit, ct);
        Describe(span, result);
        YtoMetrics.AiRequest(
            "openai",
            result.Failure is { } failure && result.Lesser is null ? failure.Code : "success",
            time.GetElapsedTime(started).TotalSeconds
        );
        if (result.Reply?.Usage is { } usage)
        {
            YtoMetrics.AiUsage(
                options.Model,
                usage.PromptTokens,
                usage.CompletionTokens,
                (double)(options.CostOf(usage.PromptTokens, usage.CompletionTokens) ?? 0)
            );
        }

        return result;
    }

    private void Describe(GenAiCall span, Attempted result)
    {
        if (result.Failure is { } failure)
        {
            span.Failed(failure.Code);
        }
        else if (result.Reply is { } reply)
        {
            span.Answered(
                reply.Usage.PromptTokens,
                reply.Usage.CompletionTokens,
                options.CostOf(reply.Usage.PromptTokens, reply.Usage.CompletionTokens),
                reply.Finish.ToString().ToLowerInvariant()
            );
        }
    }

    private async Task<Attempted> SendAsync(LlmCall call, Guid row, BreakerPermit permit, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.Attempt);
        var used = forms.Of(options.Model);
        try
        {
            using var content = BinaryContent.Create(
                BinaryData.FromString(LlmWire.Request(call, options.Model, options.Temperature, used))
            );
            var answer = await clients.Chat.CompleteChatAsync(
                content,
                new RequestOptions { CancellationToken = deadline.Token, ErrorOptions = ClientErrorBehaviors.NoThrow }
            );
            return await ReadAsync(call, row, permit, used, answer.GetRawResponse(), ct);
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
            Log.Failed(logger, code, call.Run.CorrelationId);
            await breaker.FailedAsync(Upstream, permit, code, ct);
            return new Attempted(null, new LlmException(code, isTransient: true, innerException: failure), null, permit.IsTrial);
        }
    }

    private async Task<Attempted> ReadAsync(
        LlmCall call,
        Guid row,
        BreakerPermit permit,
        LlmCapabilities used,
        PipelineResponse response,
        CancellationToken ct
    )
    {
        var body = response.Content.ToString();
        var requestId = Header(response, "x-request-id");
        if (response.Status is >= 200 and < 300)
        {
            if (LlmWire.Reply(body, call) is { } reply)
            {
                await ledger.SettleAsync(
                    row,
                    reply.Usage,
                    options.CostOf(reply.Usage.PromptTokens, reply.Usage.CompletionTokens),
                    reply.Finish.ToString().ToLowerInvariant(),
                    requestId
                );
                await breaker.SucceededAsync(Upstream, permit, ct);
                return new Attempted(reply, null, null, permit.IsTrial);
            }

            await ledger.SettleUnknownAsync(row, "malformed_answer");
            await breaker.FailedAsync(Upstream, permit, "malformed_answer", ct);
            return new Attempted(null, new LlmException("malformed_answer", isTransient: true), null, permit.IsTrial);
        }

        await ledger.SettleAsync(row, TokenUsage.None, null, "status_" + response.Status.ToString(CultureInfo.InvariantCulture), requestId);
        var (code, message) = LlmErrorText.Read(body);
        if (response.Status is 400 or 422 && used.Without(message) is { } lesser)
        {
            await breaker.SucceededAsync(Upstream, permit, ct);
            return new Attempted(null, new LlmException("bad_request"), lesser, permit.IsTrial);
        }

        Log.Refused(logger, response.Status, Safe(code), call.Run.CorrelationId);
        return new Attempted(null, await RefusedAsync(response, code, message, permit, ct), null, permit.IsTrial);
    }

    private sealed record Attempted(LlmReply? Reply, LlmException? Failure, LlmCapabilities? Lesser, bool WasTrial);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "OpenAI API error: {Code} (correlation {CorrelationId})")]
        public static partial void Failed(ILogger logger, string code, string correlationId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "OpenAI API error: status {Status} {Code} (correlation {CorrelationId})")]
        public static partial void Refused(ILogger logger, int status, string code, string correlationId);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "OpenAI API error: status {Status}, the key is refused; set a working OPENAI_API_KEY"
        )]
        public static partial void Misconfigured(ILogger logger, int status);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The token cap of this {Scope} is reached; the model is not asked")]
        public static partial void Capped(ILogger logger, string scope);
    }
}
