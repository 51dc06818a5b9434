using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>
/// Misspelled tags: a word that neither the text nor the language knows, one edit from a word that the text, the general terms or several
/// of the creator's tags hold. Endings and missing accents are no misspellings.
/// </summary>
internal sealed class TagSpelling
{
    private const int Shortest = 5;
    private const int Ending = 2;
    private const int LongTerm = 7;

    private readonly Source source;
    private readonly WordJudge judge;
    private readonly Lazy<List<string>> known;
    private readonly Lazy<HashSet<string>> plainText;

    public TagSpelling(Source source, WordJudge judge)
    {
        this.source = source;
        this.judge = judge;
        known = new(Known, LazyThreadSafetyMode.None);
        plainText = new(() => [.. Written().Select(Plain)], LazyThreadSafetyMode.None);
    }

    /// <summary>The word that was meant, null when the word is no misspelling.</summary>
    public string? Meant(string word)
    {
        var plain = Plain(word);
        if (
            plain.Length < Shortest
            || !plain.All(char.IsLetter)
            || plainText.Value.Contains(plain)
            || judge.IsEveryday(word)
            || judge.IsEnglish(word)
        )
        {
            return null;
        }

        return known.Value.Find(other => IsMisspelling(plain, other));
    }

    private IEnumerable<string> Written() => source.TextWords.Concat(Folding.Fold(source.Input.ChannelTitle ?? "").Split(' '));

    private List<string> Known()
    {
        var repeated = source
            .SafeTags.SelectMany(tag => Folding.Fold(tag).Split(' ').Distinct(StringComparer.Ordinal))
            .GroupBy(word => word, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);
        return
        [
            .. Written()
                .Concat(repeated)
                .Concat(judge.GeneralWords.Where(word => word.Length >= LongTerm))
                .Select(Plain)
                .Where(word => word.Length >= Shortest && word.All(char.IsLetter))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static bool IsMisspelling(string word, string other)
    {
        if (word == other || word[0] != other[0] || Math.Abs(word.Length - other.Length) > 1)
        {
            return false;
        }

        var at = 0;
        while (at < word.Length && at < other.Length && word[at] == other[at])
        {
            at++;
        }

        // "fussbal": half of a double letter is missing; everything else at the very end may be an ending.
        var longer = word.Length > other.Length ? word : other;
        var doubled = word.Length != other.Length && at < longer.Length && longer[at] == longer[at - 1];
        if (at >= Math.Min(word.Length, other.Length) - Ending && word[^1] != other[^1] && !doubled)
        {
            return false;
        }

        return Similarity.IsOneEdit(word, other) || IsSwapped(word, other, at);
    }

    private static string Plain(string word) => Folding.StripDiacritics(word).Replace("ß", "ss", StringComparison.Ordinal);

    // "freind" for "friend".
    private static bool IsSwapped(string word, string other, int at) =>
        word.Length == other.Length
        && at + 1 < word.Length
        && word[at] == other[at + 1]
        && word[at + 1] == other[at]
        && word.AsSpan(at + 2).SequenceEqual(other.AsSpan(at + 2));
}
