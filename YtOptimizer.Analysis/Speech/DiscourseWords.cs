using System.Buffers;
using System.Reflection;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

internal enum DiscourseKind : byte
{
    Open,
    Turn,
    Greet,
    Sponsor,
    Sell,
    End,
    Ask,
    Bye,
}

/// <summary>What speakers of a language say to greet, lead on, advertise and close. Read from <c>discourse.txt</c>.</summary>
internal sealed class DiscourseWords
{
    private const string Resource = "YtOptimizer.Analysis.Speech.discourse.txt";

    /// <summary>More than any phrase has.</summary>
    private const int LongestPhrase = 100;

    /// <summary>One phrase is searched many characters at once.</summary>
    private const int StepsAtOnce = 64;

    private static readonly Lazy<Dictionary<string, DiscourseWords>> Packs = StaticTables.Once(Load);
    private static readonly HashSet<string> Unspaced = new(StringComparer.Ordinal) { "ja", "zh", "th" };

    private readonly Dictionary<DiscourseKind, string[]> phrases = [];
    private readonly Dictionary<DiscourseKind, SearchValues<string>> quick = [];
    private readonly bool isSpaced;

    private DiscourseWords(string language, IEnumerable<(DiscourseKind Kind, string Phrase)> entries)
    {
        isSpaced = !Unspaced.Contains(language);
        foreach (var kind in entries.GroupBy(entry => entry.Kind))
        {
            // Longest first: "next question" before "next".
            phrases[kind.Key] =
            [
                .. kind.Select(entry => Form(entry.Phrase))
                    .Where(phrase => phrase.Length > 0)
                    .Distinct(StringComparer.Ordinal)
                    .OrderByDescending(phrase => phrase.Length)
                    .ThenBy(phrase => phrase, StringComparer.Ordinal),
            ];
            quick[kind.Key] = SearchValues.Create(phrases[kind.Key], StringComparison.Ordinal);
        }
    }

    public static DiscourseWords For(string language) => Packs.Value.GetValueOrDefault(language) ?? Packs.Value["en"];

    /// <summary>The form in which texts are looked at: matching form, without Arabic vowel signs; without blanks where the script has
    /// none.</summary>
    public string Form(string text)
    {
        var folded = Folding.Fold(text);
        var plain = folded.AsSpan().ContainsAnyInRange('\u064B', '\u0652')
            ? string.Concat(folded.Where(c => c is not (>= '\u064B' and <= '\u0652')))
            : folded;
        return isSpaced ? plain : plain.Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>Length of the phrase of this kind that a text begins with, 0 when there is none.</summary>
    /// <param name="form">See <see cref="Form"/>.</param>
    public int Begins(string form, DiscourseKind kind)
    {
        foreach (var phrase in phrases.GetValueOrDefault(kind, []))
        {
            if (
                form.StartsWith(phrase, StringComparison.Ordinal)
                && (!isSpaced || form.Length == phrase.Length || form[phrase.Length] == ' ')
            )
            {
                return phrase.Length;
            }
        }

        return 0;
    }

    /// <summary>The phrase of this kind that stands anywhere in a text, null when there is none. Long ones also as the beginning of a word
    /// ("zniżk").</summary>
    public string? Find(string form, DiscourseKind kind)
    {
        if (!quick.TryGetValue(kind, out var values) || !LongSearch.ContainsAny(form, values, LongestPhrase))
        {
            return null;
        }

        foreach (var phrase in phrases[kind])
        {
            WorkMeter.Count(1 + (form.Length / StepsAtOnce));
            for (
                var at = form.IndexOf(phrase, StringComparison.Ordinal);
                at >= 0;
                at = form.IndexOf(phrase, at + 1, StringComparison.Ordinal)
            )
            {
                var end = at + phrase.Length;
                if (!isSpaced || ((at == 0 || form[at - 1] == ' ') && (phrase.Length >= 5 || end == form.Length || form[end] == ' ')))
                {
                    return phrase;
                }
            }
        }

        return null;
    }

    private static Dictionary<string, DiscourseWords> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var entries = new Dictionary<string, List<(DiscourseKind, string)>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split('\t') is not [var language, var kind, var phrase])
            {
                continue;
            }

            if (!entries.TryGetValue(language, out var list))
            {
                entries[language] = list = [];
            }

            list.Add((Enum.Parse<DiscourseKind>(kind, ignoreCase: true), phrase));
        }

        return entries.ToDictionary(pair => pair.Key, pair => new DiscourseWords(pair.Key, pair.Value), StringComparer.Ordinal);
    }
}
