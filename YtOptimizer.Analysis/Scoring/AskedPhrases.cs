using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>The main phrases a title or an opening can be asked to hold: not the channel's, host's or show's name, which YouTube shows
/// beside the title anyway, unless the title itself is about it; nor another form of a word of the title, a label or a hashtag.</summary>
internal static class AskedPhrases
{
    private const int Twin = 5;

    public static IReadOnlyList<WeightedPhrase> Of(Source source)
    {
        var title = source.Text.TitleTokens.SelectMany(token => token.Folded.Split(' ')).Distinct(StringComparer.Ordinal).ToList();
        var asked = source.Main.Where(main => main.Phrase.Candidate.TitleCount > 0 || MayBeAsked(source, main.Phrase, title)).ToList();
        return asked.Count > 0 ? asked : source.Main;
    }

    /// <summary>The first of them that is more than one everyday word ("first"), else the first; null where there is none.</summary>
    public static RankedPhrase? First(Source source) => First(source, Of(source));

    /// <summary>The same of phrases that are known already; the whole name where the first is a part of it.</summary>
    public static RankedPhrase? First(Source source, IReadOnlyList<WeightedPhrase> asked)
    {
        RankedPhrase? first = null;
        foreach (var (phrase, _) in asked)
        {
            if (!IsFirst(source, phrase, asked.Count))
            {
                continue;
            }

            if (first is not { } part)
            {
                first = phrase;
                if (!NameRuns.IsCut(source, phrase.Candidate))
                {
                    return phrase;
                }
            }
            else if (
                phrase.Candidate.Words.Length > part.Candidate.Words.Length
                && part.Candidate.Words.All(phrase.Candidate.Words.Contains)
            )
            {
                return phrase;
            }
        }

        return first ?? (asked.Count > 0 ? asked[0].Phrase : null);
    }

    private static bool IsFirst(Source source, RankedPhrase phrase, int of) =>
        (phrase.Candidate.Words.Length > 1 || !source.IsEveryday(phrase.Key))
        && !Array.Exists(phrase.Candidate.Words, PromisedWords.IsPart)
        && !PromisedWords.IsForm(source, phrase.Key)
        && !IsFramed(phrase)
        && !(of > 1 && TitleSegments.IsChannel(phrase.Surface, source));

    /// <summary>Whether a creator can be asked to name it: a name or a phrase of several words that the text holds twice.</summary>
    public static bool IsSubject(Source source, RankedPhrase phrase) =>
        phrase.Candidate is { IsMasked: false, TitleCount: 0 } candidate
        && candidate.DescriptionCount > 1
        && (candidate.Words.Length > 1 || (candidate.Capitalized * 2 > candidate.Total && !source.IsEveryday(phrase.Key)))
        && PhraseQuality.IsPresentable(source, phrase)
        && source.Text.TitleTokens is var title
        && !IsTwin(source, phrase, [.. title.SelectMany(token => token.Folded.Split(' '))]);

    /// <summary>Whether an opening can be asked to name it: a phrase of the title that is no everyday word, or a subject of the
    /// text.</summary>
    public static bool IsNameable(Source source, RankedPhrase phrase) =>
        phrase.Candidate.TitleCount > 0
            ? (phrase.Candidate.Words.Length > 1 || !source.IsEveryday(phrase.Key))
                && !Array.Exists(phrase.Candidate.Words, PromisedWords.IsPart)
                && !PromisedWords.IsForm(source, phrase.Key)
                && !IsFramed(phrase)
                && !TitleSegments.IsChannel(phrase.Surface, source)
            : IsSubject(source, phrase);

    /// <summary>Whether it is a name for all that can be told: of several words, or with a capital and no everyday word.</summary>
    public static bool IsNamed(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Length > 1
        || source.IsNamed(phrase.Key)
        || source.TagKeys.Contains(phrase.Key)
        || (
            // The first word of a title has a capital anyway.
            phrase.Candidate
                is { FirstInTitle: > 0 } candidate
            && candidate.Capitalized * 2 > candidate.Total
            && candidate.AllCaps * 2 < candidate.Total
            && !source.IsEveryday(phrase.Key)
        );

    // "super Porsche", "үчүн": begins or ends with a word that only frames what is said.
    private static bool IsFramed(RankedPhrase phrase) =>
        PromisedWords.IsFrame(phrase.Candidate.Words[0]) || PromisedWords.IsFrame(phrase.Candidate.Words[^1]);

    private static bool MayBeAsked(Source source, RankedPhrase phrase, List<string> title) =>
        !TitleSegments.IsChannel(phrase.Surface, source)
        && !phrase.Candidate.Words.All(PhraseQuality.IsEverywhere)
        && phrase.Candidate.DescriptionCount > phrase.Candidate.HashtagCount
        && !IsLabel(source, phrase)
        && !IsTwin(source, phrase, title);

    // "Parrots" where the title has "parrot", "Vargant" where it has "Vagrant".
    private static bool IsTwin(Source source, RankedPhrase phrase, List<string> title) =>
        Array.TrueForAll(phrase.Candidate.Words, word =>
            title.Exists(own =>
                own == word
                || source.Stemming.Stem(own) == source.Stemming.Stem(word)
                || (
                    own.Length >= Twin
                    && word.Length >= Twin
                    && (own.AsSpan(0, Twin).SequenceEqual(word.AsSpan(0, Twin)) || Similarity.IsOneEdit(own, word) || IsSwapped(own, word))
                )
            )
        );

    // The same letters, two of them in another order.
    private static bool IsSwapped(string a, string b) => a.Length == b.Length && a[0] == b[0] && a.Order().SequenceEqual(b.Order());

    // "Tytuł: …": says what follows.
    private static bool IsLabel(Source source, RankedPhrase phrase)
    {
        var at = source.SafeDescription.IndexOf(phrase.Surface, StringComparison.Ordinal);
        var end = at + phrase.Surface.Length;
        return at >= 0 && end < source.SafeDescription.Length && source.SafeDescription[end] is ':' or '：';
    }
}
