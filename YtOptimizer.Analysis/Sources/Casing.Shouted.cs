using System.Buffers;
using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <content>Shouted titles in ordinary case.</content>
internal static partial class Casing
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?:|•–—。！？：｜");

    private const int LongestLetters = 5;
    private const string Vowels = "aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœаеёиоуыэюя";

    private static readonly HashSet<string> Names = WordList.Section("title-words.txt", "names").ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> BeforeNames = WordList
        .Section("title-words.txt", "before names")
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> FirstNames = WordList
        .Section("title-words.txt", "first names")
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> ShortForms = WordList
        .Section("title-words.txt", "short forms")
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> VideoWords = WordList
        .Section("title-words.txt", "video words")
        .ToHashSet(StringComparer.Ordinal);

    // Acronyms and Roman numerals. Beside ordinary words a short word in capitals is one; where all is shouted it must look like one, or be
    // written so elsewhere.
    private static bool KeepsCapitals(Token token, string surface, string? attested, bool mostly, Source source)
    {
        // "EU" is "I" in Portuguese.
        if (Brands.Form(token.Folded) == surface && !token.IsStop && !(mostly && source.IsEveryday(token.Folded)))
        {
            return true;
        }

        if (token.IsStop || attested is not null || VideoWords.Contains(token.Folded))
        {
            return false;
        }

        // "КПРФ": letters that nobody can read as a word.
        if (
            token.Length <= LongestLetters
            && token.Length > 1
            && source.Language.Code is not ("cs" or "sk")
            && token.Folded.All(c => c is (>= 'a' and <= 'z') or (>= 'а' and <= 'я'))
            && !token.Folded.Any(c => Vowels.Contains(c, StringComparison.Ordinal))
            && !source.IsEveryday(token.Folded)
        )
        {
            return true;
        }

        if (surface is "II" or "III" or "IV" or "VII" or "VIII" or "IX" or "XII" or "XIII" or "XIV")
        {
            return true;
        }

        if (surface.Length is >= 2 and <= 7 && !source.IsEveryday(token.Folded) && surface.All(c => c is 'I' or 'V' or 'X' or 'L' or 'C'))
        {
            return true;
        }

        var pronounceable = surface.Count(c => Vowels.Contains(char.ToLowerInvariant(c), StringComparison.Ordinal)) > 1;
        return mostly
            ? (token.Length <= 3 && !pronounceable && !source.IsEveryday(token.Folded))
                || ShortForms.Contains(token.Folded)
                || (token.Length <= 5 && !pronounceable && source.IsAcronym(token.Folded))
            : token.Length <= 4 || (token.Length <= 5 && source.IsAcronym(token.Folded));
    }

    // Languages whose titles write every word but the little ones with a capital.
    private static bool HasTitleCase(string language) => language is "en" or "tr" or "az";

    private static bool Begins(ReadOnlySpan<char> between) =>
        between.ContainsAny(Ends) || between.IndexOf(" - ") >= 0 || between.IndexOf(" / ") >= 0 || HasEmoji(between);

    private static bool HasEmoji(ReadOnlySpan<char> between)
    {
        foreach (var rune in between.EnumerateRunes())
        {
            if (Graphemes.IsEmoji(rune))
            {
                return true;
            }
        }

        return false;
    }

    // "АЛИСА РАЗЫГРАЛА ВСЕХ": behind a first name stands a surname or a verb; no surname ends like this one.
    private static bool IsPlainVerb(string folded, Source source) =>
        source.Language.Code is "ru" or "uk"
        && folded.Length >= ShortestInflected
        && folded.EndsWith("ла", StringComparison.Ordinal)
        && !source.IsNamed(folded);

    /// <summary>
    /// Turns shouted words into ordinary case. A word written otherwise elsewhere in the text keeps that form; short ones stay (acronyms)
    /// unless most of the title is shouted.
    /// </summary>
    public static string Calm(string title, Source source)
    {
        var tokens = source.Tokens(title);
        var shouted = tokens.Count(token => token.Has(TokenFlags.AllCaps) && token.Length > 1);
        if (shouted == 0)
        {
            return title;
        }

        var ordinary = tokens
            .Where(token =>
                !token.IsStop
                && token.Length > 1
                && token.Script == Script.Latin
                && !token.Has(TokenFlags.AllCaps)
                && !token.Has(TokenFlags.Digits)
            )
            .ToList();
        var mostly =
            shouted * 2
            > tokens.Count(token =>
                token.Length > 1 && token.Script is not (Script.Number or Script.Han or Script.Kana or Script.Katakana)
            );
        // "Sourdough BREAD Made Easy" writes every word large; "Mi NUEVA casa" does not. English titles do when they do nothing but shout.
        var titled = mostly
            ? HasTitleCase(source.Language.Code)
            : ordinary.Count >= 2 && ordinary.Count(token => token.Has(TokenFlags.Capitalized)) * 10 >= ordinary.Count * 8;
        var output = new StringBuilder(title);
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            var token = tokens[i];
            var begins = i == 0 || Begins(title.AsSpan(tokens[i - 1].End, token.Start - tokens[i - 1].End));
            // "И", "O", the "D" of "D'HORREUR": one letter is never marked as shouted.
            var among =
                i > 0
                && i + 1 < tokens.Count
                && tokens[i - 1].Has(TokenFlags.AllCaps)
                && (tokens[i + 1].Has(TokenFlags.AllCaps) || tokens[i + 1].Has(TokenFlags.Digits));
            if (
                (mostly || among)
                && token.Length == 1
                && !begins
                && char.IsUpper(title[token.Start])
                && !(token.Folded == "i" && (source.Language.Code == "en" || (token.End < title.Length && title[token.End] is '\'' or '’')))
                && (token.IsStop || (token.End < title.Length && title[token.End] is '\'' or '’'))
            )
            {
                output[token.Start] = char.ToLowerInvariant(title[token.Start]);
                continue;
            }

            if (!token.Has(TokenFlags.AllCaps) || token.Has(TokenFlags.Digits))
            {
                continue;
            }

            var surface = title.Substring(token.Start, token.Length);
            var attested = source.Attested(token.Folded);
            var little = token.IsStop && !(titled && source.Language.Code == "en" && !SmallWords.Contains(token.Folded));
            var named =
                Names.Contains(token.Folded)
                || BeforeNames.Contains(token.Folded)
                || FirstNames.Contains(token.Folded)
                || (
                    i > 0
                    && !token.IsStop
                    && token.Before == Gap.Space
                    && FirstNames.Contains(tokens[i - 1].Folded)
                    && !IsPlainVerb(token.Folded, source)
                )
                || (i > 0 && BeforeNames.Contains(tokens[i - 1].Folded))
                || (
                    source.IsNamed(token.Folded)
                    && ((i > 0 && source.IsNamed(tokens[i - 1].Folded)) || (i + 1 < tokens.Count && source.IsNamed(tokens[i + 1].Folded)))
                );
            var small = !titled && !named && source.Language.Code != "de" && IsOrdinary(token.Folded, source);
            string calm;
            if (token.Folded is "ft" or "feat" or "vs" && !begins)
            {
                calm = token.Folded;
            }
            else if (KeepsCapitals(token, surface, attested, mostly, source))
            {
                continue;
            }
            else if (Brands.Form(token.Folded) is { } brand)
            {
                calm = brand;
            }
            else if (attested is not null && !(small && char.IsUpper(attested[0])))
            {
                calm =
                    begins || named || (titled && !little) ? Capitalize(attested, source.Language.Code)
                    : titled && little ? Lower(attested, source.Language.Code)
                    : attested;
            }
            else if ((little || small) && !begins)
            {
                calm = Lower(surface, source.Language.Code);
            }
            else
            {
                calm = Capitalize(Lower(surface, source.Language.Code), source.Language.Code);
            }

            output.Remove(token.Start, token.Length).Insert(token.Start, calm);
        }

        return Capitalize(output.ToString(), source.Language.Code);
    }
}
