using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>
/// Asks the chat model: one retry layer of jittered waits that respect what the server asks for, an overall deadline, and the form of
/// request that this server is known to take.
/// </summary>
public sealed class LlmGateway(
    OpenAiClients clients,
    ModelCallExecutor executor,
    ModelStatus status,
    IOptions<OpenAiOptions> options,
    TimeProvider time
)
{
    public const string Upstream = "openai";

    private const int CapabilitySteps = 7;

    /// <summary>Tokens of a request's frame, added to those of its texts.</summary>
    private const int FrameTokens = 64;
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
                var attempt = await AskInKnownFormAsync(call, token);
                if (attempt.Answer is { } answer)
                {
                    await status.AnsweredAsync(options.Model, token);
                    return answer.Value;
                }

                await status.FailedAsync(options.Model, attempt.Failure!.Code, token);
                mayRepeat = !attempt.WasTrial;
                throw attempt.Failure;
            },
            ct
        );
    }

    /// <summary>One attempt; while the server refuses the form of the question, the next simpler form is tried at once.</summary>
    private async Task<ModelAttempt<LlmReply>> AskInKnownFormAsync(LlmCall call, CancellationToken ct)
    {
        for (var steps = 0; ; steps++)
        {
            var form = forms.Of(options.Model);
            var attempt = await executor.AttemptAsync(Attempt(call, form), ct);
            if (attempt.FormRefused is not { } message || form.Without(message) is not { } lesser || steps >= CapabilitySteps)
            {
                return attempt;
            }

            forms.Learn(options.Model, lesser);
        }
    }

    private ModelCall<LlmReply> Attempt(LlmCall call, LlmCapabilities form) =>
        new()
        {
            Upstream = Upstream,
            Operation = "chat",
            Model = options.Model,
            ApiKey = options.ApiKey,
            Run = call.Run,
            Feature = call.Feature,
            PromptTokens = LlmWire.PromptTokens(call) + FrameTokens,
            OutputTokens = call.MaxOutputTokens,
            Timeout = options.Attempt,
            SendAsync = async ct =>
            {
                var request = LlmWire.Request(call, options.Model, options.Temperature, form);
                using var content = BinaryContent.Create(BinaryData.FromString(request));
                var answer = await clients.Chat.CompleteChatAsync(
                    content,
                    new RequestOptions { CancellationToken = ct, ErrorOptions = ClientErrorBehaviors.NoThrow }
                );
                return answer.GetRawResponse();
            },
            ReadAsync = (response, _) => Task.FromResult(Read(call, response)),
            IsAboutForm = message => form.Without(message) is not null,
        };

    private ModelAnswer<LlmReply>? Read(LlmCall call, PipelineResponse response) =>
        LlmWire.Reply(response.Content.ToString(), call) is { } reply
            ? new ModelAnswer<LlmReply>(
                reply,
                reply.Usage,
                options.CostOf(reply.Usage.PromptTokens, reply.Usage.CompletionTokens),
                reply.Finish.ToString().ToLowerInvariant()
            )
            : null;
}
