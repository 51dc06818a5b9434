using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>A "not" that the source lacks, or has and the suggestion drops, says the opposite.</summary>
internal sealed class NegationRules
{
    private const double SameClause = 0.5;
    private const double Same = 0.7;

    // Where line breaks were lost a whole description is one sentence.
    private const int LongestClause = 25;

    // How far a "not" reaches: what is denied follows it, in some languages a word or two come before.
    private const int ReachAfter = 6;
    private const int ReachBefore = 2;
    private const int Root = 4;

    // Scripts that write negation inside the word.
    private static readonly string[] NegativeParts = ["ない", "ません", "なかった", "ず。", "못하", "않", "없"];

    private readonly Source source;
    private readonly FactWords own;
    private readonly FactWords english;
    private readonly HashSet<string> titleStems;
    private readonly bool titleNegated;
    private readonly HashSet<string> deniedInTitle;
    private readonly Lazy<List<Denial>> negated;

    public NegationRules(Source source)
    {
        this.source = source;
        own = FactWords.For(source.Language.Code);
        english = FactWords.For("en");
        titleStems = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var clauses = Clauses(source.Tokens(source.SafeTitle)).Where(clause => IsNegated(clause, Slice(source.SafeTitle, clause))).ToList();
        titleNegated = clauses.Count > 0;
        deniedInTitle = [.. clauses.SelectMany(Stems)];
        negated = new(() => [.. Denials()], LazyThreadSafetyMode.None);
    }

    /// <param name="titled">Titles may deny only what the source denies; sentences may not deny what it affirms.</param>
    public void Check(List<Token> tokens, string text, bool titled, List<GuardViolation> violations)
    {
        var stems = Stems(tokens);
        if (IsNegated(tokens, text))
        {
            if (titled ? !titleNegated && !DeniedInSource(stems, Scope(tokens)) : AffirmedInSource(stems) && !DeniedInSource(stems, stems))
            {
                violations.Add(Violation(added: true));
            }
        }
        else if ((titled && deniedInTitle.Count > 0 && Share(deniedInTitle, stems) >= Same) || OnlyDeniedInSource(stems))
        {
            violations.Add(Violation(added: false));
        }
    }

    private static GuardViolation Violation(bool added) =>
        new(added ? "negation_added" : "negation_lost", "A “not” makes the opposite of what the source says.");

    // The source denies the same thing: much of the text stands in a sentence with a "not", and what the text denies stands near it.
    private bool DeniedInSource(HashSet<string> stems, HashSet<string> denied) =>
        negated.Value.Exists(one =>
            Share(stems, one.Sentence) >= SameClause
            && (denied.Count == 0 || denied.Any(stem => one.Denied.Any(other => IsKin(stem, other))))
        );

    // Every word of the text stands together only in a sentence that denies it.
    private bool OnlyDeniedInSource(HashSet<string> stems) =>
        stems.Count >= 3
        && negated.Value.Exists(one => one.Sentence.Count <= LongestClause && Share(stems, one.Sentence) >= 0.99)
        && !Sentenced(negated: false).Any(sentence => Share(stems, sentence) >= 0.99);

    private bool AffirmedInSource(HashSet<string> stems) =>
        stems.Count >= 2 && (Share(stems, titleStems) >= Same || Sentenced(negated: false).Any(sentence => Share(stems, sentence) >= Same));

    private static IEnumerable<List<Token>> Clauses(List<Token> tokens)
    {
        var start = 0;
        for (var i = 1; i <= tokens.Count; i++)
        {
            if (i == tokens.Count || tokens[i].Before >= Gap.Break)
            {
                yield return tokens.GetRange(start, i - start);
                start = i;
            }
        }
    }

    private static string Slice(string text, List<Token> tokens) => text[tokens[0].Start..tokens[^1].End];

    private IEnumerable<HashSet<string>> Sentenced(bool negated)
    {
        foreach (var text in new[] { source.SafeTitle, source.SafeDescription, source.SafeTranscript })
        {
            foreach (var range in Sentences.Split(text))
            {
                var tokens = source.Tokens(text[range]);
                if (IsNegated(tokens, text[range]) == negated)
                {
                    yield return Stems(tokens);
                }
            }
        }
    }

    private IEnumerable<Denial> Denials()
    {
        foreach (var text in new[] { source.SafeTitle, source.SafeDescription, source.SafeTranscript })
        {
            foreach (var range in Sentences.Split(text))
            {
                var tokens = source.Tokens(text[range]);
                if (IsNegated(tokens, text[range]))
                {
                    yield return new Denial(Stems(tokens), Scope(tokens));
                }
            }
        }
    }

    // What a "not" may deny; all of the text where the language writes it inside of words.
    private HashSet<string> Scope(List<Token> tokens)
    {
        var hits = Negations(tokens);
        return hits.Count == 0
            ? Stems(tokens)
            : Stems([
                .. tokens.Where((_, i) => hits.Exists(hit => i >= hit.First - ReachBefore && i < hit.First + hit.Count + ReachAfter)),
            ]);
    }

    private HashSet<string> Stems(List<Token> tokens) =>
        tokens.Where(token => !token.IsStop).Select(token => source.Stemming.Stem(token.Folded)).ToHashSet(StringComparer.Ordinal);

    // The same word, or one that begins like it ("laugh", "laughing").
    private static bool IsKin(string stem, string other) =>
        stem == other || (stem.Length >= Root && other.Length >= Root && stem.AsSpan(0, Root).SequenceEqual(other.AsSpan(0, Root)));

    private static double Share(HashSet<string> part, HashSet<string> whole) =>
        part.Count == 0 ? 0 : part.Count(whole.Contains) / (double)part.Count;

    private bool IsNegated(List<Token> tokens, string text) =>
        Negations(tokens).Count > 0
        || (
            source.Language.Code != "en"
            && english
                .Find(FactKind.Negation, tokens)
                .Exists(hit => tokens[hit.First].Length > 2 && !CommonWords.For(source.Language.Code).HasWord(tokens[hit.First].Folded))
        )
        || NegativeParts.Any(part => text.Contains(part, StringComparison.Ordinal))
        || (source.Language.Code == "zh" && own.FindGlued(FactKind.Negation, text).Any());

    // "Not only this" affirms.
    private List<FactHit> Negations(List<Token> tokens)
    {
        var hits = own.Find(FactKind.Negation, tokens);
        if (hits.Count > 0)
        {
            var affirmed = own.Find(FactKind.Affirmed, tokens);
            hits.RemoveAll(hit => affirmed.Exists(one => hit.First >= one.First && hit.First < one.First + one.Count));
        }

        return hits;
    }

    /// <param name="Denied">Stems of what stands near the "not".</param>
    private sealed record Denial(HashSet<string> Sentence, HashSet<string> Denied);
}
