using System.Globalization;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Which single words are tags: names, well-known short forms, what others tag and the title says. "late", "трюки" and "talk" are
/// words of a sentence, and nobody who searches them means the video.</summary>
internal static partial class LoneWords
{
    private const int LongestShortForm = 6;
    private const int LeastForeign = 3;
    private const int LeastBase = 4;
    private const int LongestEnding = 3;
    private const int OftenSaid = 3;
    private const int Often = 2;
    private const int SeveralChannels = 2;
    private const int WellKnown = 4;
    private const double Known = 0.15;
    private const double Likely = 0.2;
    private const double Topic = 0.28;
    private const double Sure = 0.4;

    // Languages that write all nouns with a capital, and those that write a name in cases.
    private static readonly HashSet<string> LargeNouns = new(["de", "lb"], StringComparer.Ordinal);

    private static readonly HashSet<string> Inflecting = new(
        ["ru", "uk", "be", "bg", "sr", "hr", "sl", "pl", "cs", "sk", "lt", "lv"],
        StringComparer.Ordinal
    );

    public static bool MayBeTag(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (PhraseQuality.IsTagged(source, phrase) || candidate.HashtagCount > 0)
        {
            return true;
        }

        // Runs of a script without spaces are judged as phrases.
        if (candidate.Has(CandidateMarks.Unspaced))
        {
            return true;
        }

        // So likely that creators tag it: the topic itself, also where it is an everyday word.
        if (IsSureTopic(source, phrase))
        {
            return true;
        }

        if (FormWords.SaysNothing(source, phrase.Surface) || (Inflecting.Contains(source.Language.Code) && IsInflected(source, candidate)))
        {
            return false;
        }

        return IsName(source, phrase) || IsTopic(source, phrase) || IsNamedTopic(source, phrase);
    }

    /// <summary>Whether a single word is written as a name: large in mid-sentence, in its own letter case, in capitals, or in another
    /// script.</summary>
    public static bool IsName(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (
            candidate.Capitalized < candidate.Total
            || (NameRuns.IsCut(source, candidate) && phrase.Probability < Sure)
            || FollowsOwnCase(source, candidate)
            || FollowsNumber(source, candidate)
            || (candidate.TitleCount > 0 && NameRuns.IsPartInTitle(source, candidate) && phrase.Probability < Likely)
        )
        {
            return false;
        }

        var key = candidate.Key;
        if ((Brands.Form(key) is not null || IsOwnCase(phrase.Surface)) && (candidate.TitleCount > 0 || phrase.Probability >= Known / 2))
        {
            return true;
        }

        if (candidate.TitleCount == 0)
        {
            // What only the description says is in passing, unless it says it again and others tag it.
            return IsShortForm(source, candidate)
                || (phrase.Probability >= Known && BaseForms.KeyOf(source, candidate) is not null)
                || (
                    candidate.DescriptionCount >= Often
                    && phrase.Probability >= Known
                    && IsKnown(source, key)
                    && source.IsNamed(key)
                    && !source.IsEveryday(key)
                );
        }

        if (source.IsEveryday(key))
        {
            return phrase.Probability >= Known && source.IsNamed(key) && !LargeNouns.Contains(source.Language.Code);
        }

        return IsForeign(source, key)
            || (source.IsNamed(key) && !LargeNouns.Contains(source.Language.Code))
            || IsShortForm(source, candidate)
            || IsLargeInTitle(source, phrase);
    }

    // "Sphinx" and "Windows" are everyday words, too: written large in mid-sentence and tagged by several channels they are names.
    private static bool IsNamedTopic(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return candidate.TitleCount > 0
            && phrase.Probability >= Known
            && candidate.Capitalized * 2 > candidate.Total
            && !LargeNouns.Contains(source.Language.Code)
            && source.Model.Lexicon.Phrase(candidate.Key, without: null).Tag >= WellKnown
            && (
                source.Text.DescriptionTokens.Any(token =>
                    token.Folded == candidate.Key && token.Has(TokenFlags.Capitalized) && token.Before is Gap.Space or Gap.Joint
                )
                || (candidate.FirstInTitle > 0 && !NameRuns.WritesAllLarge(source.Text.TitleTokens))
                || candidate.Has(CandidateMarks.TitleSegment)
            )
            && !TitleNames.Shouts(source)
            && !NameRuns.IsPartInTitle(source, candidate);
    }

    private static bool IsSureTopic(Source source, RankedPhrase phrase) =>
        phrase.Probability >= (phrase.Candidate.TitleCount > 0 ? Likely : Topic)
        && !(phrase.Probability < Sure && (OnlyOpensTitle(source, phrase.Candidate) || IsLooseWord(source, phrase.Candidate)))
        && phrase.Key.Length > 1
        && !PhraseQuality.IsEverywhere(phrase.Key)
        && !TitleParser.IsQualifier(phrase.Key)
        && !TitleParser.IsMonth(phrase.Key)
        && !source.Places.IsVerb(phrase.Key)
        && (phrase.Probability >= Sure || phrase.Candidate.TitleCount == 0 || !NameRuns.IsPartInTitle(source, phrase.Candidate));

    // "GOVERNO" of "o GOVERNO Roe": a word of the language, within a phrase of the title, that creators do not tag by itself.
    private static bool IsLooseWord(Source source, Candidate candidate) =>
        candidate is { TitleCount: > 0, DescriptionCount: 0, HashtagCount: 0, Quoted: 0, Bracketed: 0 }
        && !candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.Unspaced)
        && source.Text.TitleTokens.Count > 2
        && source.Model.Lexicon.Phrase(candidate.Key, without: null).Tag < SeveralChannels
        && source.IsEveryday(candidate.Key)
        && !source.IsNamed(candidate.Key);

    // "Salut à tous": large because it comes first, and neither other creators nor the rest of the text know it.
    private static bool OnlyOpensTitle(Source source, Candidate candidate) =>
        candidate is { FirstInTitle: 0, TitleCount: 1, DescriptionCount: 0, Quoted: 0, Bracketed: 0 }
        && !candidate.Has(CandidateMarks.TitleSegment | CandidateMarks.Unspaced)
        && source.Text.TitleTokens.Count > 2
        && source.Text.TitleTokens[1].Before is Gap.Space or Gap.Joint
        && source.Model.Lexicon.Phrase(candidate.Key, without: null).Tag == 0
        && IsOrdinary(source, candidate.Key);

    // A word of the language, and no name; where no list tells, capitals do not either.
    private static bool IsOrdinary(Source source, string key) =>
        WordSet.Wide(source.Language.Code) is var wide
        && (!wide.IsKnown || wide.Contains(key) || source.IsEveryday(key) || wide.HasStem(source.Stemming.Stem(key), source.Language.Code));

    // "bread" of a title about bread, where creators of several channels tag it.
    private static bool IsTopic(Source source, RankedPhrase phrase) =>
        phrase.Candidate.TitleCount > 0
        && !source.IsEveryday(phrase.Key)
        && !NameRuns.IsPartInTitle(source, phrase.Candidate)
        && !source.Places.IsVerb(phrase.Key)
        && (IsKnown(source, phrase.Key) ? phrase.Probability >= Known : phrase.Probability >= Likely && !TitleNames.Shouts(source));

    /// <summary>A run of a script without spaces that stands by itself, or one that others tag.</summary>
    public static bool IsWholeRun(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (
            IsKnown(source, candidate.Key)
            && !source.IsEveryday(candidate.Key)
            && (candidate.TitleCount > 0 || phrase.Probability >= Known)
        )
        {
            return true;
        }

        // A Thai name is many of the dictionary's words; what title and description say over and over is one.
        if (Scripts.OfFirst(candidate.Key) == Script.Thai && candidate.TitleCount > 0 && candidate.DescriptionCount >= Often)
        {
            return true;
        }

        var torn = IsTorn(source, candidate);
        return phrase.Probability >= (torn ? Sure : Likely)
            || (!torn && IsWholeBracket(source, candidate))
            || (candidate.Has(CandidateMarks.TitleSegment) && phrase.Probability >= Known)
            || (!torn && candidate.Total >= OftenSaid && phrase.Probability >= Known)
            || (!torn && candidate.TitleCount > 0 && candidate.Key.Length > LeastForeign && candidate.Key.All(IsKatakana));
    }

    private static bool IsKatakana(char c) => c is >= '\u30A1' and <= '\u30FE';

    // "オータニ" of "ニューオータニ": more of the same script stands beside it.
    private static bool IsTorn(Source source, Candidate candidate)
    {
        if (candidate.TitleCount == 0)
        {
            return false;
        }

        var (title, start, end) = (source.SafeTitle, candidate.Offset, candidate.Offset + candidate.Length);
        return (start > 0 && start < title.Length && IsSameScript(title[start - 1], title[start]))
            || (end > 0 && end < title.Length && IsSameScript(title[end - 1], title[end]));
    }

    private static bool IsSameScript(char one, char other) =>
        (IsKatakana(one) && IsKatakana(other)) || (one is >= '\u3400' and <= '\u9FFF' && other is >= '\u3400' and <= '\u9FFF');

    private static bool IsWholeBracket(Source source, Candidate candidate)
    {
        var (text, end) = (candidate.TitleCount > 0 ? source.SafeTitle : source.SafeDescription, candidate.Offset + candidate.Length);
        return candidate.Quoted + candidate.Bracketed > 0
            && candidate.Offset > 0
            && end < text.Length
            && char.GetUnicodeCategory(text[candidate.Offset - 1]) is UnicodeCategory.OpenPunctuation
            && char.GetUnicodeCategory(text[end]) is UnicodeCategory.ClosePunctuation;
    }

    // "Pro" of "iPad Pro".
    private static bool FollowsOwnCase(Source source, Candidate candidate)
    {
        var at = candidate.FirstInTitle;
        var tokens = source.Text.TitleTokens;
        return at > 0
            && tokens[at].Before == Gap.Space
            && source.SafeTitle.AsSpan(tokens[at - 1].Start, tokens[at - 1].Length) is [var first, var second, ..]
            && char.IsLower(first)
            && char.IsUpper(second);
    }

    // "FACE" of "2 FACE": half of a name.
    private static bool FollowsNumber(Source source, Candidate candidate) =>
        candidate.FirstInTitle > 0
        && candidate.FirstInTitle < source.Text.TitleTokens.Count
        && source.Text.TitleTokens[candidate.FirstInTitle].Before == Gap.Space
        && source.Text.TitleTokens[candidate.FirstInTitle - 1] is { Script: Script.Number, Length: 1 };

    // "GitHub", "PyPI", "iPad": spelled like no word.
    private static bool IsOwnCase(string surface) => surface.Skip(1).Any(char.IsUpper) && surface.Any(char.IsLower);

    private static bool IsEnglish(string key) => CommonWords.For("en").Contains(key, Stemming.For("en").Stem(key));

    // "Redis" in a Russian text has no case and is no word of it.
    private static bool IsForeign(Source source, string key) =>
        key.Length >= LeastForeign
        && key.All(char.IsAsciiLetterOrDigit)
        && key.Any(char.IsAsciiLetter)
        && !IsEnglish(key)
        && !source.SafeTitle.Any(c => char.IsLetter(c) && !char.IsAscii(c) && c < '\u0250')
        && source.SafeTitle.Any(c => c >= '\u0370' && char.IsLetter(c));

    private static bool IsShortForm(Source source, Candidate candidate) =>
        candidate.AllCaps >= candidate.Total
        && candidate.Key.Length <= LongestShortForm
        && candidate.Key.Length > 1
        && (
            (candidate.TitleCount > 0 && !TitleNames.Shouts(source)) || (candidate.DescriptionCount > 1 && source.IsAcronym(candidate.Key))
        );

    // A part of the title by itself, or large in mid-sentence. What opens a sentence or is cried out says nothing.
    private static bool IsLargeInTitle(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (candidate.TitleCount == 0 || source.Places.IsVerb(candidate.Key) || IsCriedOut(source, candidate))
        {
            return false;
        }

        var known = source.Model.Lexicon.IsTag(candidate.Key);
        if (Inflecting.Contains(source.Language.Code) && !known && !candidate.Key.All(char.IsAscii))
        {
            return false;
        }

        var tokens = source.Text.TitleTokens;
        var opens = candidate.FirstInTitle >= 0 && (candidate.FirstInTitle == 0 || tokens[candidate.FirstInTitle].Before >= Gap.Break);
        return candidate.Has(CandidateMarks.TitleSegment) ? known || tokens.Count > 1 && !TitleNames.Shouts(source)
            : opens ? known && phrase.Probability >= Likely
            : !TitleNames.Shouts(source) && !LargeNouns.Contains(source.Language.Code) && (known || !NameRuns.WritesAllLarge(tokens));
    }

    private static bool IsCriedOut(Source source, Candidate candidate)
    {
        var after = source.SafeTitle.AsSpan(Math.Min(candidate.Offset + candidate.Length, source.SafeTitle.Length)).TrimStart(' ');
        return after.Length > 0 && after[0] is '?' or '!' or '？' or '！';
    }

    private static bool IsKnown(Source source, string key) => source.Model.Lexicon.Phrase(key, without: null).Tag >= SeveralChannels;
}
