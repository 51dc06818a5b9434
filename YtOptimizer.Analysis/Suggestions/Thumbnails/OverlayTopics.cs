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
        var clauses = OverlayClauses.Split(TextCleaner.Tidy(source.SafeTitle));
        foreach (var clause in clauses.Concat(clauses.SelectMany(OverlayClauses.AtCommas)))
        {
            var tokens = source.Tokens(clause.Text);
            if (clause.Cut || tokens.Count == 0)
            {
                continue;
            }

            if (
                clause.Text.Split(' ').Length is >= LeastWords and <= OverlayRules.MostWords
                && !lists.Before.Contains(tokens[0].Folded)
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

            // Behind a small word an inflected noun is no headline; before one a phrase may be cut off.
            if (
                end - start >= LeastWords
                && (start == 0 || tokens[start].Before >= Gap.Break || !ThumbnailThings.Inflects(source.Language.Code))
                && (end == tokens.Count || tokens[end].Before >= Gap.Break || Ends(lists, tokens[end]))
                && !source.Places.IsVerb(tokens[end - 1].Folded)
            )
            {
                found.Add(text[tokens[start].Start..tokens[end - 1].End]);
                // The last words of a long run name the thing where adjectives stand before their noun.
                for (var least = 3; source.Language.Code is "en" or "de" or "nl" or "sv" && least >= LeastWords; least--)
                {
                    var from = end - least;
                    if (from > start && tokens[from].Before == Gap.Space && !tokens[from].IsStop && !tokens[from - 1].IsStop)
                    {
                        found.Add(text[tokens[from].Start..tokens[end - 1].End]);
                    }
                }
            }

            start = Math.Max(start, end);
        }
    }

    private static bool Ends(OverlayLists lists, Token token) => lists.Before.Contains(token.Folded) || lists.Leads.Contains(token.Folded);

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
