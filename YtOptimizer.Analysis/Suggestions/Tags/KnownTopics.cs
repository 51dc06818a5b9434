using System.Collections.Concurrent;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Topics that people search (<c>topics.txt</c>) and that title or description say in any form: "машинного обучения" gives
/// "машинное обучение". They fill up short lists, whatever the ranker thinks of their words. Thread-safe.</summary>
internal sealed class KnownTopics
{
    private const int MostTold = 5;
    private const int LongestEnding = 3;
    private const int LeastName = 4;
    private const int Often = 2;

    // Characters at the start of a description, where it says what it is about.
    private const int Lead = 400;

    private static readonly ConcurrentDictionary<string, Lazy<KnownTopics>> Loaded = new(StringComparer.Ordinal);

    // Languages that write a foreign name in cases: "Dockerem".
    private static readonly HashSet<string> Inflecting = new(["pl", "cs", "sk", "lt"], StringComparer.Ordinal);
    private static readonly HashSet<string> Unspaced = new(["ja", "zh", "ko"], StringComparer.Ordinal);

    private readonly bool inflects;
    private readonly ILookup<string, Topic> own;
    private readonly ILookup<string, Topic> english;
    private readonly ILookup<string, Topic> names;
    private readonly string[] runs;

    private KnownTopics(string language)
    {
        inflects = Inflecting.Contains(language);
        runs = Unspaced.Contains(language) ? [.. Entries(language)] : [];
        own = language == "en" || runs.Length > 0 ? Lookup([]) : Lookup(Topics(language, Stemming.For(language).Stem));
        english = Lookup([.. Topics("once", Singular), .. Topics("en", Singular).Select(topic => topic with { Once = false })]);
        names = Lookup(Topics("names", static word => word).Select(topic => topic with { IsName = true }));
    }

    /// <summary>Those of the title in its order, then at most five that the description says most.</summary>
    public static List<string> Of(Source source) =>
        Loaded
            .GetOrAdd(source.Language.Code, static code => StaticTables.Once(() => new KnownTopics(code)))
            .Value.Find(source, source.Kind.About is VideoKind.Talk or VideoKind.Tutorial);

    private List<string> Find(Source source, bool technical)
    {
        var about = source.AboutText;
        var sentences = source.Text.DescriptionTokens.FindAll(token => about[token.Start] != ' ');
        var title = In(source, source.SafeTitle, source.Text.TitleTokens, technical).Concat(Runs(source.SafeTitle));
        var lead = sentences.Count(token => token.Start < Lead);
        var opening = In(source, source.SafeDescription, sentences[..lead], technical)
            .Select(topic => topic.Text)
            .ToHashSet(StringComparer.Ordinal);
        var told = In(source, source.SafeDescription, sentences, technical)
            .GroupBy(topic => topic.Text, StringComparer.Ordinal)
            .Where(group => group.Count() >= Often || (technical && IsSaidOnce(group.First(), opening)))
            .OrderByDescending(group => group.Count())
            .Select(group => group.First())
            .Concat(Runs(about))
            .Take(MostTold);
        return [.. title.Concat(told).Select(topic => topic.Text).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    // A field of several words, or a thing that the opening names; one word may be said in passing.
    private static bool IsSaidOnce(Topic topic, HashSet<string> opening) =>
        topic.Once && (topic.Keys.Length > 1 || (topic.IsName && opening.Contains(topic.Text)));

    private IEnumerable<Topic> Runs(string text) =>
        runs.Where(run => text.Contains(run, StringComparison.OrdinalIgnoreCase)).Select(run => new Topic(run, [run], Once: true));

    private IEnumerable<Topic> In(Source source, string text, List<Token> tokens, bool technical)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var topic = (technical ? NameAt(source, text, tokens, i) : null)
                ?? Longest(own, tokens, i, source.Stemming.Stem)
                ?? AsMany(Longest(english, tokens, i, Singular), tokens, i);
            if (topic is not null)
            {
                yield return topic;
            }
        }
    }

    // "word embeddings" of the list, where the text speaks of one.
    private static Topic? AsMany(Topic? topic, List<Token> tokens, int at) =>
        topic is not null
        && tokens[at + topic.Keys.Length - 1].Folded == topic.Keys[^1]
        && topic.Text.EndsWith(topic.Keys[^1] + "s", StringComparison.Ordinal)
            ? topic with
            {
                Text = topic.Text[..^1],
            }
            : topic;

    private static Topic? Longest(ILookup<string, Topic> topics, List<Token> tokens, int at, Func<string, string> form) =>
        topics[form(tokens[at].Folded)]
            .Where(topic =>
                at + topic.Keys.Length <= tokens.Count
                && Enumerable
                    .Range(1, topic.Keys.Length - 1)
                    .All(i => tokens[at + i].Before <= Gap.Joint && form(tokens[at + i].Folded) == topic.Keys[i])
            )
            .MaxBy(topic => topic.Keys.Length);

    private Topic? NameAt(Source source, string text, List<Token> tokens, int at)
    {
        if (Longest(names, tokens, at, static word => word) is { } name)
        {
            return IsWritten(source, text, tokens, at, name) ? name : null;
        }

        var word = tokens[at].Folded;
        return inflects && tokens[at].Has(TokenFlags.Capitalized)
            ? Enumerable
                .Range(1, LongestEnding)
                .Where(cut => word.Length - cut >= LeastName)
                .SelectMany(cut => names[word[..^cut]])
                .FirstOrDefault(found => found.Keys.Length == 1 && text.AsSpan(tokens[at].Start).StartsWith(found.Text))
            : null;
    }

    // "Flask" and "Twisted" are words, too: as the owner writes them and not at the start of a sentence; other names in any case.
    private static bool IsWritten(Source source, string text, List<Token> tokens, int at, Topic name)
    {
        var last = at + name.Keys.Length - 1;
        var word = name.Keys.Length == 1 && (source.IsEveryday(name.Keys[0]) || CommonWords.For("en").HasWord(name.Keys[0]));
        return !word
            || (
                text[tokens[at].Start..tokens[last].End] == name.Text
                && (
                    tokens[at].Before is Gap.Space or Gap.Joint
                    || (tokens[at].Start > 0 && text[tokens[at].Start - 1] == '(')
                    || (last + 1 < tokens.Count && tokens[last + 1].Before == Gap.Break)
                )
            );
    }

    private static ILookup<string, Topic> Lookup(IEnumerable<Topic> topics) =>
        topics.ToLookup(topic => topic.Keys[0], StringComparer.Ordinal);

    private static IEnumerable<Topic> Topics(string section, Func<string, string> form) =>
        Entries(section).Select(entry => new Topic(entry, Keys(entry, form), Once: true));

    // A stemmer would take "visual" for "visualization".
    private static string Singular(string word) =>
        word.Length > LeastName && word[^1] == 's' && word[^2] is not ('s' or 'i' or 'u') ? word[..^1] : word;

    private static string[] Keys(string entry, Func<string, string> form) =>
        [.. Folding.Fold(entry).Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).Select(form)];

    private static IEnumerable<string> Entries(string section) =>
        WordList
            .Read("topics.txt")
            .Where(line => line.Section == section)
            .SelectMany(line => line.Entry.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <param name="Text">As it is shown.</param>
    /// <param name="Keys">Its words in matching form, stemmed in the language of the list.</param>
    /// <param name="Once">Whether a technical description need say it only once.</param>
    private sealed record Topic(string Text, string[] Keys, bool Once)
    {
        /// <summary>A product, not a field.</summary>
        public bool IsName { get; init; }
    }
}
