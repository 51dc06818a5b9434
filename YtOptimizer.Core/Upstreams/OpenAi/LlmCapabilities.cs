using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Upstreams.OpenAi;

internal enum ResponseShape
{
    Schema,
    JsonObject,
    Text,
}

/// <summary>What a model was found to accept. A server that refuses a request says more or less clearly which part it cannot
/// take.</summary>
/// <param name="Shape">How the form of the answer is asked for.</param>
/// <param name="TokenLimitField">Name of the field with the longest answer; null when the server takes neither name.</param>
/// <param name="Temperature">Whether a temperature may be sent.</param>
/// <param name="Effort">Whether a reasoning effort may be sent.</param>
/// <param name="SystemRole">False: the rules stand at the head of the first user message.</param>
internal sealed partial record LlmCapabilities(ResponseShape Shape, string? TokenLimitField, bool Temperature, bool Effort, bool SystemRole)
{
    private const string Completion = "max_completion_tokens";
    private const string Classic = "max_tokens";

    public static readonly LlmCapabilities Best = new(ResponseShape.Schema, Completion, Temperature: true, Effort: true, SystemRole: true);

    /// <summary>
    /// The next lesser form after a 400 or 422, or null when a lesser form cannot help: the video is too long, the content was
    /// filtered, the model is unknown, or nothing is left to leave out.
    /// </summary>
    public LlmCapabilities? Without(string complaint)
    {
        if (NoForm().IsMatch(complaint))
        {
            return null;
        }

        if (Says(complaint, "reasoning_effort", "reasoning effort", "reasoning.effort") && Effort)
        {
            return this with { Effort = false };
        }

        if (Says(complaint, Completion, Classic) && TokenLimitField is { } field)
        {
            // "max_completion_tokens is too large": the field is known, only its value is not taken.
            if (Value().IsMatch(complaint))
            {
                return null;
            }

            // "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead" names both.
            var wantsCompletion = Says(complaint, $"'{Completion}' instead", $"use {Completion}", $"use '{Completion}");
            return this with
            {
                TokenLimitField =
                    field == Completion ? (wantsCompletion ? null : Classic)
                    : wantsCompletion ? Completion
                    : null,
            };
        }

        if (Says(complaint, "temperature") && Temperature)
        {
            return this with { Temperature = false };
        }

        if (Role().IsMatch(complaint) && SystemRole)
        {
            return this with { SystemRole = false };
        }

        return Form().IsMatch(complaint) ? Plainer() : Unspecific();
    }

    private LlmCapabilities? Plainer() =>
        Shape switch
        {
            ResponseShape.Schema => this with { Shape = ResponseShape.JsonObject },
            ResponseShape.JsonObject => this with { Shape = ResponseShape.Text },
            _ => null,
        };

    // "Bad Request", "Extra inputs are not permitted": what old and small servers lack most often goes first.
    private LlmCapabilities? Unspecific() =>
        Plainer()
        ?? (
            TokenLimitField == Completion ? this with { TokenLimitField = Classic }
            : SystemRole ? this with { SystemRole = false }
            : null
        );

    private static bool Says(string complaint, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (complaint.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const int TimeoutMilliseconds = 200;

    [GeneratedRegex(@"response.?format|json|schema|grammar|guided|structured|strict", Options, TimeoutMilliseconds)]
    private static partial Regex Form();

    [GeneratedRegex(
        @"system\s+role|role.{0,30}system|developer|roles?\s+(?:must|are)|only\s+user|system\s+(?:message|prompt)|unknown\s+role|alternat",
        Options,
        TimeoutMilliseconds
    )]
    private static partial Regex Role();

    [GeneratedRegex(
        @"context.{0,12}(?:length|window|size)|maximum\s+context|too\s+(?:long|many\s+tokens)|exceed.{0,40}context|prompt.{0,20}tokens"
            + @"|content.?(?:filter|management|policy)|model.{0,40}(?:not\s+found|does\s+not\s+exist|not\s+loaded)|invalid.?api.?key",
        Options,
        TimeoutMilliseconds
    )]
    private static partial Regex NoForm();

    [GeneratedRegex(
        @"too\s+(?:large|big|high|small|low)|at\s+(?:most|least)\s+\d|(?:less|greater|more)\s+than|out\s+of\s+range|between\s+\d"
            + @"|(?:above|below|exceeds)\s",
        Options,
        TimeoutMilliseconds
    )]
    private static partial Regex Value();
}
