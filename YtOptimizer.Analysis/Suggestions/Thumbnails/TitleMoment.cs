using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The clause of a title that says what happens: a picture of a moment is a picture of it.</summary>
internal static class TitleMoment
{
    private const int Widest = 76;
    private const int LeastWords = 2;
    private const int NarrowestUnspaced = 8;

    /// <summary>Null where the title says nothing but its form.</summary>
    public static string? Of(Source source)
    {
        var title = TextCleaner.Tidy(source.SafeTitle);
        var all = OverlayClauses.Split(title);
        var clauses = all.FindAll(clause => Says(source, clause.Text));
        // A person's name says nothing that happens where something else does.
        if (clauses.Exists(clause => !IsPerson(source, clause.Text)))
        {
            clauses.RemoveAll(clause => IsPerson(source, clause.Text));
        }
        else if (source.Kind.About == VideoKind.Trailer && all.Count > 0 && Graphemes.DisplayWidth(all[0].Text) <= Widest)
        {
            return all[0].Text;
        }

        var whole = clauses.FindAll(clause => !clause.Cut && Graphemes.DisplayWidth(clause.Text) <= Widest);
        if (whole.Count > 0)
        {
            // Behind a short label stands what happens.
            var best = whole[0].Closing is ':' or '|' && whole.Count > 1 && Words(source, whole[0]) < LeastWords + 1 ? whole[1] : whole[0];
            return best.Text + (best.Closing is '?' or '？' ? best.Closing : "");
        }

        return clauses.Count == 0
            ? Show(source, title)
            : OverlayClauses.AtCommas(clauses[0]).Select(part => part.Text).FirstOrDefault(part => Fits(source, part))
                ?? OverlayClauses.Trim(Graphemes.TakeWords(clauses[0].Text, Widest)) + " …";
    }

    private static bool IsPerson(Source source, string text) => TitleSegments.RoleOf(text, source) == SegmentRole.Person;

    /// <summary>"Lighthouse 12. Part": the show before the number of its part; null where there is none.</summary>
    public static string? Show(Source source, string title)
    {
        var tokens = source.Tokens(title);
        var end = tokens.FindIndex(token =>
            token.Has(TokenFlags.Digits) || source.Template.Part.Contains(token.Folded, StringComparer.Ordinal)
        );
        return
            end > 0 && tokens.Take(end).Any(token => !token.IsStop && !OverlayLists.For(source.Language.Code).Forms.Contains(token.Folded))
            ? OverlayClauses.Trim(title[..tokens[end - 1].End])
            : null;
    }

    private static bool Fits(Source source, string text) => Graphemes.DisplayWidth(text) <= Widest && Says(source, text);

    private static int Words(Source source, OverlayClause clause) => source.Tokens(clause.Text).Count;

    private static bool Says(Source source, string text)
    {
        var tokens = source.Tokens(text).FindAll(token => !token.IsStop && !token.Has(TokenFlags.Digits));
        return tokens.Count > 0
            && (tokens[0].IsUnspaced ? Graphemes.DisplayWidth(text) >= NarrowestUnspaced : source.Tokens(text).Count >= LeastWords)
            && !text.AsSpan().ContainsAny('#', '@', '"')
            && !FormWords.SaysNothing(source, text)
            && !TitleParser.IsQualifier(Folding.Fold(text))
            && TitleSegments.RoleOf(text, source)
                is not (SegmentRole.Episode or SegmentRole.Date or SegmentRole.Hashtag or SegmentRole.Qualifier or SegmentRole.Channel)
            && tokens.Count(token => OverlayLists.For(source.Language.Code).Forms.Contains(token.Folded)) * 2 < tokens.Count + 1;
    }
}
