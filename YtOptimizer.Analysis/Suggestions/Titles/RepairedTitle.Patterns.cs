using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <content>Marks, spaces, separators, emoji and hashtags as they stand in titles.</content>
internal sealed partial class RepairedTitle
{
    [GeneratedRegex(
        @"(?<=[\w!?)\]])\s+(?<mark>[!?,;:])(?!\S*[()DP])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex SpaceBefore();

    [GeneratedRegex(
        @"(?<open>[(\[])\s*(?<inside>[^()\[\]]*?)\s*(?<close>[)\]])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex InBrackets();

    [GeneratedRegex(
        @"(?<=[\p{L}\p{N})\]])- (?=\S)|(?<=\S) -(?=[\p{L}(\[])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex GluedDash();

    // "word !", "word , word": read as a slip outside French.
    [GeneratedRegex(@"(?<=\p{L}{2})\s+[!?,;](?=\s|$)", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex LoneMark();

    // "word,word", "word!Word": numbers, addresses and emoticons have no letters on both sides.
    [GeneratedRegex(
        @"(?<=[\p{Ll}\p{Lu}]{2})(?:(?<mark>[,;!?])(?=[\p{Ll}\p{Lu}]{2})|(?<mark>:)(?=\p{Lu}\p{Ll}))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex GluedMark();

    // "a || b", "a|b".
    [GeneratedRegex(@"(?<=\S)\s*\|(?:\s*\|)+\s*(?=\S)|(?<=\S)(?:\s+\||\|\s+|\|)(?=\S)", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Bars();

    [GeneratedRegex(
        @"[!?！？](?:\s?[!?！？]){2,}|[?？][!！]+[?？]+[!?！？]*|[!！]+[?？]+[!！]+[!?！？]*",
        RegexOptions.CultureInvariant,
        Patterns.Timeout
    )]
    private static partial Regex Mixed();

    [GeneratedRegex(@"(?<mark>[!?！？¡¿])\k<mark>+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex Marks();

    [GeneratedRegex(
        @"(?<separator>\s*[|｜║•]\s*|\s+[-–—]\s+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Separators();

    // Symbols and pictures outside and inside the basic plane, with the signs that join them.
    [GeneratedRegex(
        @"(?<first>(?:[\uD83C-\uD83E][\uDC00-\uDFFF]|[\u2600-\u27BF])\uFE0F?)"
            + @"(?:\s?(?!\uD83C[\uDFFB-\uDFFF])(?:[\uD83C-\uD83E][\uDC00-\uDFFF]|[\u2600-\u27BF])\uFE0F?){2,}(?!\u200D)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex EmojiRow();

    [GeneratedRegex(@"\s+#\S+(?=(\s+#\S+)*\s*$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex Hashtags();
}
