using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <content>The main clause of a sentence that is too long for a title.</content>
internal sealed partial class SentenceTitles
{
    // The main clause: before a word that joins another clause, or a comma that no list follows.
    private string? Clause(string sentence)
    {
        if (Graphemes.DisplayWidth(sentence) <= WidestSentence)
        {
            return sentence;
        }

        string? best = null;
        foreach (var token in source.Tokens(sentence))
        {
            if (token.Start == 0 || !words.Joins.Contains(token.Folded) || token.Before is Gap.Joint)
            {
                continue;
            }

            var left = sentence[..token.Start].TrimEnd(' ', ',', '-', '–', '—');
            if (Graphemes.DisplayWidth(left) is >= LeastClause and <= WidestSentence && IsWholeClause(left))
            {
                best = left;
            }
        }

        foreach (var mark in new[] { " — ", " – ", ". ", "。" })
        {
            var at = sentence.IndexOf(mark, StringComparison.Ordinal);
            if (at > 0 && Graphemes.DisplayWidth(sentence[..at]) is >= LeastClause and <= WidestSentence && IsWholeClause(sentence[..at]))
            {
                best = sentence[..at];
            }
        }

        return best ?? BeforeComma(sentence);
    }

    // "Jonah Hill talks about how skateboarding changed his life, the magazine …": what stands before the first comma, when it opens with
    // what the sentence is about and not with a time or place.
    private string? BeforeComma(string sentence)
    {
        var at = sentence.IndexOf(", ", StringComparison.Ordinal);
        if (
            at < 0
            || Graphemes.DisplayWidth(sentence[..at]) is < 40 or > WidestSentence
            || source.Tokens(sentence) is not [{ IsStop: false } first, ..]
            || words.Joins.Contains(first.Folded)
            || !char.IsUpper(sentence[first.Start])
        )
        {
            return null;
        }

        var left = sentence[..at];
        return IsWholeClause(left) && source.Tokens(left).Count(token => !token.IsStop) >= 5 && char.IsLower(sentence[at + 2])
            ? left
            : null;
    }

    // No open list, no bracket, no word at the end that wants another.
    private bool IsWholeClause(string left)
    {
        var tokens = source.Tokens(left);
        return tokens.Count > 0
            && !tokens[^1].IsStop
            && !left.Contains(", ", StringComparison.Ordinal)
            && tokens.Count(token => !token.IsStop) >= 4;
    }
}
