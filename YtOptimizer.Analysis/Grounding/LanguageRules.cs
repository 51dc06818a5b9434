using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Suggestions stay in the video's language.</summary>
internal sealed class LanguageRules(Source source, WordJudge judge, SourceIndex index)
{
    private const int EnoughLetters = 25;
    private const double Sure = 0.95;

    private static readonly HashSet<string> English = new(StringComparer.Ordinal)
    {
        "the",
        "of",
        "and",
        "with",
        "for",
        "from",
        "to",
        "you",
        "your",
        "in",
        "is",
        "are",
        "that",
        "this",
        "on",
        "behind",
        "only",
        "can",
        "what",
        "when",
        "how",
        "it",
        "my",
        "at",
        "by",
    };

    public void Check(string text, LanguageMemo detector, List<GuardViolation> violations)
    {
        CheckEnglish(text, violations);
        if (source.Language.Code == LanguageDetector.Undetermined || text.Count(char.IsLetter) < EnoughLetters)
        {
            return;
        }

        // Short texts of many names mislead the detector; words that are at home in the video's language do not.
        var words = source
            .Tokens(text)
            .Where(token => !token.Has(TokenFlags.Digits) && !index.Supports(token) && !judge.IsGeneral(token.Folded))
            .ToList();
        if (judge.KnowsLanguage && words.Count(token => token.Folded.Split(' ').All(judge.IsEveryday)) * 2 >= words.Count)
        {
            return;
        }

        var guess = detector.Detect(text);
        // Mixed titles ("Official Video") mislead on short texts: the original title sets what is normal here.
        if (guess.Confidence >= Sure && guess.Code != source.Language.Code && guess.Code != detector.Detect(source.SafeTitle).Code)
        {
            violations.Add(new("other_language", $"The text is in “{guess.Code}”, the video in “{source.Language.Code}”."));
        }
    }

    // "The", "of", "with" in a text of another language, where neither that language nor the source has them.
    private void CheckEnglish(string text, List<GuardViolation> violations)
    {
        if (source.Language.Code is "en" or LanguageDetector.Undetermined || !judge.KnowsLanguage)
        {
            return;
        }

        var foreign = source
            .Tokens(text)
            .Where(token => English.Contains(token.Folded) && !judge.IsOwn(token.Folded) && !index.HasWord(token.Folded))
            .ToList();
        if (foreign.Count > 0)
        {
            violations.Add(new("other_language", $"“{foreign[0].Folded}” is English, the video is in “{source.Language.Code}”."));
        }
    }
}
