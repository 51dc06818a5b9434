using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <content>Whether a shouted title can be brought into ordinary case.</content>
internal static partial class Casing
{
    // One word in so many.
    private const int MostUnsure = 3;
    private const int FewestShouted = 3;
    private const int ShortestEnded = 6;
    private const int ShortestKnown = 4;
    private const int ShortestInflected = 6;
    private const int LongestNameTag = 40;
    private const int MostNameWords = 3;
    private static readonly ConcurrentDictionary<string, string[]> Endings = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a shouted title can be brought into ordinary case without guessing which words are names: each word is an everyday one, or
    /// written somewhere in the text. English and Turkish titles take large initials, so nothing has to be known there.
    /// </summary>
    public static bool IsCertain(string title, Source source)
    {
        var code = source.Language.Code;
        if (HidesLetters().IsMatch(title) || source.Tokens(title).Exists(token => IsShortRiddle(token, source)))
        {
            return false;
        }

        if (HasTitleCase(code))
        {
            return true;
        }

        // German nouns and Vietnamese names look like other words when all is shouted.
        var shouted = source
            .Tokens(title)
            .Where(token =>
                token.Has(TokenFlags.AllCaps)
                && token.Length > 1
                && !token.IsStop
                && !token.Has(TokenFlags.Digits)
                && Brands.Form(token.Folded) is null
            )
            .ToList();
        if (code is "de" or "vi")
        {
            return shouted.TrueForAll(token => source.Attested(token.Folded) is not null);
        }

        if (SplitsName(source.Tokens(title), source))
        {
            return false;
        }

        // What is neither may be a name and begins with a capital; where such words are few the title reads well either way.
        var unsure = shouted.Count(token =>
            !OpensSentence(title, token) && source.Attested(token.Folded) is null && !IsOrdinary(token.Folded, source)
        );
        var guessed = shouted.Count(token => source.Attested(token.Folded) is null && !IsOrdinary(token.Folded, source));
        // A short title of names, and a match, say too little to tell them by.
        if (
            guessed > 0
            && (guessed * 2 > shouted.Count || (guessed > 1 && shouted.Count < FewestShouted) || source.Kind.About == VideoKind.Sports)
        )
        {
            return false;
        }

        // In these languages names are words ("Chaves", "Prado"): where all is shouted, one word that nothing tells is one too many.
        if (unsure > 0 && code is "es" or "pt" or "it" && ShoutsMostly(source) && shouted.Exists(token => IsGuess(title, token, source)))
        {
            return false;
        }

        // A noun with a capital in the middle of a Russian sentence is a plain mistake.
        if (
            unsure > 0
            && code is "ru" or "uk"
            && shouted.Exists(token => IsGuess(title, token, source) && !MayBeName(title, token, source))
        )
        {
            return false;
        }

        return unsure == 0 || (unsure <= 2 && unsure * MostUnsure <= shouted.Count && source.KnowsEveryday);
    }

    private static bool IsGuess(string title, Token token, Source source) =>
        !OpensSentence(title, token)
        && source.Attested(token.Folded) is null
        && !IsOrdinary(token.Folded, source)
        && !source.IsAcronym(token.Folded)
        && token.Folded.Any(c => !"ivxlc".Contains(c, StringComparison.Ordinal))
        && !Names.Contains(token.Folded)
        && !FirstNames.Contains(token.Folded)
        && !IsBehindFirstName(title, token, source);

    // In other letters, tagged, part of the channel's name, or who made it ("от Фокусника").
    private static bool MayBeName(string title, Token token, Source source) =>
        token.Script == Script.Latin
        // Letters that nobody can read as a word.
        || !token.Folded.Any(c => Vowels.Contains(c, StringComparison.Ordinal))
        || IsTagged(token.Folded, source)
        || Folding.Fold(source.Input.ChannelTitle ?? "").Contains(token.Folded, StringComparison.Ordinal)
        || source.Tokens(title).FindLast(before => before.End <= token.Start) is { Folded: "от" or "від" };

    private static bool IsBehindFirstName(string title, Token token, Source source) =>
        source.Tokens(title).FindLast(before => before.End <= token.Start) is { Length: > 1 } other
        // "ДЕНИСА ИГОНИНА": the name in a case.
        && (FirstNames.Contains(other.Folded) || (other.Folded[^1] is 'а' or 'у' && FirstNames.Contains(other.Folded[..^1])));

    // "T3RRIBL3": a digit in the place of a letter.
    [GeneratedRegex(@"\p{Lu}\d\p{Lu}|\b\d\p{Lu}{3}", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex HidesLetters();

    // "KI", "NUR", "NBA": in capitals a short word may be a word, a name or letters.
    private static bool IsShortRiddle(Token token, Source source) =>
        token.Has(TokenFlags.AllCaps)
        && token.Length is 2 or 3
        && !token.IsStop
        && !token.Has(TokenFlags.Digits)
        && token.Folded.Any(c => Vowels.Contains(c, StringComparison.Ordinal))
        && Brands.Form(token.Folded) is null
        && !ShortForms.Contains(token.Folded)
        && !VideoWords.Contains(token.Folded)
        && !source.IsAcronym(token.Folded)
        && !source.IsEveryday(token.Folded)
        && source.Attested(token.Folded) is null
        && token.Folded.Any(c => !"ivxlc".Contains(c, StringComparison.Ordinal));

    // It begins with a capital whatever it is.
    private static bool OpensSentence(string title, Token token)
    {
        var before = title.AsSpan(0, token.Start).TrimEnd(" ¡¿\"«“'‘(");
        return before.Length == 0 || before[^1] is '.' or '!' or '?' or '|' or ':' or '-' or '–' or '—';
    }

    // An everyday word, or one whose ending makes it a verb, adjective or abstract noun and no name.
    private static bool IsOrdinary(string folded, Source source)
    {
        if (source.IsEveryday(folded) || VideoWords.Contains(folded) || IsKnown(folded, source))
        {
            return true;
        }

        var endings = Endings.GetOrAdd(source.Language.Code, static code =>
            [
                .. WordList
                    .Read("title-words.txt")
                    .Where(line => line.Section == "ordinary endings " + code)
                    .Select(line => Folding.Fold(line.Entry)),
            ]
        );
        return folded.Length >= ShortestEnded
            && !source.IsNamed(folded)
            && Array.Exists(endings, end => folded.Length > end.Length + 2 && folded.EndsWith(end, StringComparison.Ordinal));
    }

    // In the wider list of the language. A word that is a tag by itself, or stands in a short one, may be somebody's name here ("MADURO",
    // "GABI PRADO"); titles in capitals are tagged with such names.
    private static bool IsKnown(string folded, Source source)
    {
        var wide = WordSet.Wide(source.Language.Code);
        return folded.Length >= ShortestKnown
            && wide.IsKnown
            && !(source.Language.Code is "es" or "pt" or "it" && ShoutsMostly(source))
            && !Names.Contains(folded)
            && !FirstNames.Contains(folded)
            && !source.IsNamed(folded)
            && !IsTagged(folded, source)
            && (
                wide.Contains(folded)
                || (
                    folded.Length >= ShortestInflected
                    && source.Language.Code is "ru" or "uk" or "pl" or "cs" or "sk"
                    && wide.HasStem(source.Stemming.Stem(folded), source.Language.Code)
                )
            );
    }

    // Surnames of these languages are words ("Prado", "Malta"); where single words are stressed, names stand beside them in ordinary case.
    private static bool ShoutsMostly(Source source)
    {
        var words = source.Tokens(source.SafeTitle).Where(token => token.Length > 1 && !token.Has(TokenFlags.Digits)).ToList();
        return words.Count(token => token.Has(TokenFlags.AllCaps)) * 2 > words.Count;
    }

    private static bool IsTagged(string folded, Source source) =>
        source.TagKeys.Contains(folded)
        || source.SafeTags.Any(tag =>
            tag.Length <= LongestNameTag
            && Folding.Fold(tag).Split(' ') is { Length: > 1 and <= MostNameWords } words
            && Array.IndexOf(words, folded) >= 0
        );

    // "PEÑA NIETO", "RIVER PLATE": a tag of two words of which one would begin with a capital and the other not.
    private static bool SplitsName(List<Token> tokens, Source source)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            var (first, second) = (tokens[i], tokens[i + 1]);
            if (
                first.Has(TokenFlags.AllCaps)
                && second.Has(TokenFlags.AllCaps)
                && second.Before == Gap.Space
                && !first.IsStop
                && !second.IsStop
                && source.TagKeys.Contains(first.Folded + " " + second.Folded)
                && (IsSmall(first, source) != IsSmall(second, source) || (source.Kind.About == VideoKind.News && IsSmall(first, source)))
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSmall(Token token, Source source) =>
        source.Attested(token.Folded) is { Length: > 0 } attested ? !char.IsUpper(attested[0]) : IsOrdinary(token.Folded, source);
}
