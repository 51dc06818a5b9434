using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>
/// A stretch of a sentence that only the suggestion tells: several words in a row, none of which the source holds and all of which say
/// something ("most of them suffer nerve damage"). Each may be an everyday word; together they state a new fact. The most frequent words
/// of a language do not count: every sentence needs them.
/// </summary>
internal sealed class NoveltyRules(Source source, WordJudge judge)
{
    private const int MostNew = 2;

    private readonly WordSet frequent = WordSet.Frequent(source.Language.Code);
    private readonly FactWords facts = FactWords.For(source.Language.Code);

    public void Check(string text, List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        if (!frequent.IsKnown)
        {
            return;
        }

        var first = -1;
        var count = 0;
        var asks = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            // "Why the decision makes such waves" asks more than it tells.
            var begins = i == 0 || tokens[i].Before >= Gap.Break;
            asks = begins ? facts.Find(FactKind.Question, tokens).Exists(hit => hit.First == i) : asks;
            var isKnown = standings[i] is WordStanding.Supported or WordStanding.Number or WordStanding.General || IsGeneral(tokens[i]);
            count = begins || isKnown ? 0 : count;
            if (asks || isKnown || !IsNew(tokens[i], standings[i]))
            {
                continue;
            }

            first = count == 0 ? i : first;
            if (++count > MostNew)
            {
                violations.Add(
                    new("added_fact", $"“{text[tokens[first].Start..tokens[i].End]}” tells something that the source does not.")
                );
                return;
            }
        }
    }

    // Korean particles follow a general term without a space.
    private bool IsGeneral(Token token) =>
        token.Script == Script.Hangul
        && WordForms.KoreanParticles.Any(particle =>
            token.Length > particle.Length + 1
            && token.Folded.EndsWith(particle, StringComparison.Ordinal)
            && judge.IsGeneral(token.Folded[..^particle.Length])
        );

    private bool IsNew(Token token, WordStanding standing) =>
        !token.IsStop
        && !token.IsUnspaced
        && standing is (WordStanding.Everyday or WordStanding.Unknown or WordStanding.Foreign or WordStanding.Name)
        && !token.Folded.Split(' ').All(frequent.Contains);
}
