using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>The stems of a text by how they begin and in which script they are written: finds other forms of a word that the language's
/// stemmer, if it has one, does not bring together.</summary>
internal sealed class ToldForms
{
    private const int Start = 4;
    private const int ShortestWord = 5;
    private const double SharedPart = 0.7;

    // Adjectives and cases of Slavic languages have long endings.
    private const double SharedCyrillic = 0.6;
    private const double MainPart = 0.6;
    private const int Japanese = -1;
    private const int Latin = 0;
    private const int FewWords = 3;
    private const double FewPart = 0.1;

    private readonly Dictionary<string, List<string>> byStart = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> writings = [];
    private readonly int? mainWriting;

    public ToldForms(HashSet<string> stems)
    {
        foreach (var stem in stems)
        {
            if (WritingOf(stem) is not { } writing)
            {
                continue;
            }

            writings[writing] = writings.GetValueOrDefault(writing) + 1;
            Count++;
            if (stem.Length >= Start)
            {
                if (!byStart.TryGetValue(stem[..Start], out var list))
                {
                    byStart[stem[..Start]] = list = [];
                }

                list.Add(stem);
            }
        }

        foreach (var (writing, count) in writings)
        {
            mainWriting = count >= Count * MainPart ? writing : mainWriting;
        }
    }

    /// <summary>How many words there are, without numbers.</summary>
    public int Count { get; }

    /// <summary>Whether a word is written in another script than the text, which may hold it transliterated or translated. The Latin words
    /// of other texts are names of sites and programs, so that they are no measure for Latin words.</summary>
    public bool IsOtherScript(string folded) =>
        mainWriting is { } main
        && WritingOf(folded) is { } own
        && own != main
        && (own == Latin || writings.GetValueOrDefault(own) < Math.Max(FewWords, Count * FewPart));

    /// <summary>Whether a word with the same beginning stands in the text, with another ending or as a part of a compound.</summary>
    public bool HasRelative(string folded)
    {
        if (folded.Length < ShortestWord || Scripts.IsUnspaced(Scripts.OfFirst(folded)))
        {
            return false;
        }

        if (known.TryGetValue(folded, out var found))
        {
            return found;
        }

        var part = folded[0] is >= '\u0400' and <= '\u052F' ? SharedCyrillic : SharedPart;
        foreach (var other in byStart.GetValueOrDefault(folded[..Start], []))
        {
            WorkMeter.Count(1);
            var shared = folded.AsSpan().CommonPrefixLength(other);
            if (shared >= ShortestWord && (shared >= part * Math.Max(folded.Length, other.Length) || shared == other.Length))
            {
                found = true;
                break;
            }
        }

        known[folded] = found;
        return found;
    }

    // Chinese and Japanese letters count as one script; letters of other scripts by their block. Null for numbers and signs.
    private static int? WritingOf(string word)
    {
        var first = word.Length == 0 ? '\0' : word[0];
        return Scripts.OfFirst(word) switch
        {
            Script.Han or Script.Kana or Script.Katakana => Japanese,
            Script.Latin => Latin,
            Script.Hangul => 0xAC00,
            Script.Number => null,
            _ when !char.IsLetter(first) => null,
            _ => first < 0x900 ? first >> 8 : first >> 7,
        };
    }
}
