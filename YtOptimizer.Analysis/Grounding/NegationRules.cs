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

    // Scripts that write negation inside the word.
    private static readonly string[] NegativeParts = ["ない", "ません", "なかった", "ず。", "못하", "않", "없"];

    private readonly Source source;
    private readonly FactWords own;
    private readonly FactWords english;
    private readonly HashSet<string> titleStems;
    private readonly bool titleNegated;
    private readonly HashSet<string> deniedInTitle;
    private readonly Lazy<List<HashSet<string>>> negated;

    public NegationRules(Source source)
    {
        this.source = source;
        own = FactWords.For(source.Language.Code);
        english = FactWords.For("en");
        titleStems = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var clauses = Clauses(source.Tokens(source.SafeTitle)).Where(clause => IsNegated(clause, Slice(source.SafeTitle, clause))).ToList();
        titleNegated = clauses.Count > 0;
        deniedInTitle = [.. clauses.SelectMany(Stems)];
        negated = new(() => [.. Sentenced(negated: true)], LazyThreadSafetyMode.None);
    }

    /// <param name="titled">Titles may deny only what the source denies; sentences may not deny what it affirms.</param>
    public void Check(List<Token> tokens, string text, bool titled, List<GuardViolation> violations)
    {
        var stems = Stems(tokens);
        if (IsNegated(tokens, text))
        {
            if (titled ? !titleNegated && !DeniedInSource(stems) : AffirmedInSource(stems) && !DeniedInSource(stems))
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

    private bool DeniedInSource(HashSet<string> stems) => negated.Value.Exists(sentence => Share(stems, sentence) >= SameClause);

    // Every word of the text stands together only in a sentence that denies it.
    private bool OnlyDeniedInSource(HashSet<string> stems) =>
        stems.Count >= 3
        && negated.Value.Exists(sentence => sentence.Count <= LongestClause && Share(stems, sentence) >= 0.99)
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

    private HashSet<string> Stems(List<Token> tokens) =>
        tokens.Where(token => !token.IsStop).Select(token => source.Stemming.Stem(token.Folded)).ToHashSet(StringComparer.Ordinal);

    private static double Share(HashSet<string> part, HashSet<string> whole) =>
        part.Count == 0 ? 0 : part.Count(whole.Contains) / (double)part.Count;

    private bool IsNegated(List<Token> tokens, string text) =>
        own.Find(FactKind.Negation, tokens).Count > 0
        || (
            source.Language.Code != "en"
            && english
                .Find(FactKind.Negation, tokens)
                .Exists(hit => tokens[hit.First].Length > 2 && !CommonWords.For(source.Language.Code).HasWord(tokens[hit.First].Folded))
        )
        || NegativeParts.Any(part => text.Contains(part, StringComparison.Ordinal))
        || (source.Language.Code == "zh" && own.FindGlued(FactKind.Negation, text).Any());
}
