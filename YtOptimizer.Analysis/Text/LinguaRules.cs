using System.Runtime.CompilerServices;
using Lingua;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Lingua's rules without its sums, which <see cref="NgramTable"/> makes in a fraction of the time: what script and letters say of the
/// language. They are not public, so another version of Lingua must pass LanguageDetectorTests before it is taken.
/// </summary>
internal sealed class LinguaRules
{
    private readonly Lingua.LanguageDetector detector;
    private readonly HashSet<Language> all;

    public LinguaRules(IEnumerable<Language> languages)
    {
        detector = LanguageDetectorBuilder.FromLanguages([.. languages]).WithLowAccuracyMode().Build();
        all = [.. detector.Languages];
    }

    /// <summary>The text in lower case, without punctuation and digits, with one space for several.</summary>
    public static string Clean(string text) => CleanUpInputText(null, text);

    /// <summary>The languages that come into question, in the order in which their weights are added up.</summary>
    /// <param name="clean">See <see cref="Clean"/>.</param>
    public IReadOnlyCollection<Language> Candidates(string clean)
    {
        var words = SplitTextIntoWords(null, clean);
        var one = DetectLanguageWithRules(detector, words, all);
        return one == Language.Unknown ? FilterLanguagesByRules(detector, words, all) : [one];
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod)]
    private static extern string CleanUpInputText(Lingua.LanguageDetector? type, string text);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod)]
    private static extern List<string> SplitTextIntoWords(Lingua.LanguageDetector? type, string text);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern Language DetectLanguageWithRules(
        Lingua.LanguageDetector detector,
        List<string> words,
        HashSet<Language> languages
    );

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern HashSet<Language> FilterLanguagesByRules(
        Lingua.LanguageDetector detector,
        List<string> words,
        HashSet<Language> languages
    );
}
