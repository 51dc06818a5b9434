using System.Buffers;
using System.Collections.Frozen;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Check D5. A language is only named where letters, confidence and, in Latin letters, its small words show it: names are of no
/// language.</summary>
internal static class LanguageCheck
{
    // Letters; in fewer of them names decide what the language looks like.
    private const int EnoughTitle = 30;
    private const int EnoughText = 80;
    private const double Sure = 0.97;

    // Small words that only the language itself has ("und", "dans"), in a title and in a text.
    private const int InTitle = 3;
    private const int InText = 4;
    private const int Agreeing = 2;

    private static readonly SearchValues<char> StrangeLetters = SearchValues.Create(
        "\u067E\u0686\u0698\u06A9\u06AF\u06CC\u06D2\u0679\u0688\u0691"
            + "\u04D9\u0493\u049B\u04A3\u04E9\u04B1\u04AF\u04BB\u0458\u0459\u045A\u0452\u045B\u045F"
    );

    private static readonly string[][] Relatives =
    [
        ["ru", "uk", "be", "ky", "bg"],
        ["es", "pt", "gl", "ca"],
        ["cs", "sk"],
        ["no", "da", "sv"],
        ["hi", "mr", "ne"],
    ];

    // Malay and Filipino are read as Indonesian, Afrikaans as Dutch, Latvian and Estonian as Lithuanian, Danish as Swedish.
    private static readonly HashSet<string> StandIns = new(StringComparer.Ordinal) { "id", "nl", "lt", "sv" };

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ar"] = "Arabic",
        ["bn"] = "Bengali",
        ["cs"] = "Czech",
        ["de"] = "German",
        ["en"] = "English",
        ["es"] = "Spanish",
        ["fr"] = "French",
        ["he"] = "Hebrew",
        ["hi"] = "Hindi",
        ["id"] = "Indonesian",
        ["it"] = "Italian",
        ["ja"] = "Japanese",
        ["ko"] = "Korean",
        ["lt"] = "Lithuanian",
        ["nl"] = "Dutch",
        ["pl"] = "Polish",
        ["pt"] = "Portuguese",
        ["ru"] = "Russian",
        ["sk"] = "Slovak",
        ["sv"] = "Swedish",
        ["ta"] = "Tamil",
        ["te"] = "Telugu",
        ["th"] = "Thai",
        ["tr"] = "Turkish",
        ["uk"] = "Ukrainian",
        ["vi"] = "Vietnamese",
        ["zh"] = "Chinese",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Check Compute(Source source, LanguageMemo detector)
    {
        var declared = LanguageDetector.Primary(source.Input.DeclaredLanguage);
        if (HasStrangeLetters(source.SafeTitle) || HasStrangeLetters(source.AboutText))
        {
            return CheckCatalog.SameLanguage.NotApplicable("Its letters show a language that is not told apart here.");
        }

        if (Letters(source.AboutText) < EnoughText)
        {
            return CheckCatalog.SameLanguage.NotApplicable("Too little text to compare languages.");
        }

        var description = detector.Detect(source.AboutText);
        var isSure = description.Confidence > Sure && Shows(source, source.AboutText, description.Code, InText);
        if (!isSure)
        {
            return CheckCatalog.SameLanguage.NotApplicable("The language of the description is not certain enough to compare.");
        }

        var title = Letters(source.SafeTitle) < EnoughTitle ? default : detector.Detect(source.SafeTitle);
        var differs =
            title.Confidence > Sure
            && title.Code != description.Code
            && !IsDoubtful(title.Code, description.Code)
            && Shows(source, source.SafeTitle, title.Code, InTitle);
        // A mark that fits the title marks the language of the video.
        var misdeclared =
            declared is not null
            && declared != description.Code
            && LanguageDetector.IsSupported(declared)
            && !IsDoubtful(declared, description.Code)
            && title.Code != declared;
        var (evidence, fix) = (differs, misdeclared) switch
        {
            (true, _) => (
                $"The title is in {Name(title.Code)}, the description in {Name(description.Code)}.",
                $"Say the first two sentences of the description in {Name(title.Code)} too: who clicks the title reads them."
            ),
            (_, true) => (
                $"The description is in {Name(description.Code)}, the video is marked as {Name(declared!)}.",
                $"If the video is spoken in {Name(declared!)}, describe it in {Name(declared!)} too; "
                    + $"if not, mark it as {Name(description.Code)}."
            ),
            _ when Agrees(source, title, description.Code) => ($"Title and description are in {Name(description.Code)}.", ""),
            _ => ("", ""),
        };
        return evidence.Length == 0
            ? CheckCatalog.SameLanguage.NotApplicable("The title is too short or too mixed to tell its language.")
            : CheckCatalog.SameLanguage.Scored((differs ? 0 : 0.6) + (misdeclared ? 0 : 0.4), evidence, fix);
    }

    // Only a title of some length with words of that language and hardly any of another script is said to be in it.
    private static bool Agrees(Source source, LanguageGuess title, string code)
    {
        if (title.Code != code || title.Confidence <= Sure || !Shows(source, source.SafeTitle, code, Agreeing))
        {
            return false;
        }

        var latin = source.SafeTitle.Count(char.IsAsciiLetter);
        return code == "en"
            || latin * 4 < Letters(source.SafeTitle)
            || source.Text.TitleTokens.TrueForAll(token => token.Script is Script.Latin or Script.Number);
    }

    private static string Name(string code) => Names.GetValueOrDefault(code, code);

    // Languages of other scripts show by their letters.
    private static bool Shows(Source source, string text, string code, int least)
    {
        var words = StopWords.For(code);
        var english = code == "en" ? null : StopWords.For("en");
        var tokens = source.Tokens(text);
        if (tokens.Count(token => token.Script == Script.Latin) * 2 < tokens.Count)
        {
            return true;
        }

        var seen = 0;
        foreach (var token in tokens)
        {
            seen += words.Contains(token.Folded) && english?.Contains(token.Folded) != true ? 1 : 0;
            if (seen >= least)
            {
                return true;
            }
        }

        return false;
    }

    // Relatives are taken for each other, and languages that are not told apart here for the nearest one that is.
    private static bool IsDoubtful(string title, string description) =>
        StandIns.Contains(title)
        || StandIns.Contains(description)
        || Array.Exists(Relatives, group =>
            group.Contains(title, StringComparer.Ordinal) && group.Contains(description, StringComparer.Ordinal)
        );

    // Letters of Persian and Urdu, of Kazakh, Kyrgyz, Mongolian and Serbian: these are taken for Arabic and Russian.
    private static bool HasStrangeLetters(string text) => text.AsSpan().ContainsAny(StrangeLetters);

    private static int Letters(string text) => text.Count(char.IsLetter);
}
