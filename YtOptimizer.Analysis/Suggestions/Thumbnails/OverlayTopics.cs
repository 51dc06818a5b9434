using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The topic of a talk in two to four words of its title: a short clause as a whole, else what stands between small
/// words.</summary>
internal static class OverlayTopics
{
    private const int LeastWords = 2;

    /// <summary>Null where the title has no such words.</summary>
    public static string? Of(Source source)
    {
        var lists = OverlayLists.For(source.Language.Code);
        var found = new List<string>();
        foreach (var clause in OverlayClauses.Split(TextCleaner.Tidy(source.SafeTitle)))
        {
            var tokens = source.Tokens(clause.Text);
            if (clause.Cut || tokens.Count == 0)
            {
                continue;
            }

            if (
                clause.Text.Split(' ').Length is >= LeastWords and <= OverlayRules.MostWords
                && !lists.Leads.Contains(tokens[^1].Folded)
                && !lists.Before.Contains(tokens[^1].Folded)
                && Fits(source, clause.Text)
            )
            {
                return clause.Text;
            }

            if (tokens[0].IsUnspaced)
            {
                // "Pythonコミュニティが…": up to the first particle.
                var particle = clause.Text.AsSpan().IndexOfAny("をがはにで");
                found.Add(particle > 0 ? clause.Text[..particle] : "");
            }
            else
            {
                Runs(source, lists, clause.Text, tokens, found);
            }
        }

        return found.Where(text => text.Length > 0 && Fits(source, text)).MaxBy(text => Math.Min(source.Tokens(text).Count, 3));
    }

    private static void Runs(Source source, OverlayLists lists, string text, List<Token> tokens, List<string> found)
    {
        for (var start = 0; start < tokens.Count; start++)
        {
            var end = start;
            while (end < tokens.Count && (end == start || tokens[end].Before <= Gap.Joint) && IsInside(lists, tokens, start, end))
            {
                end++;
            }

            if (end - start >= LeastWords && !source.Places.IsVerb(tokens[end - 1].Folded))
            {
                found.Add(text[tokens[start].Start..tokens[end - 1].End]);
                // The last words of a long run name the thing where adjectives stand before their noun.
                if (source.Language.Code is "en" or "de" or "nl" or "sv" or "cs" or "pl" or "ru" or "uk" && end - start > 3)
                {
                    found.Add(text[tokens[end - 3].Start..tokens[end - 1].End]);
                }
            }

            start = Math.Max(start, end);
        }
    }

    private static bool IsInside(OverlayLists lists, List<Token> tokens, int start, int at) =>
        (!tokens[at].IsStop && !lists.Before.Contains(tokens[at].Folded) && !lists.Leads.Contains(tokens[at].Folded))
        || (
            at > start
            && at + 1 < tokens.Count
            && lists.Joins.Contains(tokens[at].Folded)
            && !tokens[at + 1].IsStop
            && tokens[at + 1].Before <= Gap.Joint
        );

    private static bool Fits(Source source, string text) =>
        OverlayRules.IsShort(source, text) && OverlayRules.SaysSomething(source, text) && OverlayLimits.Allow(source, text);
}
