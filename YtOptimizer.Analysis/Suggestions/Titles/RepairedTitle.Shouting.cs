using System.Buffers;
using System.Text;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <content>Titles in capitals throughout, in the language's ordinary case.</content>
internal sealed partial class RepairedTitle
{
    private const int FewestShouted = 3;

    // From here on a word in capitals is no acronym.
    private const int LongestAcronym = 5;

    // One word of so many may be known from nowhere.
    private const int WordsPerUnknown = 3;

    // Names of the video are among its tags or in its description; with less than this there is nothing to know them from.
    private const int FewestKnown = 5;
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyаеиоуыэюя");

    private static readonly SearchValues<char> Begins = SearchValues.Create(".!?:|•–—¡¿/([\"“«");
    private static readonly HashSet<string> Names = WordList.Section("title-words.txt", "names").ToHashSet(StringComparer.Ordinal);
    private static readonly HashSet<string> Letters = WordList.Section("title-words.txt", "short forms").ToHashSet(StringComparer.Ordinal);

    private bool ShoutsThroughout(string text)
    {
        var words = source
            .Tokens(text)
            .Where(token => token.Length > 1 && text.Substring(token.Start, token.Length).Any(c => char.IsUpper(c) || char.IsLower(c)))
            .ToList();
        var shouted = words.Count(token => token.Has(TokenFlags.AllCaps));
        return shouted >= FewestShouted && shouted * 5 >= words.Count * 4;
    }

    /// <summary>
    /// The title in ordinary case where not every word of it is known. Names are what the tags or the description write with a capital; a
    /// word that neither of them has is an ordinary one. Null where a word could be either.
    /// </summary>
    private string? Ordinary(string text)
    {
        // German nouns, Vietnamese names and clubs look like other words; English and Turkish titles take capitals anyway.
        var calm = Casing.Calm(text, source);
        if (
            code is "de" or "vi" or "en" or "tr" or "az"
            || source.Kind.About == VideoKind.Sports
            || calm.Length != text.Length
            || !ShoutsThroughout(text)
        )
        {
            return null;
        }

        var (named, written) = Tagged();
        if (written.Count < FewestKnown)
        {
            return null;
        }

        var output = new StringBuilder(calm);
        var tokens = source.Tokens(text);
        var pairs = Pairs(text, tokens);
        var (words, unknown) = (0, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (!token.Has(TokenFlags.AllCaps) || token.Has(TokenFlags.Digits) || token.Length < 2)
            {
                continue;
            }

            words++;
            var surface = text.Substring(token.Start, token.Length);
            if (pairs.Contains(i))
            {
                Put(output, token, Casing.Capitalize(Casing.Lower(surface, code), code));
                continue;
            }

            if (
                token.IsStop
                || Brands.Form(token.Folded) is not null
                || source.IsEveryday(token.Folded)
                || Names.Contains(token.Folded)
                || surface.All(c => c is 'I' or 'V' or 'X' or 'L' or 'C')
            )
            {
                continue;
            }

            var stem = source.Stemming.Stem(token.Folded);
            if (
                token.Length <= LongestAcronym
                && source.Attested(token.Folded) is null
                && source.IsAcronym(token.Folded)
                && token.Folded.AsSpan().ContainsAnyExcept(Vowels)
            )
            {
                Put(output, token, surface);
            }
            else if (named.Contains(stem))
            {
                Put(output, token, Casing.Capitalize(Casing.Lower(surface, code), code));
            }
            else if (source.Attested(token.Folded) is null)
            {
                var riddle = token.Length <= 3 && !Letters.Contains(token.Folded) && token.Folded.AsSpan().ContainsAny(Vowels);
                // Behind another word it may be a surname.
                var alone = i == 0 || tokens[i - 1].IsStop || pairs.Contains(i - 1) || token.Length <= 3;
                if (
                    riddle
                    || !alone
                    || (written.Contains(stem) && token.Length > 3)
                    || ++unknown * WordsPerUnknown > Math.Max(tokens.Count, WordsPerUnknown)
                )
                {
                    return null;
                }

                var gap = i == 0 ? "." : text[tokens[i - 1].End..token.Start];
                var begins = gap.AsSpan().ContainsAny(Begins) || gap.Contains(" - ", StringComparison.Ordinal);
                if (!begins && token.Length > 3)
                {
                    Put(output, token, Casing.Lower(surface, code));
                }
            }
        }

        return words >= FewestShouted ? output.ToString() : null;
    }

    // Words side by side that the text writes with capitals: "Peña Nieto". Where all tags have capitals these say nothing.
    private HashSet<int> Pairs(string text, List<Token> tokens)
    {
        var pairs = new HashSet<int>();
        var texts = source.SafeTags.Any(tag => tag.Length > 0 && char.IsLower(tag[0]))
            ? source.SafeDescription + "\n" + string.Join('\n', source.SafeTags)
            : source.SafeDescription;
        string Form(Token token) => Casing.Capitalize(Casing.Lower(text.Substring(token.Start, token.Length), code), code);
        for (var i = 1; i < tokens.Count; i++)
        {
            if (
                !tokens[i].IsStop
                && !tokens[i - 1].IsStop
                && tokens[i].Has(TokenFlags.AllCaps)
                && tokens[i - 1].Has(TokenFlags.AllCaps)
                && tokens[i].Start == tokens[i - 1].End + 1
                && texts.Contains($"{Form(tokens[i - 1])} {Form(tokens[i])}", StringComparison.Ordinal)
            )
            {
                pairs.UnionWith([i - 1, i]);
            }
        }

        return pairs;
    }

    private static void Put(StringBuilder output, Token token, string form)
    {
        if (form.Length == token.Length)
        {
            output.Remove(token.Start, token.Length).Insert(token.Start, form);
        }
    }

    // Stems that tags write as names, and all stems of tags and description.
    private (HashSet<string> Named, HashSet<string> Written) Tagged()
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var written = source.Text.DescriptionTokens.Select(token => source.Stemming.Stem(token.Folded)).ToHashSet(StringComparer.Ordinal);
        var small = source.SafeTags.Any(tag => tag.Length > 0 && char.IsLower(tag[0]));
        foreach (var tag in source.SafeTags)
        {
            var tokens = source.Tokens(tag);
            var whole = tokens.TrueForAll(token => token.IsStop || (token.Has(TokenFlags.Capitalized) && !token.Has(TokenFlags.AllCaps)));
            for (var i = 0; i < tokens.Count; i++)
            {
                var stem = source.Stemming.Stem(tokens[i].Folded);
                written.Add(stem);
                if (
                    tokens[i].Has(TokenFlags.Capitalized)
                    && !tokens[i].Has(TokenFlags.AllCaps)
                    && !tokens[i].IsStop
                    && (i > 0 || (whole && (tokens.Count > 1 || small)))
                )
                {
                    named.Add(stem);
                }
            }
        }

        return (named, written);
    }
}
