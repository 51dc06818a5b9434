using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Which of the creator's present tags stay: those for viewers, spelled as the text spells them.</summary>
internal static class OwnTags
{
    private const int VideoId = 11;
    private const int LeastMisspelled = 5;

    public static bool MayStay(Source source, string tag) =>
        !IsMachine(tag) && !IsForOthers(tag) && !source.Sponsored.IsNamedIn(tag) && !IsMisspelled(source, tag);

    // "sp:ty=high", "DN6WWu_KEQs": written by programs for programs.
    private static bool IsMachine(string tag) =>
        tag.Contains('=', StringComparison.Ordinal)
        || tag.Contains("://", StringComparison.Ordinal)
        || (
            tag.Length == VideoId
            && tag.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            && tag.Any(char.IsAsciiLetterUpper)
            && tag.Any(char.IsAsciiLetterLower)
            && (tag.Any(char.IsAsciiDigit) || tag.Contains('_', StringComparison.Ordinal))
            && !char.IsAsciiDigit(tag[^1])
        );

    private static bool IsForOthers(string tag) =>
        Passages.Classify(tag.Replace('_', ' '))
            is PassageKind.CallToAction
                or PassageKind.Sponsor
                or PassageKind.Discount
                or PassageKind.Contact
                or PassageKind.Boilerplate
                or PassageKind.Link;

    // A word beside one that the text holds, at one edit, and no inflection of it.
    private static bool IsMisspelled(Source source, string tag)
    {
        foreach (var word in Folding.Fold(tag).Split(' '))
        {
            if (
                word.Length >= LeastMisspelled
                && word.All(char.IsLetter)
                && !source.TextWords.Contains(word)
                && source.Model.Lexicon.Word(word, without: null).Doc == 0
                && source.TextWords.Any(other =>
                    other.Length >= LeastMisspelled && word[0] == other[0] && word[^1] == other[^1] && Similarity.IsOneEdit(word, other)
                )
            )
            {
                return true;
            }
        }

        return false;
    }
}
