using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Phrases at the end of a clause, and questions without their last words.</summary>
internal static partial class OverlayPhrases
{
    private const int Tail = 26;

    // "… | 전혀 다른 이유": what a sentence comes to. A part behind a comma is taken whole elsewhere.
    private static void LastWords(
        Source source,
        OverlayClause clause,
        List<Token> tokens,
        OverlayLists lists,
        List<(string Text, double Value)> found
    )
    {
        var start = tokens.FindLastIndex(token => token.Before >= Gap.Break);
        if (
            tokens.Count - Math.Max(start, 0) <= OverlayRules.MostWords
            || tokens[^1].Has(TokenFlags.Digits)
            || lists.Leads.Contains(tokens[^1].Folded)
        )
        {
            return;
        }

        var at = tokens.Count - (Graphemes.DisplayWidth(clause.Text[tokens[^3].Start..]) <= Tail ? 3 : 2);
        // "Sarp'a | ahlaksız teklif": an ending behind its apostrophe is no word.
        at += lists.Leads.Contains(tokens[at].Folded) || tokens[at].Before == Gap.Joint ? 1 : 0;
        Take(source, clause, tokens, at, tokens.Count, source.Language.Code == "ko" ? 0.72 : 0.66, found, whole: true);
    }

    // "¿Qué llega en noviembre | para …?" ends before a preposition.
    private static void Asked(
        Source source,
        OverlayClause clause,
        List<Token> tokens,
        OverlayLists lists,
        List<(string Text, double Value)> found
    )
    {
        if (clause.Closing is not ('?' or '？') || tokens.Count <= OverlayRules.MostWords || !tokens[0].IsStop)
        {
            return;
        }

        for (var i = OverlayRules.MostWords; i > 1; i--)
        {
            if (
                lists.Before.Contains(tokens[i].Folded)
                && !lists.Joins.Contains(tokens[i].Folded)
                && (i + 1 == tokens.Count || !lists.Before.Contains(tokens[i + 1].Folded))
                && !tokens[i - 1].IsStop
                && PhraseEdges.For(source.Language.Code).Closes(tokens[i - 1].Folded)
            )
            {
                found.Add((clause.Text[..tokens[i - 1].End] + clause.Closing, 0.84));
                return;
            }
        }
    }
}
