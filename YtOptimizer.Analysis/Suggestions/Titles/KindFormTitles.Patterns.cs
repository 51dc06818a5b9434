using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

internal sealed partial class KindFormTitles
{
    [GeneratedRegex(@"[|｜•]|\s[-–—]\s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex Separated();

    [GeneratedRegex(
        @"(?:speakers?|presenter|presented by|prelegent(?:/speaker)?|ponente|palestrante|intervenante?|conférenciere?|orateur"
            + @"|referent(?:in)?|sprecher(?:in)?|relatore|relatrice"
            + @"|докладчик|спикер|автор|автор доклада|доповідач|konuşmacı|登壇者|発表者|발표자|讲者|講者)\s*[:：]\s*"
            + @"(?<name>\p{Lu}[\p{L}'’.-]+(?: (?:de |van |von |da |del )?\p{Lu}[\p{L}'’.-]+){1,3}"
            + @"|[\p{IsCJKUnifiedIdeographs}\p{IsHangulSyllables}]{2,6})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Speaker();

    // "Title by Jane Roe", "Title / Jane Roe, developer": right behind the title that the description repeats.
    [GeneratedRegex(
        @"^\s*(?:by|/)\s+(?<name>\p{Lu}[\p{L}'’.-]+(?: (?:de |van |von |da |del )?\p{Lu}[\p{L}'’.-]+){1,2})(?=\s*(?:[,\n(\[]|$))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex SpeakerBehind();

    // "Jane Roe - Title", also "Jane Roe, John Doe | Title".
    [GeneratedRegex(
        @"(?<=^|\n)(?<name>\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){1,2}(?:, \p{Lu}[\p{L}'’.-]+ \p{Lu}[\p{L}'’.-]+)?)"
            + @"\s+[-–|:]\s+[\p{Pi}\u0022]?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex SpeakerBefore();

    [GeneratedRegex(
        @"\s(?:by|por|par|von|di)\s+(?<name>\p{Lu}[\p{L}'’.-]+(?: (?:de |van |von |da |del )?\p{Lu}[\p{L}'’.-]+){1,2})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex SpeakerAtEnd();

    [GeneratedRegex(
        @"\n\s*\n(?<name>\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+(?:-\p{Ll}+)?) ?\n(?=I am |I'm |I’m |A |He |She |Hello|\k<name>)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex SpeakerLine();

    [GeneratedRegex(
        @"\b(?i:guests?|special guest|invitad[oa]s?|convidad[oa]s?|invités?|invitées?|gast|gäste|ospit[ei]|гость(?: выпуска)?|гостья"
            + @"|goście|gość|konuk|ゲスト|게스트|嘉宾|來賓)\s?[:：]\s?"
            + @"(?<name>\p{Lu}[\p{L}'’.-]+(?: (?:de |van |von |da |del )?\p{Lu}[\p{L}'’.-]+){1,2}(?=\s*(?:[\n.,(|]|$))"
            + @"|[\p{IsCJKUnifiedIdeographs}\p{IsHangulSyllables}]{2,6}(?=\s*(?:[\n,、(（]|$)))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex GuestLine();

    [GeneratedRegex(
        @"^[\p{L}]+(-[\p{L}]+){0,3}-(19|20)\d\d$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Slug();

    [GeneratedRegex(@"^[^-–—|]{2,50}\s[-–—]\s[^-–—|]{2,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex TwoParts();

    [GeneratedRegex(
        @"\((?<name>\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){1,2})\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex NamesInBrackets();

    [GeneratedRegex(
        @"(?:starring|cast|reparto|elenco|avec|besetzung|con la partecipazione di|в ролях|у ролях|obsada|oyuncular|hrají|출연|出演|キャスト|主演"
            + @"|演员|演員)\s*[:：]\s*(?<names>[^\n\r。:：（(]{4,160})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex CastLine();

    // "Starring Jane Roe, John Doe": only names with capitals follow, so that no colon is needed.
    [GeneratedRegex(
        @"\b(?:[Ss]tarring|STARRING) (?<names>\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){1,2}(?:(?:, | and | & )\p{Lu}[\p{L}'’.-]+"
            + @"(?: \p{Lu}[\p{L}'’.-]+){1,2}){1,5})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Starring();

    [GeneratedRegex(
        @"\s*[,、，/／;·・]\s*|\s+(?:and|&|y|e|et|und|и|ve)\s+|\s*\u3000+\s*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex ListSeparators();

    [GeneratedRegex(
        @"^(?<a>[^|()\d]{2,30}?)\s+(?:vs\.?|v|x|-|–)\s+(?<b>[^|()\d]{2,30}?)\s*\(\s*(?<x>\d{1,2})\s?[-–:]\s?(?<y>\d{1,2})\s*\)\s*"
            + @"(?<rest>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Match();

    [GeneratedRegex(@"\b(19|20)\d\d[-/–]\d\d(\d\d)?\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex Season();
}
