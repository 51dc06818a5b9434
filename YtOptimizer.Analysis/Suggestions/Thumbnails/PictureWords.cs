using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What kind of thing a picture shows.</summary>
internal enum PictureGroup
{
    Animal,
    Food,
    Vehicle,
    Thing,
    Halloween,
    Christmas,

    /// <summary>A plain drawing for a talk on computing.</summary>
    Code,
}

/// <param name="What">In English, with its article.</param>
internal sealed record Picture(string What, PictureGroup Group);

/// <summary>The words of <c>pictures.txt</c> in one language.</summary>
internal sealed partial class PictureWords
{
    private const int ShortestStem = 3;
    private const int ShortestHangul = 2;
    private const int ShortestKatakana = 4;
    private const int ShortestThai = 4;
    private const string AnyLanguage = "";

    private static readonly Lazy<(Picture Picture, string Word, string Language)[]> All = StaticTables.Once(Read);
    private static readonly ConcurrentDictionary<string, PictureWords> Known = new(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Picture> words;
    private readonly FrozenDictionary<string, Picture> stems;
    private readonly (string Word, Picture Picture)[] pairs;
    private readonly (string Word, Picture Picture)[] unspaced;

    private PictureWords(string language)
    {
        var english = language == "en" || OverlayLists.For(language).MixesEnglish;
        var own = All
            .Value.Where(entry => entry.Language is AnyLanguage || entry.Language == language || (entry.Language == "en" && english))
            .Select(entry => (entry.Word, entry.Picture))
            .DistinctBy(entry => entry.Word, StringComparer.Ordinal)
            .ToList();
        bool IsUnspaced((string Word, Picture Picture) entry) => Scripts.IsUnspaced(Scripts.OfFirst(entry.Word));
        unspaced = [.. own.Where(IsUnspaced).OrderByDescending(entry => entry.Word.Length)];
        pairs = [.. own.Where(entry => !IsUnspaced(entry) && entry.Word.Contains(' ', StringComparison.Ordinal))];
        stems = own.Where(entry => entry.Word.EndsWith('*'))
            .ToFrozenDictionary(entry => entry.Word[..^1], entry => entry.Picture, StringComparer.Ordinal);
        words = own.Where(entry => !IsUnspaced(entry) && !entry.Word.Contains(' ', StringComparison.Ordinal) && !entry.Word.EndsWith('*'))
            .ToFrozenDictionary(entry => entry.Word, entry => entry.Picture, StringComparer.Ordinal);
    }

    public static PictureWords For(string language) => Known.GetOrAdd(language, static code => new PictureWords(code));

    /// <summary>What the words of a text name, in their order; a word that is part of a name names nothing else.</summary>
    public IEnumerable<Picture> In(Source source, string text)
    {
        // What stands in square brackets is the name of a show or channel.
        text = Labels().Replace(text, " ");
        var tokens = source.Tokens(text);
        var calm = source.Language.Code != "de" && IsCalm(tokens);
        var found = new List<(int At, Picture Picture)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            // "DJ Snake"
            if (i > 0 && tokens[i].Before < Gap.Break && tokens[i - 1].Folded is "dj" or "mc" or "lil")
            {
                continue;
            }

            if (!tokens[i].IsUnspaced && Of(tokens[i]) is { } picture && !(calm && IsName(tokens, i) && IsCommon(picture)))
            {
                found.Add((tokens[i].Start, picture));
            }
        }

        var folded = " " + Folding.Fold(text) + " ";
        foreach (var (word, picture) in pairs)
        {
            var at = folded.IndexOf(" " + word + " ", StringComparison.Ordinal);
            if (at >= 0)
            {
                found.Add((at, picture));
            }
        }

        if (tokens.Exists(token => token.IsUnspaced))
        {
            AddUnspaced(folded, found);
        }

        return found.OrderBy(pair => pair.At).Select(pair => pair.Picture).Distinct();
    }

    private void AddUnspaced(string folded, List<(int At, Picture Picture)> found)
    {
        foreach (var (word, picture) in unspaced)
        {
            var at = folded.IndexOf(word, StringComparison.Ordinal);
            if (
                at >= 0
                && (word[0] is not (>= '\u0E00' and <= '\u0E7F') || word.Length >= ShortestThai)
                // A single sign is a word only where none touches it.
                && (word.Length > 1 || !(IsHan(folded[at - 1]) || IsHan(folded[at + 1])))
                // "トラ" of "ウルトラマン" is no tiger.
                && !(
                    word.Length < ShortestKatakana
                    && IsKatakana(word[0])
                    && (IsKatakana(folded[at - 1]) || IsKatakana(folded[at + word.Length]))
                )
            )
            {
                found.Add((at, picture));
            }
        }
    }

    private Picture? Of(Token token)
    {
        var word = token.Folded;
        if (words.GetValueOrDefault(word) is { } whole)
        {
            return whole;
        }

        // The Arabic article, and endings behind a Korean noun.
        if (word.StartsWith("ال", StringComparison.Ordinal) && words.GetValueOrDefault(word[2..]) is { } bare)
        {
            return bare;
        }

        for (var length = word.Length - 1; token.Script == Script.Hangul && length >= ShortestHangul; length--)
        {
            if (words.GetValueOrDefault(word[..length]) is { } noun)
            {
                return noun;
            }
        }

        for (var length = word.Length; length >= ShortestStem; length--)
        {
            if (stems.GetValueOrDefault(word[..length]) is { } stem)
            {
                return stem;
            }
        }

        return null;
    }

    private static bool IsKatakana(char c) => c is >= '\u30A1' and <= '\u30FA' or '\u30FC';

    private static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF';

    private static bool IsCommon(Picture picture) => picture.Group is PictureGroup.Animal or PictureGroup.Food or PictureGroup.Thing;

    // Most words of the title are small: a capital inside it marks a name.
    private static bool IsCalm(List<Token> tokens)
    {
        var words = tokens.FindAll(token => !token.IsStop && !token.Has(TokenFlags.Digits));
        return words.Count(token => !token.Has(TokenFlags.Capitalized)) * 2 > words.Count;
    }

    private static bool IsName(List<Token> tokens, int at) =>
        tokens[at].Has(TokenFlags.Capitalized) && !tokens[at].Has(TokenFlags.AllCaps) && at > 0 && tokens[at].Before < Gap.Break;

    private static (Picture Picture, string Word, string Language)[] Read() =>
        [
            .. KindData
                .Lines("pictures.txt")
                .SelectMany(line =>
                {
                    var colon = line.IndexOf(": ", StringComparison.Ordinal);
                    var space = line.IndexOf(' ', StringComparison.Ordinal);
                    var picture = new Picture(line[(space + 1)..colon], Enum.Parse<PictureGroup>(line[..space], ignoreCase: true));
                    return line[(colon + 2)..]
                        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        .Select(word =>
                        {
                            var at = word.IndexOf('@', StringComparison.Ordinal);
                            var own = at < 0 ? word : word[..at];
                            return (picture, Folding.Fold(own) + (own.EndsWith('*') ? "*" : ""), at < 0 ? AnyLanguage : word[(at + 1)..]);
                        });
                }),
        ];

    [GeneratedRegex(@"\[[^\]]*\]|【[^】]*】", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Labels();
}
