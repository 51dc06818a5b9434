using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Who speaks, where the description or the end of the title says so.</summary>
internal static partial class SpeakerName
{
    /// <summary>Null where nobody is named as the speaker.</summary>
    public static string? Of(Source source) =>
        Labelled().Match(source.SafeDescription) is { Success: true } labelled ? labelled.Groups["name"].Value
        : By().Match(source.SafeTitle) is { Success: true } by ? by.Groups["name"].Value
        : null;

    [GeneratedRegex(
        @"(?i:(?<!\p{L})(?:speakers?|prelegent(?:ka|ci)?|presenters?|presented by|ponentes?|palestrantes?|relatore|orateur|intervenante?|"
            + @"докладчик|спикер|автор|referent(?:in)?)(?:/\p{L}+)?)\s*[:：]\s*(?<name>\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}[\p{L}.'’-]*)?"
            + @"(?: (?:de|da|von|van|di))? \p{Lu}[\p{Ll}'’-]+)(?!\p{L})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Labelled();

    [GeneratedRegex(
        @"\s(?:by|por|par|von)\s(?<name>\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}[\p{L}.'’-]*)? \p{Lu}[\p{Ll}'’-]+)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex By();
}
