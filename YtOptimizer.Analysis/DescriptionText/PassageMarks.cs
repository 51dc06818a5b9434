using System.Collections.Frozen;
using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.DescriptionText;

/// <summary>The phrases of passages.txt, ready for looking up.</summary>
internal sealed class PassageMarks
{
    private const string Resource = "YtOptimizer.Analysis.passages.txt";
    private static readonly Lazy<PassageMarks> Embedded = StaticTables.Once(Load);

    private readonly FrozenDictionary<string, Mark[]> byFirstWord;
    private readonly FrozenDictionary<string, Mark[]> byPrefix;
    private readonly (string Text, PassageKind Kind)[] unspaced;
    private readonly int[] prefixLengths;

    private PassageMarks(IEnumerable<Mark> marks, IEnumerable<(string Text, PassageKind Kind)> unspaced)
    {
        var all = marks.ToLookup(mark => mark.Prefix && mark.Words.Length == 1);
        byFirstWord = Index(all[false]);
        byPrefix = Index(all[true]);
        prefixLengths = [.. byPrefix.Keys.Select(key => key.Length).Distinct().Order()];
        this.unspaced = [.. unspaced];
    }

    public static PassageMarks Default => Embedded.Value;

    /// <summary>All marks that stand in a passage given by its words.</summary>
    public IEnumerable<FoundMark> Find(IReadOnlyList<PassageWord> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var mark in Candidates(words[i].Text))
            {
                if (Matches(mark, words, i))
                {
                    yield return new FoundMark(mark.Kind, i, i + mark.Words.Length, mark.Opens, mark.Label);
                }
            }

            if (words[i].IsUnspaced)
            {
                foreach (var (text, kind) in unspaced)
                {
                    if (words[i].Text.Contains(text, StringComparison.Ordinal))
                    {
                        yield return new FoundMark(kind, i, i + 1, false, false);
                    }
                }
            }
        }
    }

    /// <summary>Matching form of one word: folded; Latin, Cyrillic and Arabic words without diacritics, which many leave out.</summary>
    public static string Form(string folded) =>
        folded.Length > 0
        && folded[0]
            is (>= 'a' and <= 'z')
                or (>= '\u00DF' and <= '\u024F')
                or (>= '\u0400' and <= '\u04FF')
                or (>= '\u0621' and <= '\u06D3')
                or (>= '\u1E00' and <= '\u1EFF')
            ? Folding.StripDiacritics(folded)
            : folded;

    private IEnumerable<Mark> Candidates(string word)
    {
        if (byFirstWord.TryGetValue(word, out var exact))
        {
            foreach (var mark in exact)
            {
                yield return mark;
            }
        }

        foreach (var length in prefixLengths)
        {
            if (length <= word.Length && byPrefix.TryGetValue(word[..length], out var longer))
            {
                foreach (var mark in longer)
                {
                    yield return mark;
                }
            }
        }
    }

    private static bool Matches(Mark mark, IReadOnlyList<PassageWord> words, int at)
    {
        if ((mark.Opens && at > 0) || at + mark.Words.Length > words.Count)
        {
            return false;
        }

        for (var k = 1; k < mark.Words.Length; k++)
        {
            var word = words[at + k].Text;
            var last = k == mark.Words.Length - 1;
            if (!(last && mark.Prefix ? word.StartsWith(mark.Words[k], StringComparison.Ordinal) : word == mark.Words[k]))
            {
                return false;
            }
        }

        return !mark.Label || words[at + mark.Words.Length - 1].ClosesLabel;
    }

    private static PassageMarks Load()
    {
        using var stream = typeof(PassageMarks).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var marks = new List<Mark>();
        var unspaced = new List<(string, PassageKind)>();
        var kind = PassageKind.Prose;
        while (reader.ReadLine() is { } line)
        {
            var entry = line.Trim();
            if (entry.Length == 0 || entry[0] == '#')
            {
                continue;
            }

            if (entry[0] == '[')
            {
                kind = Enum.Parse<PassageKind>(entry[1..^1].Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
                continue;
            }

            Parse(entry, kind, marks, unspaced);
        }

        return new PassageMarks(marks, unspaced);
    }

    private static void Parse(string entry, PassageKind kind, List<Mark> marks, List<(string Text, PassageKind Kind)> unspaced)
    {
        var label = entry.EndsWith(':');
        var text = entry.Trim('^', ':', '*', ' ');
        var words = Array.ConvertAll(Folding.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries), Form);
        if (words.Length == 0)
        {
            throw new InvalidDataException($"passages.txt: “{entry}” has no word.");
        }

        if (!label && words.Length == 1 && Scripts.IsUnspaced(Scripts.OfFirst(words[0])))
        {
            unspaced.Add((words[0], kind));
            return;
        }

        // Korean words carry particles.
        var prefix = entry.Contains('*', StringComparison.Ordinal) || (!label && Scripts.OfFirst(words[^1]) == Script.Hangul);
        marks.Add(new Mark(words, kind, entry[0] == '^' || label, label, prefix));
    }

    private static FrozenDictionary<string, Mark[]> Index(IEnumerable<Mark> marks) =>
        marks
            .GroupBy(mark => mark.Words[0], StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private sealed record Mark(string[] Words, PassageKind Kind, bool Opens, bool Label, bool Prefix);
}

/// <param name="Text">Matching form, see <see cref="PassageMarks.Form"/>.</param>
/// <param name="IsUnspaced">Whether several words may run together in it.</param>
/// <param name="ClosesLabel">A colon, a dash, an arrow, a link or nothing follows.</param>
internal readonly record struct PassageWord(string Text, bool IsUnspaced, bool ClosesLabel);

/// <param name="First">Index of its first word in the passage.</param>
/// <param name="End">Index after its last word.</param>
internal readonly record struct FoundMark(PassageKind Kind, int First, int End, bool Opens, bool Label);
