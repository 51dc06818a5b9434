using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>What a title is about for all that can be told: what the creator tagged, and names that the description writes, too. A check
/// that has none of them says nothing about a subject.</summary>
internal static class SureSubjects
{
    private const int MostTagged = 5;
    private const int ShortestLatin = 3;

    /// <summary>In the order of the title; the longest of those that begin at one place.</summary>
    public static List<SureSubject> Of(Source source, string title)
    {
        var found = new List<SureSubject>();
        bool Tells(string text) => source.OwnDescription.Contains(text, StringComparison.OrdinalIgnoreCase);
        foreach (var tag in source.SafeTags)
        {
            if (
                TitleOpening.IndexOf(title, tag) is >= 0 and var at
                && TitleOpening.Names(source, tag)
                && !IsLoose(source, title, at, tag.Length)
            )
            {
                found.Add(new SureSubject(title.Substring(at, tag.Length), at, Tells(tag)));
            }
        }

        foreach (var (phrase, _) in source.Main)
        {
            if (!IsSure(source, phrase))
            {
                continue;
            }

            var at = title.IndexOf(phrase.Surface, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && !IsLoose(source, title, at, phrase.Surface.Length))
            {
                found.Add(new SureSubject(title.Substring(at, phrase.Surface.Length), at, true));
            }
        }

        return
        [
            .. found
                .OrderBy(subject => subject.Start)
                .ThenByDescending(subject => subject.Text.Length)
                .DistinctBy(subject => subject.Start)
                .Where(subject => subject.Text.Split(' ').Length <= MostTagged),
        ];
    }

    // A name, or a phrase of several words with capitals, that title and description both hold as words of a sentence.
    private static bool IsSure(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return candidate.TitleCount > 0
            && candidate.DescriptionCount > candidate.HashtagCount
            && !candidate.IsMasked
            && AskedPhrases.IsNameable(source, phrase)
            && PhraseQuality.IsPresentable(source, phrase)
            && !NameRuns.IsCut(source, candidate)
            && candidate.AllCaps * 2 < candidate.Total
            && candidate.Capitalized * 2 > candidate.Total
            && (candidate.Words.Length > 1 || source.IsNamed(phrase.Key))
            && !Array.TrueForAll(candidate.Words, word => PhraseQuality.IsEverywhere(word) || TitleParser.IsQualifier(word));
    }

    // "[Cast interview]", "【公式】": what stands in such brackets sorts the video.
    private static bool IsLabel(string title, int start, int end) =>
        title.AsSpan(0, start).LastIndexOfAny('[', '【') is >= 0 and var open
        && title.AsSpan(open, start - open).IndexOfAny(']', '】') < 0
        && title.AsSpan(end).IndexOfAny(']', '】') >= 0;

    // "Non" of "Non standard library", a part of a hashtag or of a longer name in quotation marks says nothing alone.
    private static bool IsLoose(Source source, string title, int at, int length)
    {
        var text = title.AsSpan(at, length);
        return (at > 0 && title[at - 1] is '#' or '@')
            || IsLabel(title, at, at + length)
            || (text.Length < ShortestLatin && Scripts.OfFirst(title[at..]) == Script.Latin)
            // "可愛い": ends like an adjective or a verb.
            || (Scripts.OfFirst(text[^1..].ToString()) == Script.Kana && text.ContainsAnyInRange('\u4E00', '\u9FFF'))
            || source.StopWords.Contains(Folding.Fold(text.ToString()));
    }
}

/// <param name="Text">As the title writes it.</param>
/// <param name="Start">UTF-16 offset in the title.</param>
/// <param name="IsTold">The description holds it, too.</param>
internal readonly record struct SureSubject(string Text, int Start, bool IsTold)
{
    /// <summary>Columns before it.</summary>
    public int ColumnIn(string title) => Graphemes.DisplayWidth(title[..Start]);
}
