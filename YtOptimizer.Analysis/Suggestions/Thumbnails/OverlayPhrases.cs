using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Phrases inside a long clause that stand alone: behind an article, an adjective with its noun, words set in capitals, what is
/// left out, the deed at the end, the words before the first preposition.</summary>
internal static partial class OverlayPhrases
{
    /// <summary>The words before the first preposition: only where there is nothing else.</summary>
    public const double Head = 0.4;

    private const double Known = 0.05;

    public static void Add(Source source, OverlayClause clause, bool shouted, List<(string Text, double Value)> found)
    {
        var tokens = source.Tokens(clause.Text);
        if (tokens.Count < 3 || tokens.Exists(token => token.IsUnspaced))
        {
            return;
        }

        var lists = OverlayLists.For(source.Language.Code);
        var opening = true;
        for (var i = 0; i < tokens.Count; i++)
        {
            var word = tokens[i].Folded;
            if (lists.Without.Contains(word) && i > 0)
            {
                var end = NounEnd(lists, tokens, i + 1, 2);
                if (EndsPhrase(lists, tokens, end))
                {
                    Take(source, clause, tokens, i, end, 0.8, found);
                }
            }
            else if (lists.Articles.Contains(word) && i + 1 < tokens.Count)
            {
                Noun(source, clause, tokens, lists, i + 1, found);
            }
            else if (lists.IsAdjective(word) && (i == 0 || !lists.IsAdjective(tokens[i - 1].Folded)))
            {
                Adjective(source, clause, tokens, lists, i, found);
            }
            else if (lists.Deeds.Contains(word) && IsDeed(lists, tokens, i))
            {
                Take(source, clause, tokens, i + 1, tokens.Count, 0.9, found);
            }
            else if (i > 0 && lists.Telling.Contains(word))
            {
                Take(
                    source,
                    clause,
                    tokens,
                    i + 1,
                    tokens.Count - i - 1 > OverlayRules.MostWords ? NounEnd(lists, tokens, i + 1, 4) : tokens.Count,
                    0.88,
                    found
                );
            }
            else if (i > 0 && lists.Events.Contains(word))
            {
                Take(source, clause, tokens, i, DeedEnd(lists, tokens, i), 0.9, found);
            }

            if (opening && lists.Before.Contains(word) && !lists.Joins.Contains(word))
            {
                opening = false;
                Take(source, clause, tokens, lists.Articles.Contains(tokens[0].Folded) ? 1 : 0, i, Head, found);
            }
        }

        if (lists.EndsWithSubject && clause.Closing is not ('?' or '？'))
        {
            LastWords(source, clause, tokens, lists, found);
        }

        Asked(source, clause, tokens, lists, found);
        if (!shouted)
        {
            Capitals(source, clause, tokens, found);
        }
    }

    // "his | real relationship | with …", "the | secret of the tower"
    private static void Noun(
        Source source,
        OverlayClause clause,
        List<Token> tokens,
        OverlayLists lists,
        int start,
        List<(string Text, double Value)> found
    )
    {
        var end = NounEnd(lists, tokens, start, OverlayRules.MostWords + 1);
        if (end - start < 2 || !EndsPhrase(lists, tokens, end))
        {
            return;
        }

        // "secret of the old tower" without what it is of.
        if (end - start > OverlayRules.MostWords || tokens[end - 1].End - tokens[start].Start > OverlayRules.Widest)
        {
            var join = tokens.FindIndex(start, end - start, token => lists.Joins.Contains(token.Folded));
            end = join > start + 1 ? join : end;
        }

        // An adjective in an oblique case needs its article.
        if (
            source.Language.Code == "de"
            && (!tokens[end - 1].Has(TokenFlags.Capitalized) || tokens[start].Folded.EndsWith("en", StringComparison.Ordinal))
        )
        {
            return;
        }

        Take(source, clause, tokens, start, end, 0.76 + (0.005 * Math.Min(start, 6)), found);
    }

    private static void Adjective(
        Source source,
        OverlayClause clause,
        List<Token> tokens,
        OverlayLists lists,
        int start,
        List<(string Text, double Value)> found
    )
    {
        var end = start + 1;
        while (end < tokens.Count && tokens[end].Before <= Gap.Joint && lists.IsAdjective(tokens[end].Folded))
        {
            end++;
        }

        if (end < tokens.Count && tokens[end].Before <= Gap.Joint && !tokens[end].IsStop && end - start < OverlayRules.MostWords - 1)
        {
            var last = end + 1;
            // "новый Mac mini"
            while (
                last < tokens.Count
                && tokens[last].Before == Gap.Space
                && tokens[end].Script == Script.Latin
                && tokens[last].Script == Script.Latin
            )
            {
                last++;
            }

            if (last - start <= OverlayRules.MostWords)
            {
                Take(source, clause, tokens, start, last, start == 0 ? 0.66 : 0.72, found);
            }
        }
    }

    private static void Capitals(Source source, OverlayClause clause, List<Token> tokens, List<(string Text, double Value)> found)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var end = i;
            while (end < tokens.Count && tokens[end].Has(TokenFlags.AllCaps) && (end == i || tokens[end].Before <= Gap.Joint))
            {
                end++;
            }

            if (end - i is > 1 and <= OverlayRules.MostWords && tokens.GetRange(i, end - i).Exists(token => token.Length > 3))
            {
                Take(source, clause, tokens, i, end, 0.8, found);
            }

            i = Math.Max(i, end - 1);
        }
    }

    // "to | trick a keeper"; "to make under a minute" leaves out what is made.
    private static bool IsDeed(OverlayLists lists, List<Token> tokens, int at) =>
        tokens.Count - at - 1 is 2 or 3 or 4
        && !lists.Articles.Contains(tokens[at + 1].Folded)
        && !lists.Before.Contains(tokens[at + 2].Folded);

    // The verb with its object, to the end of the clause or the preposition behind it.
    private static int DeedEnd(OverlayLists lists, List<Token> tokens, int start)
    {
        var end = start + 1;
        while (
            end < tokens.Count
            && tokens[end].Before <= Gap.Joint
            && !lists.Leads.Contains(tokens[end].Folded)
            && (
                !lists.Before.Contains(tokens[end].Folded)
                || (end > start + 1 && lists.Joins.Contains(tokens[end].Folded))
                || (end == start + 1 && tokens[end].Folded is "a" or "al" or "ao" or "à")
            )
        )
        {
            end++;
        }

        return end - start <= OverlayRules.MostWords ? end : start;
    }

    private static int NounEnd(OverlayLists lists, List<Token> tokens, int start, int most)
    {
        var end = start;
        while (
            end < tokens.Count
            && end - start < most + 1
            && (end == start || tokens[end].Before <= Gap.Joint)
            && (
                (!tokens[end].IsStop && !lists.Leads.Contains(tokens[end].Folded) && !lists.Before.Contains(tokens[end].Folded))
                || (end > start && lists.Joins.Contains(tokens[end].Folded))
            )
        )
        {
            end++;
        }

        while (end > start && lists.Joins.Contains(tokens[end - 1].Folded))
        {
            end--;
        }

        return end;
    }

    // A verb with its object, another article: the words before them are half a sentence.
    private static bool EndsPhrase(OverlayLists lists, List<Token> tokens, int end) =>
        end >= tokens.Count
        || tokens[end].Before >= Gap.Break
        || (lists.Before.Contains(tokens[end].Folded) && !lists.Joins.Contains(tokens[end].Folded));

    private static void Take(
        Source source,
        OverlayClause clause,
        List<Token> tokens,
        int start,
        int end,
        double value,
        List<(string Text, double Value)> found,
        bool whole = false
    )
    {
        if (end - start < 2 || end > tokens.Count)
        {
            return;
        }

        if (OverlayLists.For(source.Language.Code).Articles.Contains(tokens[start].Folded))
        {
            start++;
        }

        if (end - start < 2)
        {
            return;
        }

        var stretch = tokens.GetRange(start, end - start);
        var text = clause.Text[stretch[0].Start..stretch[^1].End];
        if (
            stretch.Exists(token => token.Before >= Gap.Break && token.Start != stretch[0].Start)
            || !stretch.Exists(token => !token.IsStop && !token.Has(TokenFlags.Digits))
            || !(whole || HasWholeEdges(source, stretch, OverlayLists.For(source.Language.Code)))
            || stretch.TrueForAll(token => token.IsStop || source.Places.IsVerb(token.Folded))
            || (!whole && source.Places.IsVerb(stretch[^1].Folded))
        )
        {
            return;
        }

        var key = Folding.Fold(text);
        var known =
            source.TagKeys.Contains(key) || source.Model.Lexicon.IsTag(key) || source.Rest.Folded.Contains(key, StringComparison.Ordinal);
        found.Add((text, known ? value + Known : value));
    }

    // A verb of an event opens a phrase of its own.
    private static bool HasWholeEdges(Source source, List<Token> stretch, OverlayLists lists) =>
        OverlayRules.HasWholeEdges(
            source,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(stretch)[(lists.Events.Contains(stretch[0].Folded) ? 1 : 0)..]
        );
}
