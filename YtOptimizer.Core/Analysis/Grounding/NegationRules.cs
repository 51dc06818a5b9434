using YtOptimizer.Core.Analysis.Text;

namespace YtOptimizer.Core.Analysis.Grounding;

/// <summary>A "not" that the source lacks, or has and the suggestion drops, says the opposite.</summary>
internal sealed class NegationRules
{
    private const double SameClause = 0.5;

    // Scripts that write negation inside the word.
    private static readonly string[] NegativeParts = ["ない", "ません", "なかった", "ず。", "못하", "않", "없"];

    private readonly Source source;
    private readonly FactWords own;
    private readonly FactWords english;
    private readonly HashSet<string> titleStems;
    private readonly bool titleNegated;
    private readonly Lazy<List<HashSet<string>>> negated;

    public NegationRules(Source source)
    {
        this.source = source;
        own = FactWords.For(source.Language.Code);
        english = FactWords.For("en");
        titleStems = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        titleNegated = IsNegated(source.Tokens(source.SafeTitle), source.SafeTitle);
        negated = new(() => [.. Sentenced(negated: true)], LazyThreadSafetyMode.None);
    }

    public void Check(List<Token> tokens, string text, List<GuardViolation> violations)
    {
        var stems = Stems(tokens);
        var denies = IsNegated(tokens, text);
        if (titleStems.Count > 0 && Share(stems, titleStems) >= SameClause)
        {
            if (titleNegated != denies && !(denies && DeniedInSource(stems)))
            {
                violations.Add(Violation(denies));
            }

            return;
        }

        if (denies ? !DeniedInSource(stems) : OnlyDeniedInSource(stems))
        {
            violations.Add(Violation(denies));
        }
    }

    private static GuardViolation Violation(bool added) => new(added ? "negation_added" : "negation_lost", "A “not” makes the opposite of what the source says.");

    private bool DeniedInSource(HashSet<string> stems) => negated.Value.Exists(sentence => Share(stems, sentence) >= SameClause);

    // Every word of the text stands together only in a sentence that denies it.
    private bool OnlyDeniedInSource(HashSet<string> stems) =>
        stems.Count >= 3 && negated.Value.Exists(sentence => Share(stems, sentence) >= 0.99) && !Sentenced(negated: false).Any(sentence => Share(stems, sentence) >= 0.99);

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

    private HashSet<string> Stems(List<Token> tokens) => tokens.Where(token => !token.IsStop).Select(token => source.Stemming.Stem(token.Folded)).ToHashSet(StringComparer.Ordinal);

    private static double Share(HashSet<string> part, HashSet<string> whole) => part.Count == 0 ? 0 : part.Count(whole.Contains) / (double)part.Count;

    private bool IsNegated(List<Token> tokens, string text) =>
        own.Find(FactKind.Negation, tokens).Count > 0
        || (source.Language.Code != "en" && english.Find(FactKind.Negation, tokens).Exists(hit => tokens[hit.First].Length > 2 && !CommonWords.For(source.Language.Code).HasWord(tokens[hit.First].Folded)))
        || NegativeParts.Any(part => text.Contains(part, StringComparison.Ordinal))
        || (source.Language.Code == "zh" && own.FindGlued(FactKind.Negation, text).Any());
}
