using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>What is known of a model by its name: models that think before they answer need room to do it.</summary>
internal static partial class ModelTraits
{
    /// <summary>Tokens for thinking and answer together.</summary>
    public const int ReasoningOutputTokens = 8_192;

    /// <summary>o1…o9, gpt-5, gpt-oss, DeepSeek R1, QwQ, Qwen 3, Magistral, and whatever calls itself thinking or reasoning.</summary>
    public static bool Reasons(string model) => Reasoning().IsMatch(model);

    /// <summary>Whether the model's servers take <c>reasoning_effort</c>.</summary>
    public static bool TakesEffort(string model) => Effort().IsMatch(model);

    public static int OutputTokens(string model, int wanted) => Reasons(model) ? Math.Max(wanted, ReasoningOutputTokens) : wanted;

    [GeneratedRegex(
        @"(?:^|[/:_-])(?:o[1-9](?:$|[^a-z0-9])|gpt-(?:5|oss)|deepseek-(?:r\d|reasoner)|r1(?:$|[^0-9])|qwq|qwen-?3|magistral)|reason|think",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        200
    )]
    private static partial Regex Reasoning();

    [GeneratedRegex(@"(?:^|[/:_-])(?:o[1-9](?:$|[^a-z0-9])|gpt-(?:5|oss))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Effort();
}
