using System.Text;
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
    private const int FewestSyllables = 3;
    private const char FirstSyllable = '\uAC00';
    private const char LastSyllable = '\uD7A3';

    private readonly Source source;
    private readonly WordJudge judge;
    private readonly Lazy<List<string>> known;
    private readonly Lazy<HashSet<string>> plainText;
    private readonly Lazy<HashSet<string>> plainTitle;

    public TagSpelling(Source source, WordJudge judge)
    {
        this.source = source;
        this.judge = judge;
        known = new(Known, LazyThreadSafetyMode.None);
        plainText = new(() => [.. Written().Select(Plain)], LazyThreadSafetyMode.None);
        plainTitle = new(
            () => [.. source.Tokens(source.SafeTitle).SelectMany(token => token.Folded.Split(' ')).Select(Plain)],
            LazyThreadSafetyMode.None
        );
    }

    /// <summary>The word that was meant, null when the word is no misspelling.</summary>
    public string? Meant(string word)
    {
        var plain = Plain(word);
        if (plain.Length > 0 && plain[0] is >= FirstSyllable and <= LastSyllable)
        {
            return judge.IsOwn(word) || source.Folded.Contains(word, StringComparison.Ordinal) ? null : MeantSyllables(word);
        }

        if (plain.Length < Shortest || !plain.All(char.IsLetter) || judge.IsEveryday(word) || judge.IsEnglish(word))
        {
            return null;
        }

        // A slip in the description is one when the title writes the word otherwise.
        return plainText.Value.Contains(plain)
            ? plainTitle.Value.Contains(plain)
                ? null
                : plainTitle.Value.FirstOrDefault(other => other.Length > Shortest && IsMisspelling(plain, other))
            : known.Value.Find(other => IsMisspelling(plain, other));
    }

    // One letter of one syllable differs from a word of the title that is no everyday one ("강호둥" for "강호동").
    private string? MeantSyllables(string word)
    {
        var letters = word.Normalize(NormalizationForm.FormD);
        return word.Length < FewestSyllables
            ? null
            : plainTitle.Value.FirstOrDefault(other =>
                other.Length >= word.Length
                && !judge.IsOwn(other)
                && other[0] == word[0]
                && Similarity.IsOneEdit(letters, other[..word.Length].Normalize(NormalizationForm.FormD))
            );
    }

    private IEnumerable<string> Written() =>
        source.TextWords.Concat(Hashtagged()).Concat(Folding.Fold(source.Input.ChannelTitle ?? "").Split(' '));

    // "#JohnLithgow" writes two words as one.
    private IEnumerable<string> Hashtagged() =>
        source
            .Tokens(source.SafeDescription)
            .Where(token => token.Has(TokenFlags.Hashtag))
            .SelectMany(token =>
                Folding.Fold(WordForms.SplitCamel(source.SafeDescription.Substring(token.Start, token.Length))).Split(' ')
            );

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
