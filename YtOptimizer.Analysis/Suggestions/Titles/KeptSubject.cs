using System.Text;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>What a new title may not lose of the present one: its script, what it names, and the form of its kind.</summary>
internal sealed partial class KeptSubject
{
    // A sentence beyond this is cut off where titles are listed.
    private const int LongestTold = 70;

    private const double Sure = 0.6;
    private const int Latin = 0;
    private const int EastAsian = 1;
    private const int Hangul = 2;

    private readonly Source source;
    private readonly int script;
    private readonly bool formed;
    private readonly HashSet<string> head;
    private readonly HashSet<string> main;
    private readonly HashSet<string> words;

    public KeptSubject(Source source, string present)
    {
        this.source = source;
        script = MainScript(present);
        formed = HasForm(present);
        words = Stems(present);
        head = Head(present);
        var names = source
            .Tokens(present)
            .Where(token => !token.IsStop && source.IsNamed(token.Folded) && !TitleSegments.IsChannel(token.Folded, source))
            .Select(token => source.Stemming.Stem(token.Folded))
            .ToHashSet(StringComparer.Ordinal);
        main =
            names.Count > 0 ? names
            : AskedPhrases.First(source) is { } phrase && TitleChecks.Find(present, source, phrase) >= 0
                ? phrase
                    .Candidate.Words.Where(word => !source.StopWords.Contains(word))
                    .Select(source.Stemming.Stem)
                    .ToHashSet(StringComparer.Ordinal)
            : [];
    }

    public bool Keeps(TitleDraft draft)
    {
        // The same words, or all of them with something added.
        if (draft.Approach is TitleApproach.Repaired or TitleApproach.Names or TitleApproach.Detail or TitleApproach.Reordered)
        {
            return true;
        }

        var stems = Stems(draft.Text);
        var found = MainScript(draft.Text);
        // A Latin name in a title of another language ("Redis") may get a sentence around it.
        var kept = main.Count(stems.Contains);
        if (found != script && !words.IsSubsetOf(stems) && (script != Latin || !words.Overlaps(stems)))
        {
            return false;
        }

        if (draft.Approach is TitleApproach.Shortened or TitleApproach.Contents)
        {
            return true;
        }

        var told = draft.Approach is TitleApproach.Sentence or TitleApproach.Explains or TitleApproach.Question or TitleApproach.Quote;
        // What a talk explains is its subject in other words.
        var explained = source.Kind.About == VideoKind.Talk && (draft.Approach is TitleApproach.Explains or TitleApproach.HowTo);
        return !(told && formed)
            && !(told && IsCall(draft.Text))
            && !(
                told
                && source.Kind.About != VideoKind.Talk
                && Graphemes.DisplayWidth(draft.Text) > Math.Max(LongestTold, Graphemes.DisplayWidth(source.SafeTitle))
            )
            && (head.Count == 0 || head.Overlaps(stems))
            && (explained || (told ? kept * 2 >= main.Count : kept > 0 || main.Count == 0));
    }

    // Calls, numbers of likes and what comes next are no part of a title.
    private static bool IsCall(string text) =>
        Passages.Classify(text)
            is PassageKind.CallToAction
                or PassageKind.Social
                or PassageKind.OtherVideo
                or PassageKind.Sponsor
                or PassageKind.Discount;

    private HashSet<string> Stems(string text) => source.ContentStems(text).ToHashSet(StringComparer.Ordinal);

    // "Word Embedding: how …": what stands before the colon is what the title is about.
    private HashSet<string> Head(string present)
    {
        var colon = present.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && TitleSegments.RoleOf(present[..colon], source) == SegmentRole.Topic ? Stems(present[..colon]) : [];
    }

    // A result, a trailer, a song, an episode: viewers look for these titles as they are.
    private bool HasForm(string present) =>
        TitleSegments.Split(present, source).Exists(segment => segment.Role == SegmentRole.Episode)
        || (
            source.Kind.Confidence >= Sure
            && (
                source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer
                || (source.Kind.About == VideoKind.Sports && Sides().IsMatch(present))
            )
        );

    // The script of most letters; one of the East Asian signs says as much as two letters.
    private static int MainScript(string text)
    {
        var counts = new Dictionary<int, int>();
        foreach (var rune in text.EnumerateRunes().Where(Rune.IsLetter))
        {
            var group = Scripts.Of(rune, Script.Other) switch
            {
                Script.Latin => Latin,
                Script.Han or Script.Kana or Script.Katakana => EastAsian,
                Script.Hangul => Hangul,
                _ => rune.Value >> 7,
            };
            counts[group] = counts.GetValueOrDefault(group) + (group is EastAsian or Hangul ? 2 : 1);
        }

        return counts.Count == 0 ? Latin : counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
    }

    [GeneratedRegex(
        @"\b(vs?|versus)\b|(?<!\d)\d{1,3}\s?[-–:x]\s?\d{1,3}(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Sides();
}
