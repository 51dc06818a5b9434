using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>The name of a series that a title writes before the number of a part: "Avlu 18. Bölüm", "Show Name | Episode 5",
/// "Show Name S03 Ep06". Only where the creator's tags, the channel or the description know it.</summary>
internal static class SeriesName
{
    private const int MostWords = 4;
    private const int LongestNumber = 4;
    private const int Often = 2;

    private static readonly HashSet<string> Parts = WordList
        .Section("title-words.txt", "numbered parts")
        .Select(Folding.Fold)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>As the title writes it, null where it names none.</summary>
    public static string? Of(Source source)
    {
        var tokens = source.Text.TitleTokens;
        var at = Enumerable.Range(0, tokens.Count).FirstOrDefault(i => IsNumbered(source, tokens, i), 0);
        if (at == 0)
        {
            return null;
        }

        // The number may stand in a part of its own.
        var end = at;
        var first = end - 1;
        while (first > 0 && tokens[first].Before < Gap.Break)
        {
            first--;
        }

        if (end - first > MostWords || tokens[end - 1].IsStop || tokens[end - 1].Has(TokenFlags.Digits))
        {
            return null;
        }

        var name = source.SafeTitle[tokens[first].Start..tokens[end - 1].End];
        return IsKnown(source, Folding.Fold(name)) ? name : null;
    }

    // "18. Bölüm", "Episode 216", "S03", "Ep06".
    private static bool IsNumbered(Source source, List<Token> tokens, int at)
    {
        var word = tokens[at].Folded;
        if (tokens[at].Has(TokenFlags.Digits) && !word.All(char.IsDigit))
        {
            var letters = word.TrimEnd([.. "0123456789"]);
            return letters is "s" or "e" || Parts.Contains(letters) || (letters.Length > 1 && letters[0] == 's' && letters[^1] == 'e');
        }

        return word.All(char.IsDigit)
            ? word.Length <= LongestNumber && at + 1 < tokens.Count && IsPart(source, tokens[at + 1].Folded)
            : IsPart(source, word) && at + 1 < tokens.Count && tokens[at + 1].Has(TokenFlags.Digits);
    }

    /// <summary>Whether a word counts the parts of a series: "episode", "tập", "часть".</summary>
    public static bool IsPart(Source source, string word) =>
        Parts.Contains(word) || source.Template.Part.Contains(word, StringComparer.Ordinal);

    private static bool IsKnown(Source source, string key)
    {
        if (key.Length < 2 || PhraseQuality.IsEverywhere(key) || TitleParser.IsQualifier(key))
        {
            return false;
        }

        var channel = Folding.Fold(source.Input.ChannelTitle ?? "");
        return source.TagKeys.Contains(key)
            || source.TagKeys.Count(tag => tag.StartsWith(key + " ", StringComparison.Ordinal)) >= Often
            || (" " + channel + " ").Contains(" " + key + " ", StringComparison.Ordinal)
            || source.Told.Folded.Split(key).Length > Often;
    }
}
