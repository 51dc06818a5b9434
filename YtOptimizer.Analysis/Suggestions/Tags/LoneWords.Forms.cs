using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Suggestions.Tags;

// Words with an ending that the sentence put on them.
internal static partial class LoneWords
{
    // "Украины" where the text, its tags or other creators say "Украина".
    private static bool IsInflected(Source source, Candidate candidate)
    {
        // "Pythonem", "Pythona": the name with an ending. It is shown without, where the text writes it so, too.
        if (Ended(source, candidate.Key))
        {
            return BaseForms.KeyOf(source, candidate) is null;
        }

        if (candidate.Key.All(char.IsAscii) && source.SafeTitle.Any(c => c >= '\u0370' && char.IsLetter(c)))
        {
            return false;
        }

        var stem = source.Stemming.Stem(candidate.Key);
        return stem.Length < candidate.Key.Length
            && source.TagWords.Concat(source.TextWords).Any(word => word != candidate.Key && IsBaseOf(source, word, stem, candidate.Key));
    }

    private static bool Ended(Source source, string key)
    {
        var own = source.Model.Lexicon.Phrase(key, without: null).Tag;
        for (var length = key.Length - 1; length >= Math.Max(LeastBase, key.Length - LongestEnding); length--)
        {
            if (BaseForms.IsWellKnown(source, key[..length], own))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBaseOf(Source source, string word, string stem, string inflected) =>
        word.StartsWith(stem, StringComparison.Ordinal)
        && source.Stemming.Stem(word) == stem
        && source.Model.Lexicon.Phrase(word, without: null).Tag > source.Model.Lexicon.Phrase(inflected, without: null).Tag;
}
