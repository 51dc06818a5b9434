using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>Case changes by the language of the text, never by the culture of the machine.</summary>
internal static partial class Casing
{
    private static readonly HashSet<string> SmallWords = WordList
        .Section("title-words.txt", "small words")
        .ToHashSet(StringComparer.Ordinal);

    public static string Lower(string word, string language)
    {
        if (!DotsTheI(language))
        {
            return FinalSigma(word.ToLowerInvariant());
        }

        var output = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            output.Append(
                c switch
                {
                    'I' => 'ı',
                    'İ' => 'i',
                    _ => char.ToLowerInvariant(c),
                }
            );
        }

        return output.ToString();
    }

    public static string Upper(string text, string language)
    {
        if (language == "el" || text.AsSpan().ContainsAnyInRange('\u0370', '\u03FF'))
        {
            // Greek capitals carry no stress mark.
            text = WithoutTonos(text);
        }

        var output = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            output.Append(
                c switch
                {
                    'i' when DotsTheI(language) => "İ",
                    'ı' => "I",
                    'ß' => "SS",
                    'ŉ' => "ʼN",
                    _ when IsGeorgian(c) => c.ToString(),
                    _ => char.ToUpperInvariant(c).ToString(),
                }
            );
        }

        return output.ToString();
    }

    /// <summary>Whether English titles write the word small.</summary>
    public static bool IsSmallWord(string folded) => SmallWords.Contains(folded);

    /// <summary>The first letter large: Turkish "İ", Dutch "IJ", the title forms of "dž"; Georgian has no capitals in running
    /// text.</summary>
    public static string Capitalize(string text, string language)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLetter(text[i]))
            {
                if (language == "nl" && text[i] is 'i' && i + 1 < text.Length && text[i + 1] is 'j')
                {
                    return string.Concat(text.AsSpan(0, i), "IJ", text.AsSpan(i + 2));
                }

                return string.Concat(text.AsSpan(0, i), [Titled(text[i], language)], text.AsSpan(i + 1));
            }

            if (char.IsDigit(text[i]) || char.IsSurrogate(text[i]))
            {
                return text;
            }
        }

        return text;
    }

    private static char Titled(char c, string language) =>
        c switch
        {
            'i' when DotsTheI(language) => 'İ',
            'ı' => 'I',
            'ǆ' => 'ǅ',
            'ǉ' => 'ǈ',
            'ǌ' => 'ǋ',
            'ǳ' => 'ǲ',
            _ when IsGeorgian(c) => c,
            _ => char.ToUpperInvariant(c),
        };

    private static bool DotsTheI(string language) => language is "tr" or "az";

    private static bool IsGeorgian(char c) => c is >= '\u10D0' and <= '\u10FF';

    // "ς" at the end of a word, "σ" elsewhere.
    private static string FinalSigma(string word)
    {
        if (!word.Contains('σ', StringComparison.Ordinal))
        {
            return word;
        }

        var output = word.ToCharArray();
        for (var i = 1; i < output.Length; i++)
        {
            if (output[i] == 'σ' && char.IsLetter(output[i - 1]) && (i + 1 == output.Length || !char.IsLetter(output[i + 1])))
            {
                output[i] = 'ς';
            }
        }

        return new string(output);
    }

    private static string WithoutTonos(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var c in Folding.Normalize(text, NormalizationForm.FormD))
        {
            if (c != '\u0301')
            {
                output.Append(c);
            }
        }

        return Folding.Normalize(output.ToString(), NormalizationForm.FormC);
    }
}
