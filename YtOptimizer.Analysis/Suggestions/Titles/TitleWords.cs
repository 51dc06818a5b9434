using System.Collections.Concurrent;
using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>What suggested titles may add to the creator's words, from titles.txt and verbs.txt.</summary>
internal sealed record TitleWords
{
    private static readonly Lazy<FrozenDictionary<(string What, string Language), string>> Lines = StaticTables.Once(Read);
    private static readonly ConcurrentDictionary<string, TitleWords> Known = new(StringComparer.Ordinal);
    private static readonly Lazy<FrozenDictionary<string, string>> Gerunds = StaticTables.Once(static () =>
        KindData
            .Lines("verbs.txt")
            .Select(line => line.Split(' '))
            .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)
    );

    private static readonly Lazy<FrozenSet<string>> Bases = StaticTables.Once(static () =>
        Gerunds.Value.Values.ToFrozenSet(StringComparer.Ordinal)
    );

    /// <summary>Words that want "that" behind them, and openings of the first half of a pair.</summary>
    public static FrozenSet<string> Degrees { get; } = List("degree", "any").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    public static IReadOnlyList<string> Halves { get; } = [.. List("half", "any").Select(Folding.Fold)];

    /// <summary>Joining words whose clause the sentence is not true without.</summary>
    public static FrozenSet<string> Conditions { get; } = List("condition", "any").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>First words of sentences that cannot stand alone.</summary>
    public static FrozenSet<string> Leaning { get; } = List("lean", "any").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The same in scripts without spaces, where the word is only the beginning of a run.</summary>
    public static IReadOnlyList<string> LeaningStarts { get; } =
    [.. Leaning.Where(word => word.Length > 1 && Scripts.IsUnspaced(Scripts.OfFirst(word)))];

    /// <summary>First words of sentences that begin with a circumstance.</summary>
    public static FrozenSet<string> Adrift { get; } = List("adrift", "any").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words that are wrong tomorrow, with the spaces around them where the script has any.</summary>
    public static IReadOnlyList<string> Dated { get; } =
    [
        .. List("dated", "any")
            .Select(Folding.Fold)
            .Select(word => Scripts.OfFirst(word) is Script.Latin or Script.Other ? " " + word + " " : word),
    ];

    /// <summary>Verbs after "I" and "we" that tell of a wish or opinion and not of a deed.</summary>
    public static FrozenSet<string> Wishes { get; } = List("wish", "any").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Verbs of sentences that only say what a thing is.</summary>
    public static FrozenSet<string> Copulas { get; } = List("copula", "any").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words that speak to the viewer.</summary>
    public static FrozenSet<string> Spoken { get; } = List("viewer", "any").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Openings such as "in this video", which a comma ends.</summary>
    public static IReadOnlyList<string> LeadIns { get; } = [.. List("leadin", "any").Select(Folding.Fold)];

    /// <summary>Words that refer to something said before.</summary>
    public static FrozenSet<string> Pointing { get; } = List("point", "any").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>"Our", which "we" before it makes clear.</summary>
    public static FrozenSet<string> Own { get; } = List("own", "any").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words among <see cref="Pointing"/> that are something else in this language.</summary>
    public required IReadOnlySet<string> NotPointing { get; init; }

    /// <summary>Verbs of saying, as they stand beside a quotation and its speaker.</summary>
    public required IReadOnlyList<string> Says { get; init; }

    /// <summary>Endings of a line that goes on in the next.</summary>
    public required IReadOnlyList<string> OpenEnds { get; init; }

    /// <summary>Endings of questions that are put to the viewer.</summary>
    public required IReadOnlyList<string> Asking { get; init; }

    /// <summary>Openings of a search for a procedure, folded.</summary>
    public required IReadOnlyList<string> HowTo { get; init; }

    /// <summary>The opening as it is shown ("How to", "Cómo"), empty where the language puts it last.</summary>
    public required string HowToShown { get; init; }

    public required IReadOnlyList<string> HowToEnds { get; init; }

    public required IReadOnlySet<string> Infinitives { get; init; }

    public required IReadOnlySet<string> Questions { get; init; }

    /// <summary>Words before which a main clause is whole.</summary>
    public required IReadOnlySet<string> Joins { get; init; }

    /// <summary>Openings of an ending that only adds something.</summary>
    public required IReadOnlyList<string> Tails { get; init; }

    /// <summary>Openings of an ending that says by what means: a clause that says how is whole without it.</summary>
    public required IReadOnlyList<string> Means { get; init; }

    /// <summary>First words of relative clauses, and words that leave to such a clause what is meant.</summary>
    public required IReadOnlySet<string> Relatives { get; init; }

    public required IReadOnlySet<string> Vague { get; init; }

    /// <summary>Articles that leave the same to it where every relative clause stands behind a comma.</summary>
    public required IReadOnlySet<string> Bare { get; init; }

    /// <summary>Words that open a remark between two commas.</summary>
    public required IReadOnlySet<string> Asides { get; init; }

    /// <summary>Endings of verbs in the past tense.</summary>
    public required IReadOnlyList<string> PastEnds { get; init; }

    /// <summary>"And" and "or".</summary>
    public required IReadOnlySet<string> Ands { get; init; }

    /// <summary>What stands right before a clause that says what the video explains, folded.</summary>
    public required IReadOnlyList<string> Tells { get; init; }

    /// <summary>First words of such clauses, folded.</summary>
    public required IReadOnlyList<string> Asks { get; init; }

    /// <summary>"How we can", which "how to" says as well before a verb, folded, longest first.</summary>
    public required IReadOnlyList<string> Able { get; init; }

    /// <summary>Gerunds, or their endings, and what stands in their place in the infinitive; whole words come first.</summary>
    public required IReadOnlyList<(string Gerund, string Infinitive)> GerundEnds { get; init; }

    /// <summary>What stands right before a verb phrase that viewers learn, folded.</summary>
    public required IReadOnlyList<string> Teaches { get; init; }

    /// <summary>What stands right before a noun phrase that says what the video is about, folded.</summary>
    public required IReadOnlyList<string> Presents { get; init; }

    /// <summary>What such a phrase begins with.</summary>
    public required IReadOnlySet<string> Articles { get; init; }

    /// <summary>First words of sentences in the first person.</summary>
    public required IReadOnlySet<string> Persons { get; init; }

    /// <summary>Endings of infinitives, empty where the language does not tell them by their end.</summary>
    public required IReadOnlyList<string> InfinitiveEnds { get; init; }

    /// <summary>Openings with which speakers say what they are going to do, longest first.</summary>
    public required IReadOnlyList<string> Aims { get; init; }

    /// <summary>What ends the noun phrase behind such an opening, in languages that put the verb last.</summary>
    public required IReadOnlyList<string> AimEnds { get; init; }

    /// <summary>What ends a noun phrase that says what is presented, what such a phrase stands behind, and what leads up to it.</summary>
    public required IReadOnlyList<string> ShownEnds { get; init; }

    public required IReadOnlyList<string> Shown { get; init; }

    public required IReadOnlyList<string> ShownLeads { get; init; }

    /// <summary>Pattern around a dish, null where none is known.</summary>
    public required string? Recipe { get; init; }

    /// <summary>Pattern around a dish for the way to make it, null where none is known.</summary>
    public required string? Cook { get; init; }

    /// <summary>Articles that may stand before the dish in that pattern.</summary>
    public required IReadOnlyList<string> DishArticles { get; init; }

    /// <summary>"Official Video" in the language, null where none is known.</summary>
    public required string? Official { get; init; }

    /// <summary>"using" → "use"; null for words that are no listed gerund.</summary>
    public static string? BaseOf(string gerund) => Gerunds.Value.GetValueOrDefault(gerund);

    public static bool IsVerb(string word) => Bases.Value.Contains(word);

    /// <summary>Whether a word opens a verb phrase that "how to" may stand before.</summary>
    public bool IsInfinitive(string folded) =>
        Infinitives.Contains(folded)
        || (HowToShown == "How to" && IsVerb(folded))
        || (folded.Length > 3 && InfinitiveEnds.Any(end => folded.EndsWith(end, StringComparison.Ordinal)));

    /// <summary>"desplegando" → "desplegar", where that is a known word of the language.</summary>
    public string? InfinitiveOf(string gerund, string language)
    {
        foreach (var (end, infinitive) in GerundEnds)
        {
            if (gerund.Length > end.Length + 1 || gerund == end)
            {
                var verb = gerund.EndsWith(end, StringComparison.Ordinal) ? gerund[..^end.Length] + infinitive : "";
                if (verb.Length > 0 && (gerund == end || CommonWords.For(language).HasWord(verb) || WordSet.Wide(language).Contains(verb)))
                {
                    return verb;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a word refers to something said before.</summary>
    public bool IsPointing(string folded) => Pointing.Contains(folded) && !NotPointing.Contains(folded);

    /// <summary>The words of a language; made once.</summary>
    public static TitleWords For(string language) => Known.GetOrAdd(language, Make);

    private static TitleWords Make(string language)
    {
        var howTo = Value("howto", language).Split('|', StringSplitOptions.TrimEntries);
        return new TitleWords
        {
            HowTo = [.. howTo[0].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            HowToShown = howTo.Length > 1 ? howTo[1] : "",
            HowToEnds = List("howto-end", language),
            Infinitives = List("infinitive", language).ToFrozenSet(StringComparer.Ordinal),
            Questions = List("question", language).Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal),
            Joins = List("join", language).ToFrozenSet(StringComparer.Ordinal),
            Tails = List("tail", language),
            Means = List("means", language),
            Relatives = Folded("relative", language),
            Vague = Folded("vague", language),
            Bare = Folded("bare", language),
            Asides = Folded("aside", language),
            PastEnds = List("past", language),
            Ands = Folded("and", "any"),
            Tells = [.. List("tell", language).Select(Folding.Fold)],
            Asks = [.. List("ask", language).Select(Folding.Fold)],
            Able = [.. List("able", language).Select(Folding.Fold).OrderByDescending(able => able.Length)],
            GerundEnds =
            [
                .. List("gerund", language)
                    .Select(pair => pair.Split('>'))
                    .Select(pair => (pair[0], pair[1]))
                    .OrderByDescending(pair => pair.Item1.Length),
            ],
            Teaches = [.. List("teach", language).Select(Folding.Fold)],
            Presents = [.. List("present", language).Select(Folding.Fold)],
            Articles = List("article", language).ToFrozenSet(StringComparer.Ordinal),
            NotPointing = Folded("point-not", language),
            Says = List("say", language),
            OpenEnds = List("open-end", language),
            Asking = List("asking", language),
            Persons = List("person", language).ToFrozenSet(StringComparer.Ordinal),
            InfinitiveEnds = List("ends", language),
            Aims = [.. List("aim", language).OrderByDescending(aim => aim.Length)],
            ShownEnds = List("shown-end", language),
            Shown = List("shown", language),
            ShownLeads = List("shown-lead", language),
            AimEnds = List("aim-end", language),
            Recipe = Lines.Value.GetValueOrDefault(("recipe", language)),
            Cook = Lines.Value.GetValueOrDefault(("cook", language)),
            DishArticles = List("dish-article", language),
            Official = Lines.Value.GetValueOrDefault(("official", language)),
        };
    }

    private static string Value(string what, string language) => Lines.Value.GetValueOrDefault((what, language), "");

    private static FrozenSet<string> Folded(string what, string language) =>
        List(what, language).Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);

    private static string[] List(string what, string language) =>
        Value(what, language).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static FrozenDictionary<(string What, string Language), string> Read() =>
        KindData
            .Lines("titles.txt")
            .Concat(KindData.Lines("clauses.txt"))
            .ToFrozenDictionary(
                line =>
                    (
                        line[..line.IndexOf(' ', StringComparison.Ordinal)],
                        line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..line.IndexOf(':', StringComparison.Ordinal)]
                    ),
                line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            );
}
