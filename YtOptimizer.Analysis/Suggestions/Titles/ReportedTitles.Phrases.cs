using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <content>Verb phrases and noun phrases of a sentence that says what the video presents.</content>
internal sealed partial class ReportedTitles
{
    // "how we can [test a model]": the verb phrase behind it.
    private string? Able(string clause)
    {
        var folded = Folding.Fold(clause) + " ";
        var opening =
            words.HowToShown.Length == 0
                ? null
                : words.Able.FirstOrDefault(able => folded.StartsWith(able + " ", StringComparison.Ordinal));
        if (opening is null)
        {
            return null;
        }

        var rest = clause[Math.Min(clause.Length, opening.Length)..].TrimStart();
        return source.Tokens(rest) is [var verb, _, ..] && words.IsInfinitive(verb.Folded) ? rest : null;
    }

    // "This talk presents [a new way to …]": the noun phrase after it.
    private string? Presented(string sentence)
    {
        var tokens = source.Tokens(sentence);
        for (var i = 1; i < tokens.Count; i++)
        {
            if (
                tokens[i].Before is Gap.Space
                && tokens[i].Start - tokens[i - 1].End == 1
                && words.Articles.Contains(tokens[i].Folded)
                && IsAfter(sentence, tokens, i, words.Presents)
            )
            {
                return Clause(sentence[tokens[i].Start..]);
            }
        }

        return null;
    }

    // "…では、[新しい方法]を紹介します", "[새로운 방법]을 소개합니다": the noun phrase before the verb, "…介紹[新方法]" the one behind it.
    private string? Before(string sentence)
    {
        if (source.Kind.About is not (VideoKind.Talk or VideoKind.Tutorial or VideoKind.Review or VideoKind.Other))
        {
            return null;
        }

        var end = words
            .ShownEnds.Concat(words.AimEnds)
            .Select(mark => sentence.IndexOf(mark, StringComparison.Ordinal))
            .Where(at => at > 0)
            .DefaultIfEmpty(-1)
            .Min();
        var text = end < 0 ? "" : sentence[..end];
        foreach (var verb in words.Shown)
        {
            var at = sentence.IndexOf(verb, StringComparison.Ordinal);
            text = text.Length == 0 && at >= 0 ? sentence[(at + verb.Length)..].TrimEnd('。', '！') : text;
        }

        // What stands before the last comma only leads up to it.
        var comma = text.AsSpan().LastIndexOfAny(Commas);
        text = comma >= 0 && end >= 0 ? text[(comma + 1)..].Trim() : text.Trim();
        foreach (var lead in words.ShownLeads)
        {
            var at = text.IndexOf(lead, StringComparison.Ordinal);
            text = at >= 0 ? text[(at + lead.Length)..].Trim() : text;
        }

        return
            Graphemes.DisplayWidth(text) >= NarrowestUnspaced
            && text.AsSpan().IndexOfAny(ClauseEnds) < 0
            && text.AsSpan().IndexOfAny(Commas) < 0
            ? text
            : null;
    }
}
