using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>What a list of tags must not lack: the whole names of the title and its short parts between separators ("Show Name |
/// Guest | Event 2018").</summary>
internal static partial class TitleNames
{
    private const int MostWords = 5;
    private const int LongestShortForm = 4;
    private const double Possible = 0.02;
    private const double Likely = 0.12;
    private const double Sure = 0.3;

    // Languages that write all nouns with a capital: two in a row are seldom a name.
    private static readonly HashSet<string> LargeNouns = new(["de", "lb"], StringComparer.Ordinal);

    private static readonly HashSet<string> Links = new(
        [
            "of",
            "de",
            "del",
            "da",
            "do",
            "das",
            "dos",
            "di",
            "du",
            "des",
            "la",
            "le",
            "el",
            "der",
            "von",
            "van",
            "den",
            "al",
            "ki",
            "ke",
            "ka",
        ],
        StringComparer.Ordinal
    );

    /// <summary>Names and parts of the title, as the title orders them.</summary>
    public static List<RankedPhrase> Of(Source source)
    {
        var tokens = source.Text.TitleTokens;
        var known = new Dictionary<string, RankedPhrase>(StringComparer.Ordinal);
        foreach (var phrase in source.Phrases.Where(phrase => phrase.Candidate.TitleCount > 0))
        {
            known.TryAdd(phrase.Key, phrase);
        }

        var found = new List<RankedPhrase>();
        var large = NameRuns.WritesAllLarge(tokens) || Shouts(source);
        foreach (var (first, last) in Chunks(tokens))
        {
            var whole = Lookup(known, tokens, first, last);
            var part = whole is { } phrase && IsPart(source, phrase, large, alone: first == 0 && last == tokens.Count - 1);
            if (part)
            {
                found.Add(whole!.Value);
            }

            // In a part that is a name, no others are looked for, but "Jane Roe or John" are two.
            if (!large && !(part && IsNamed(source, whole!.Value) && !JoinsNames(tokens, first, last)))
            {
                found.AddRange(Runs(source, known, first, last));
            }
        }

        var quoted = found.FindAll(phrase => phrase.Candidate.Quoted > 0).ConvertAll(phrase => phrase.Key);
        return
        [
            .. found
                .DistinctBy(phrase => phrase.Key, StringComparer.Ordinal)
                .Where(phrase =>
                    !quoted.Exists(other => other.Length > phrase.Key.Length && other.StartsWith(phrase.Key, StringComparison.Ordinal))
                ),
        ];
    }

    /// <summary>Those that no tag of the creator holds.</summary>
    public static IEnumerable<RankedPhrase> Missing(Source source, GroundingRules rules)
    {
        var tags = source.SafeTags.Select(Glue).ToList();
        return Of(source)
            .Where(phrase =>
                !source.Sponsored.IsNamedIn(phrase.Surface)
                && !tags.Exists(tag => tag.Contains(Glue(phrase.Surface), StringComparison.Ordinal))
                && !(phrase.Candidate.Words.Length > 2 && phrase.Candidate.Words.All(source.TagWords.Contains) && !IsNamed(source, phrase))
                && (IsSong(source, phrase.Candidate) || rules.IsShownTag(TagWriter.Display(phrase.Surface), likely: true))
            );
    }

    /// <summary>Whether every word that says something is written large where that marks a name.</summary>
    public static bool IsNamed(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return source
                .Tokens(phrase.Surface)
                .TrueForAll(token =>
                    token.IsStop
                    || token.Has(TokenFlags.Capitalized | TokenFlags.Digits)
                    || IsOwnCase(phrase.Surface.AsSpan(token.Start, token.Length))
                )
            && !Shouts(source)
            && (
                !NameRuns.WritesAllLarge(source.Text.TitleTokens)
                || (" " + source.Told.Folded + " ").Contains(" " + candidate.Key + " ", StringComparison.Ordinal)
            )
            && !Array.TrueForAll(candidate.Words, word => source.IsEveryday(word) && !source.IsNamed(word));
    }

    /// <summary>Whether the title is written in capitals.</summary>
    public static bool Shouts(Source source) => NameRuns.Shouts(source);

    // A little word between capitals that stands within no name.
    private static bool JoinsNames(List<Token> tokens, int first, int last) =>
        Enumerable
            .Range(first, last - first + 1)
            .Any(i =>
                i > first
                && i < last
                && tokens[i].IsStop
                && !tokens[i].Has(TokenFlags.Capitalized)
                && !Links.Contains(tokens[i].Folded)
                && tokens[i - 1].Has(TokenFlags.Capitalized)
                && tokens[i + 1].Has(TokenFlags.Capitalized)
                && i - first > 1
            );

    private static IEnumerable<(int First, int Last)> Chunks(List<Token> tokens)
    {
        var first = 0;
        for (var i = 1; i <= tokens.Count; i++)
        {
            if (i == tokens.Count || tokens[i].Before >= Gap.Break || tokens[i].Has(TokenFlags.Hashtag))
            {
                if (!tokens[first].Has(TokenFlags.Hashtag))
                {
                    yield return (first, i - 1);
                }

                first = i;
            }
        }
    }

    private static RankedPhrase? Lookup(Dictionary<string, RankedPhrase> known, List<Token> tokens, int first, int last) =>
        known.TryGetValue(string.Join(' ', Enumerable.Range(first, last - first + 1).Select(i => tokens[i].Folded)), out var phrase)
            ? phrase
            : null;

    // "ne Roe" of "No[o]ne Roe".
    private static bool IsInsideName(Source source, Candidate candidate) =>
        candidate is { Offset: > 1, TitleCount: > 0 }
        && source.SafeTitle[candidate.Offset - 1] is '[' or ']'
        && char.IsLetter(source.SafeTitle[candidate.Offset - 2]);

    // Runs of words with capitals, "of" and "de" between them; the first word of a sentence is large anyway.
    private static IEnumerable<RankedPhrase> Runs(Source source, Dictionary<string, RankedPhrase> known, int first, int last)
    {
        var tokens = source.Text.TitleTokens;
        for (var i = first; i <= last; i++)
        {
            if (!IsLarge(source, tokens[i]))
            {
                continue;
            }

            var end = i;
            while (end < last && end - i < MostWords - 1)
            {
                if (IsLarge(source, tokens[end + 1]))
                {
                    // "Jane Roe & John Doe" are two, "Kat & Chris" a pair.
                    if (
                        (end > i && source.SafeTitle.AsSpan(tokens[end].End..tokens[end + 1].Start).Contains('&'))
                        || IsShoutedBeside(tokens[end], tokens[end + 1])
                        || IsOwner(source, tokens[end])
                    )
                    {
                        break;
                    }

                    end++;
                }
                else if (end + 2 <= last && Links.Contains(tokens[end + 1].Folded) && IsLarge(source, tokens[end + 2]))
                {
                    end += 2;
                }
                else
                {
                    break;
                }
            }

            var start = i == first && end > i && source.IsEveryday(tokens[i].Folded) && !source.IsNamed(tokens[i].Folded) ? i + 1 : i;
            // "Idhak" of the part "Idhak maana" is half of it.
            var half = start == end && last == first + 1;
            if (!half && Lookup(known, tokens, start, end) is { } phrase && IsRun(source, phrase))
            {
                yield return Shorter(source, known, tokens, start, end) ?? phrase;
            }

            i = end;
        }
    }

    // "Jane Roe Million" where the creator tags "Jane Roe".
    private static RankedPhrase? Shorter(Source source, Dictionary<string, RankedPhrase> known, List<Token> tokens, int start, int end)
    {
        for (var last = end - 1; last > start; last--)
        {
            if (
                Lookup(known, tokens, start, last) is { } shorter
                && source.TagKeys.Contains(shorter.Key)
                && !source.TagKeys.Any(tag => tag.StartsWith(shorter.Key + " " + tokens[last + 1].Folded, StringComparison.Ordinal))
            )
            {
                return shorter;
            }
        }

        return null;
    }

    private static bool IsRun(Source source, RankedPhrase phrase) =>
        IsFit(source, phrase)
        && (
            phrase.Candidate.Words.Length == 1
                ? LoneWords.IsName(source, phrase) && phrase.Probability >= Likely
                : IsNamed(source, phrase)
                    && (
                        !LargeNouns.Contains(source.Language.Code)
                        || phrase.Probability >= Sure
                        || !Array.Exists(phrase.Candidate.Words, source.IsEveryday)
                    )
        );

    // "iPad" begins a name, too.
    private static bool IsLarge(Source source, Token token) =>
        !token.IsUnspaced
        && !token.Has(TokenFlags.Hashtag)
        && !token.IsStop
        && (token.Has(TokenFlags.Capitalized) || IsOwnCase(source.SafeTitle.AsSpan(token.Start, token.Length)));

    private static bool IsOwnCase(ReadOnlySpan<char> word) => word.Length > 2 && char.IsLower(word[0]) && char.IsUpper(word[1]);

    // "La RUBIAZA Jane Roe": what is shouted is no part of the name.
    private static bool IsShoutedBeside(Token one, Token other) =>
        one.Has(TokenFlags.AllCaps) != other.Has(TokenFlags.AllCaps)
        && !one.Has(TokenFlags.Digits)
        && !other.Has(TokenFlags.Digits)
        && Math.Max(one.Has(TokenFlags.AllCaps) ? one.Length : 0, other.Has(TokenFlags.AllCaps) ? other.Length : 0) > LongestShortForm;

    // "Jane Roe’s Great Race": two names.
    private static bool IsOwner(Source source, Token token) =>
        source.SafeTitle[token.Start..token.End] is { Length: > 3 } word && word[^1] == 's' && word[^2] is ('\'' or '’');

    private static string Glue(string text) => string.Concat(Folding.Fold(text).Where(char.IsLetterOrDigit));
}
