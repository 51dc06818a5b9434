using System.Buffers;
using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <content>Shouted titles in ordinary case.</content>
internal static partial class Casing
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?:|•–—。！？：｜");
    private const string Vowels = "aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœаеёиоуыэюя";

    private static readonly HashSet<string> Names = WordList.Section("title-words.txt", "names").ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> BeforeNames = WordList
        .Section("title-words.txt", "before names")
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> ShortForms = WordList
        .Section("title-words.txt", "short forms")
        .ToHashSet(StringComparer.Ordinal);

    // Acronyms and Roman numerals. Beside ordinary words a short word in capitals is one; where all is shouted it must look like one, or be
    // written so elsewhere.
    private static bool KeepsCapitals(Token token, string surface, string? attested, bool mostly, Source source)
    {
        if (Brands.Form(token.Folded) == surface)
        {
            return true;
        }

        if (token.IsStop || attested is not null)
        {
            return false;
        }

        if (surface.Length is >= 2 and <= 7 && surface.All(c => c is 'I' or 'V' or 'X' or 'L' or 'C'))
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

    /// <summary>
    /// Whether a shouted title can be brought into ordinary case without guessing which words are names: each word is an everyday one, or
    /// written somewhere in the text. English and Turkish titles take large initials, so nothing has to be known there.
    /// </summary>
    public static bool IsCertain(string title, Source source)
    {
        var code = source.Language.Code;
        if (source.Tokens(title).Exists(token => IsShortRiddle(token, source)))
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
        return code is "de" or "vi"
            ? shouted.TrueForAll(token => source.Attested(token.Folded) is not null)
            : shouted.TrueForAll(token => source.Attested(token.Folded) is not null || source.IsEveryday(token.Folded));
    }

    // "KI", "NUR", "NBA": in capitals a short word may be a word, a name or letters.
    private static bool IsShortRiddle(Token token, Source source) =>
        token.Has(TokenFlags.AllCaps)
        && token.Length is 2 or 3
        && !token.IsStop
        && !token.Has(TokenFlags.Digits)
        && token.Folded.Any(c => Vowels.Contains(c, StringComparison.Ordinal))
        && Brands.Form(token.Folded) is null
        && !ShortForms.Contains(token.Folded)
        && !source.IsAcronym(token.Folded)
        && !source.IsEveryday(token.Folded)
        && source.Attested(token.Folded) is null
        && token.Folded.Any(c => !"ivxlc".Contains(c, StringComparison.Ordinal));

    // Languages whose titles write every word but the little ones with a capital.
    private static bool HasTitleCase(string language) => language is "en" or "tr" or "az";

    private static bool Begins(ReadOnlySpan<char> between) => between.ContainsAny(Ends) || between.IndexOf(" - ") >= 0;

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
            var among = i > 0 && i + 1 < tokens.Count && tokens[i - 1].Has(TokenFlags.AllCaps) && tokens[i + 1].Has(TokenFlags.AllCaps);
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
                || (i > 0 && BeforeNames.Contains(tokens[i - 1].Folded))
                || (
                    source.IsNamed(token.Folded)
                    && ((i > 0 && source.IsNamed(tokens[i - 1].Folded)) || (i + 1 < tokens.Count && source.IsNamed(tokens[i + 1].Folded)))
                );
            var small = !titled && !named && source.Language.Code != "de" && source.IsEveryday(token.Folded);
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
