using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Suggestions stay in the video's language.</summary>
internal sealed class LanguageRules(Source source)
{
    private const int EnoughLetters = 25;
    private const double Sure = 0.95;

    public void Check(string text, LanguageMemo detector, List<GuardViolation> violations)
    {
        if (source.Language.Code == LanguageDetector.Undetermined || text.Count(char.IsLetter) < EnoughLetters)
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
}
