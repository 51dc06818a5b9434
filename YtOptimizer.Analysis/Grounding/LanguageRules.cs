using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Suggestions stay in the video's language.</summary>
internal sealed class LanguageRules(Source source, WordJudge judge, SourceIndex index)
{
    private const int EnoughLetters = 25;
    private const double Sure = 0.95;

    private const int FewestForeign = 2;

    // No word of another language with these letters, whatever lists of film subtitles say.
    private static readonly HashSet<string> Plainly = new(
        ["the", "with", "your", "you", "what", "how", "this", "that", "are"],
        StringComparer.Ordinal
    );

    private static readonly string[] Others = ["en", "es", "fr", "de", "pt", "it"];

    // English words that titles of all languages use.
    private static readonly HashSet<string> Loans = new(
        (
            "official video music live mv feat ft lyric lyrics audio vlog trailer teaser review tutorial challenge "
            + "unboxing cover remix hd 4k podcast highlights makeup haul diy gameplay tips top full show talk "
            + "workshop meetup best hits mix set dj pop rock rap hip hop beat clip album single ep vs tour tag part "
            + "reaction prank news update open source web app data machine learning"
        ).Split(' '),
        StringComparer.Ordinal
    );

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
        CheckForeign(text, violations);
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

    // Two or more words of another language, which this one lacks and does not borrow ("First Impressions" in German, "tráiler oficial"
    // in English).
    private void CheckForeign(string text, List<GuardViolation> violations)
    {
        var language = source.Language.Code;
        if (language == LanguageDetector.Undetermined || !judge.KnowsLanguage)
        {
            return;
        }

        var strange = source
            .Tokens(text)
            .Where(token =>
                token.Script is Script.Latin or Script.Other
                && !token.Has(TokenFlags.Digits)
                && !token.IsStop
                && !index.Supports(token)
                && !Loans.Contains(token.Folded)
            )
            .SelectMany(token => token.Folded.Split(' '))
            .Where(word => word.Length > 2 && !judge.IsOwn(word) && !IsOwnGeneral(word))
            .ToList();
        if (strange.Count < FewestForeign)
        {
            return;
        }

        foreach (var other in Others.Where(other => other != language))
        {
            var words = strange
                .Where(word => CommonWords.For(other).HasWord(word) || FactWords.For(other).Has(FactKind.General, word))
                .ToList();
            if (words.Count >= FewestForeign && words.Count * 2 > strange.Count)
            {
                violations.Add(new("other_language", $"“{string.Join(' ', words)}” is in “{other}”, the video in “{language}”."));
                return;
            }
        }
    }

    private bool IsOwnGeneral(string word) => FactWords.For(source.Language.Code).Has(FactKind.General, word);

    // "The", "of", "with" in a text of another language, where neither that language nor the source has them.
    private void CheckEnglish(string text, List<GuardViolation> violations)
    {
        if (source.Language.Code is "en" or LanguageDetector.Undetermined || !judge.KnowsLanguage)
        {
            return;
        }

        var foreign = source
            .Tokens(text)
            .Where(token =>
                English.Contains(token.Folded)
                && (!judge.IsOwn(token.Folded) || Plainly.Contains(token.Folded))
                && !index.HasWord(token.Folded)
            )
            .ToList();
        if (foreign.Count > 0)
        {
            violations.Add(new("other_language", $"“{foreign[0].Folded}” is English, the video is in “{source.Language.Code}”."));
        }
    }
}
