using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Which of the creator's present tags stay: those for viewers, about the video, spelled as the text spells them.</summary>
internal static class OwnTags
{
    private const int VideoId = 11;
    private const int LeastMisspelled = 5;
    private const int ShortestName = 3;

    /// <summary>Those that stay, in their order.</summary>
    public static List<string> Staying(Source source)
    {
        var fitting = source.SafeTags.Select(tag => MetadataChecks.IsRelevant(source, tag)).ToList();
        // A name that a fitting tag brings (a series' short form) holds its other tags, too.
        var brought = source
            .SafeTags.Where((_, i) => fitting[i])
            .SelectMany(tag => source.Tokens(tag))
            .Where(token => !token.IsStop && token.Length >= ShortestName && !source.IsEveryday(token.Folded))
            .Select(token => token.Folded)
            .ToHashSet(StringComparer.Ordinal);
        var staying = new List<string>();
        for (var i = 0; i < source.SafeTags.Count; i++)
        {
            var tag = source.SafeTags[i];
            if ((fitting[i] || IsBrought(source, tag, brought)) && tag.Length <= Limits.Tag && MayStay(source, tag))
            {
                staying.Add(tag);
            }
        }

        return staying;
    }

    // It begins with the name ("twlh season 4"), or holds it beside words of the text. A surname alone brings nobody else of that name.
    private static bool IsBrought(Source source, string tag, HashSet<string> brought)
    {
        var content = source.Tokens(tag).Where(token => !token.IsStop).ToList();
        return content.Count > 0
            && (
                brought.Contains(content[0].Folded)
                || (
                    content.Exists(token => brought.Contains(token.Folded))
                    && content.Count(token => brought.Contains(token.Folded) || source.TextSupports(token)) * 2 > content.Count
                )
            );
    }

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

    // A word beside one that the text holds, at one edit, and no inflection of it. Without its accents a word is what many people type.
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
                    other.Length >= LeastMisspelled
                    && word[0] == other[0]
                    && word[^1] == other[^1]
                    && Similarity.IsOneEdit(word, other)
                    && Folding.StripDiacritics(word) != Folding.StripDiacritics(other)
                )
            )
            {
                return true;
            }
        }

        return false;
    }
}
