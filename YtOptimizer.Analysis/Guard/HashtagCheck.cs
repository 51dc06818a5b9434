using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Guard;

/// <summary>Hashtags are one phrase of the source each, written as one word.</summary>
internal static class HashtagCheck
{
    private const int Shortest = 2;
    private const int Longest = 30;

    /// <summary>Without the sign and hidden characters.</summary>
    public static string Bare(string hashtag) => TextCleaner.Tidy(TextCleaner.Clean(hashtag)).TrimStart('#', '＃');

    public static string Key(string hashtag) => Folding.Fold(Folding.StripDiacritics(HashtagWriter.Make(Bare(hashtag))));

    public static bool IsSupported(Source source, string hashtag)
    {
        var key = Key(hashtag);
        return key.Length is >= Shortest and <= Longest
            && key.Any(char.IsLetter)
            && !PromptInjectionDetector.IsSuspicious(hashtag)
            && Folding.StripDiacritics(source.Folded.Replace(" ", "", StringComparison.Ordinal)).Contains(key, StringComparison.Ordinal);
    }
}
