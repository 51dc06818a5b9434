using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Forms that no search phrase has: a verb that opens or closes a piece of a sentence, words that speak to the viewer.</summary>
internal static partial class TagForms
{
    private static readonly Dictionary<string, HashSet<string>> Auxiliaries = Sets(
        ("en", "is are was were has have had does did will would gets got"),
        ("de", "hat haben hatte ist sind war waren wird werden wurde"),
        ("es", "es son fue fueron era ha han había está están"),
        ("pt", "é são foi foram era tem têm está estão"),
        ("fr", "est sont était ont avait sera seront"),
        ("it", "è sono era ha hanno aveva sarà"),
        ("nl", "is zijn was heeft hebben wordt"),
        ("pl", "jest są był była było będzie"),
        ("ru", "был была было были будет"),
        ("sv", "är var har hade blir")
    );

    private static readonly Dictionary<string, HashSet<string>> Viewer = Sets(
        ("en", "you your yours yourself"),
        ("de", "dich dein deine deinen deiner euch euer eure euren"),
        ("es", "tú tu tus te ti vuestro vuestra"),
        ("pt", "seu sua seus suas teu tua você vocês"),
        ("fr", "tu ton ta tes toi vous votre vos"),
        ("it", "tu tuo tua tuoi tue vostro vostra vi"),
        ("nl", "je jou jouw jullie"),
        ("pl", "twój twoja twoje wasz wasza ci cię"),
        ("ru", "ты твой твоя твои тебе тебя вы ваш ваша ваши вам вас"),
        ("tr", "sen senin sana siz sizin size"),
        ("sv", "du din ditt dina er era")
    );

    /// <summary>Whether the tag speaks to the viewer ("make your application better").</summary>
    public static bool SpeaksToViewer(List<Token> tokens, string language) =>
        tokens.Count > 0
        && (
            (Viewer.TryGetValue(language, out var words) && tokens.Exists(token => words.Contains(token.Folded)))
            || (language == "fr" && FrenchImperative().IsMatch(tokens[0].Folded))
        );

    /// <summary>Whether it opens with an auxiliary or a gerund.</summary>
    public static bool OpensWithVerb(List<Token> tokens, string language) =>
        tokens.Count > 1
        && (
            (Auxiliaries.TryGetValue(language, out var words) && words.Contains(tokens[0].Folded))
            || (language is "es" or "pt" or "it" && Gerund().IsMatch(tokens[0].Folded))
        );

    /// <summary>Whether words of the text form a clause in a language that marks verbs at the end, or in Chinese by particles.</summary>
    public static bool IsClause(string folded, List<Token> tokens, string language) =>
        language switch
        {
            "ko" => KoreanVerb().IsMatch(tokens[^1].Folded) || (tokens.Count > 1 && KoreanLink().IsMatch(tokens[0].Folded)),
            "ja" => JapaneseClause().IsMatch(folded.Replace(" ", "", StringComparison.Ordinal)),
            "zh" => ChineseClause().IsMatch(folded),
            "ar" => tokens.Count > 1 && ArabicVerb().IsMatch(tokens[0].Folded),
            _ => false,
        };

    private static Dictionary<string, HashSet<string>> Sets(params (string Language, string Words)[] lists) =>
        lists.ToDictionary(
            list => list.Language,
            list => list.Words.Split(' ').Select(Folding.Fold).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal
        );

    [GeneratedRegex("^[a-zà-ÿ]{3,}ez$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex FrenchImperative();

    [GeneratedRegex("^[a-zà-ÿ]{2,}(ando|endo)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex Gerund();

    [GeneratedRegex(
        "(니다|세요|해요|어요|아요|에요|예요|네요|군요|까요|는데|지만|면서|려고|하고|지도|어서|아서|해서|한다|된다|았다|었다|했다|하는|되는|있는|없는|하던)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex KoreanVerb();

    [GeneratedRegex("(고|며|면서|어서|아서|해서|려고)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex KoreanLink();

    [GeneratedRegex(
        "[がをにはへ].*(る|た|だ|う|く|す|ます|です|ない|て|で)$|(ます|です|ました|でした|ません|ください)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex JapaneseClause();

    [GeneratedRegex(
        "[不沒没的了是在就也都很讓让把被你我他她它們们]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex ChineseClause();

    [GeneratedRegex("^(و?ب[يتن]|وب|س[يتن])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex ArabicVerb();
}
