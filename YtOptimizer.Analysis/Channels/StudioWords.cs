using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Channels;

/// <summary>The localised words of the files, from <c>studio-words.txt</c>.</summary>
internal static class StudioWords
{
    private const int SoftHyphen = 0xAD;

    private static readonly FrozenDictionary<string, FrozenSet<string>> Sections = WordList
        .Read("studio-words.txt")
        .GroupBy(line => line.Section, line => Key(line.Entry[line.Entry.IndexOf(' ', StringComparison.Ordinal)..]), StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Months = Sections
        .Where(section => section.Key.StartsWith("month ", StringComparison.Ordinal))
        .SelectMany(section => section.Value.Select(word => (word, int.Parse(section.Key[6..], CultureInfo.InvariantCulture))))
        .ToFrozenDictionary(pair => pair.word, pair => pair.Item2, StringComparer.Ordinal);

    public static bool Is(string section, string key) => Sections[section].Contains(key);

    /// <summary>1–12, or 0 for a word that names no month.</summary>
    public static int Month(string word) => Months.GetValueOrDefault(Key(word).TrimEnd('.'));

    /// <summary>How words are compared: without soft hyphens and marks of direction, one kind of blank, lower case.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        var blank = false;
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (rune.Value == SoftHyphen || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
            {
                continue;
            }

            if (Rune.IsWhiteSpace(rune))
            {
                blank = key.Length > 0;
                continue;
            }

            if (blank)
            {
                key.Append(' ');
                blank = false;
            }

            key.Append(Rune.ToLowerInvariant(rune));
        }

        return key.ToString();
    }
}
