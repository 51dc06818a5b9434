using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>The form that people type for a name that a sentence writes with an ending ("Pythonie" → "Python"), and topics that the
/// description sets down by themselves before it explains them ("Metaprogramowanie - to …").</summary>
internal static class BaseForms
{
    private const int LeastBase = 4;
    private const int LongestEnding = 3;
    private const int WellKnown = 2;
    private const int KnownInside = 4;
    private const int WrittenByMany = 8;
    private const int LeastTopic = 5;
    private const int MostTopics = 2;
    private const int LongestDash = 4;

    // Languages that write a name in cases.
    private static readonly HashSet<string> Inflecting = new(
        ["ru", "uk", "be", "bg", "sr", "hr", "sl", "pl", "cs", "sk", "lt", "lv", "fi", "et", "hu"],
        StringComparer.Ordinal
    );

    /// <summary>Whether a language writes a name in cases.</summary>
    public static bool Inflects(string language) => Inflecting.Contains(language);

    /// <summary>How a phrase is shown as a tag: its base form where an ending was put on a well-known name, else as it is.</summary>
    public static string Of(Source source, RankedPhrase phrase) =>
        KeyOf(source, phrase.Candidate) is { } key
            ? source.Attested(key) ?? Brands.Form(key) ?? phrase.Surface[..key.Length]
            : phrase.Surface;

    /// <summary>Whether a word is a well-known name with an ending, whose base form the text writes, too, or which is
    /// large in mid-title.</summary>
    public static string? KeyOf(Source source, Candidate candidate)
    {
        if (
            candidate.Words.Length != 1
            || !Inflecting.Contains(source.Language.Code)
            || candidate.Surface.Length != candidate.Key.Length
            || source.TagKeys.Contains(candidate.Key)
        )
        {
            return null;
        }

        var key = candidate.Key;
        var own = source.Model.Lexicon.Phrase(key, without: null).Tag;
        for (var length = key.Length - 1; length >= Math.Max(LeastBase, key.Length - LongestEnding); length--)
        {
            var stem = key[..length];
            // A name in the middle of the title needs no second witness ("Testy w Pythonie").
            if (
                IsWellKnown(source, stem, own)
                && (
                    source.TextWords.Contains(stem)
                    || source.TagWords.Contains(stem)
                    || IsNameInside(candidate)
                    || IsNamedInText(source, candidate)
                )
            )
            {
                return stem;
            }
        }

        return null;
    }

    /// <summary>Whether creators of several channels tag a word, alone or within a phrase, more than a form of it.</summary>
    public static bool IsWellKnown(Source source, string word, int own) =>
        source.Model.Lexicon.Phrase(word, without: null).Tag >= Math.Max(WellKnown, own + 1)
        || (own == 0 && source.Model.Lexicon.Phrase(word, without: null) is { Both: > 0, Doc: >= WrittenByMany })
        || (own == 0 && source.Model.Lexicon.Word(word, without: null).Tag >= KnownInside);

    private static bool IsNameInside(Candidate candidate) => candidate.FirstInTitle > 0 && candidate.Capitalized >= candidate.Total;

    // "… z Dockerem": large within a sentence of the description.
    private static bool IsNamedInText(Source source, Candidate candidate) =>
        candidate.TitleCount == 0
        && candidate.Capitalized >= candidate.Total
        && source.IsNamed(candidate.Key)
        && candidate.Key.All(char.IsAscii);

    /// <summary>Words at the start of a sentence with a dash behind them that the title says in any form.</summary>
    public static IEnumerable<string> Defined(Source source)
    {
        var stems = source
            .Text.TitleTokens.Where(token => !token.IsStop && !token.IsUnspaced && token.Length >= LeastTopic)
            .SelectMany(token => Forms(source, token.Folded))
            .ToHashSet(StringComparer.Ordinal);
        var (tokens, text) = (source.Text.DescriptionTokens, source.SafeDescription);
        return Enumerable
            .Range(0, Math.Max(0, tokens.Count - 1))
            .Where(i =>
                (i == 0 || tokens[i].Before >= Gap.Break)
                && tokens[i].Length >= LeastTopic
                && !tokens[i].IsStop
                && IsDash(text[tokens[i].End..tokens[i + 1].Start])
                && Forms(source, tokens[i].Folded).Any(stems.Contains)
                && source.Text.TitleTokens.TrueForAll(token => token.Folded != tokens[i].Folded)
            )
            .Select(i => text.Substring(tokens[i].Start, tokens[i].Length))
            .Take(MostTopics);
    }

    // Polish has no stemmer here.
    private static IEnumerable<string> Forms(Source source, string word) =>
        WordParticles.Without(word, source.Language.Code).Append(source.Stemming.Stem(word));

    // With a space on both sides.
    private static bool IsDash(string between) =>
        between.Length is > 2 and <= LongestDash && between[0] == ' ' && between[^1] == ' ' && between.Trim() is "-" or "–" or "—";
}
