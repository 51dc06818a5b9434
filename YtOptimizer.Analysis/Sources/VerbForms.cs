using System.Collections.Concurrent;
using System.Collections.Frozen;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>
/// Which words may be verbs, by language. English: a list by what a word mostly is (<c>verbs-en.txt</c>). Others: an ending of a verb
/// whose infinitive is a word of the language ("manda" beside "mandar"; endings in <c>word-places.txt</c>). A form may be a noun, too
/// ("casa"), so it decides only together with its place. Thread-safe.
/// </summary>
internal sealed class VerbForms
{
    private const int LeastStem = 2;
    private const int OtherForms = 2;

    private static readonly ConcurrentDictionary<string, VerbForms> Loaded = new(StringComparer.Ordinal);

    private readonly string language;
    private readonly (string Ending, string Infinitive)[] endings;
    private readonly FrozenSet<string> mostly;
    private readonly FrozenSet<string> both;

    private VerbForms(string language)
    {
        this.language = language;
        endings =
        [
            .. WordPlaces
                .Words(language + " forms")
                .Select(form => form.Split(' '))
                .Select(form => (form[0], form[1]))
                .OrderByDescending(form => form.Item1.Length),
        ];
        var lines = WordList.Read($"verbs-{language}.txt").ToList();
        mostly = Section("verb");
        both = Section("both");

        FrozenSet<string> Section(string name) =>
            lines.Where(line => line.Section == name).SelectMany(line => line.Entry.Split(' ')).ToFrozenSet(StringComparer.Ordinal);
    }

    public static VerbForms For(string language) => Loaded.GetOrAdd(language, static code => new VerbForms(code));

    /// <summary>Whether a word, in matching form, has the form of a verb.</summary>
    public bool Has(string word) =>
        mostly.Contains(word) || Array.Exists(endings, form => IsFormOf(word, form.Ending, form.Infinitive)) || IsInfinitive(word);

    /// <summary>Whether a word is a plural as often as a verb ("answers").</summary>
    public bool IsPluralToo(string word) => both.Contains(word);

    // Other forms of it are words, too: "hacer" beside "hace" and "haciendo", but nothing beside "mujer".
    private bool IsInfinitive(string word) =>
        endings
            .Where(form => word.Length >= form.Infinitive.Length + LeastStem && word.EndsWith(form.Infinitive, StringComparison.Ordinal))
            .Where(form => IsWord(string.Concat(word.AsSpan(0, word.Length - form.Infinitive.Length), form.Ending)))
            .Skip(OtherForms - 1)
            .Any() && IsWord(word);

    private bool IsWord(string word) => WordSet.Wide(language).Contains(word) || CommonWords.For(language).HasWord(word);

    private bool IsFormOf(string word, string ending, string infinitive)
    {
        if (word.Length < ending.Length + LeastStem || !word.EndsWith(ending, StringComparison.Ordinal))
        {
            return false;
        }

        return IsWord(string.Concat(word.AsSpan(0, word.Length - ending.Length), infinitive));
    }
}
