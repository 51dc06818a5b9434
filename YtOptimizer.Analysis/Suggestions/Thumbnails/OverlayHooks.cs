using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The hook of a title in at most four words: a sum, a contrast, a question, a short whole clause behind the subject, what is
/// left out, words set in capitals, a noun phrase with its adjective.</summary>
internal static partial class OverlayHooks
{
    /// <summary>From here on a stretch goes before the subject's name.</summary>
    public const double Strong = 0.7;

    /// <summary>From here on a second stretch is worth a picture of its own.</summary>
    public const double Strongest = 0.85;

    /// <summary>A short title said once more.</summary>
    public const double WholeTitle = 0.46;

    private const double LeastCapitals = 0.5;

    public static List<(string Text, double Value)> Of(Source source, string title)
    {
        var found = new List<(string Text, double Value)>();
        var clauses = OverlayClauses.Split(title);
        var shouted = IsShouted(source.Tokens(title));
        var lists = OverlayLists.For(source.Language.Code);
        for (var i = 0; i < clauses.Count; i++)
        {
            var clause = clauses[i];
            if (OfWhole(source, clause, clauses.Count, i) is { } whole)
            {
                found.Add(whole);
            }

            if (
                clause.Cut
                || (found.Count > 0 && found[^1].Text.StartsWith(clause.Text, StringComparison.Ordinal) && found[^1].Value >= Strong)
            )
            {
                continue;
            }

            // What stands behind the comma of a question is no question of its own, unless the verb ends it.
            if (
                (found.Count == 0 || found[^1].Text != clause.Text)
                && (
                    clause.Closing is not ('?' or '？')
                    || lists.EndsWithSubject
                    || source.Text.TitleTokens.Exists(token => token.IsUnspaced)
                )
            )
            {
                foreach (var part in OverlayClauses.AtCommas(clause))
                {
                    if (OfWhole(source, part, clauses.Count + 1, i) is { } piece)
                    {
                        found.Add((piece.Text, piece.Value - 0.04));
                    }
                }
            }

            OverlayPhrases.Add(source, clause, shouted, found);
        }

        Add(source, found, Sum(title), 0.92);
        Add(source, found, Contrast(title), 0.93);
        found.RemoveAll(pair =>
            !IsSum(pair.Text) && (!OverlayRules.IsShort(source, pair.Text) || !OverlayRules.SaysSomething(source, pair.Text))
        );
        return found;
    }

    public static bool IsShouted(List<Token> tokens)
    {
        var words = tokens.FindAll(token => token.Length > 1 && !token.IsUnspaced);
        return words.Count > 0 && words.Count(token => token.Has(TokenFlags.AllCaps)) > words.Count * LeastCapitals;
    }

    private static (string Text, double Value)? OfWhole(Source source, OverlayClause clause, int count, int index)
    {
        var asked = clause.Closing is '?' or '？';
        var opened = asked && source.SafeTitle.Contains("¿" + clause.Text, StringComparison.Ordinal);
        var text = asked ? (opened ? "¿" : "") + clause.Text + clause.Closing : clause.Text;
        if (clause.Cut || !OverlayRules.IsShort(source, text) || (!asked && EndNumber().IsMatch(text)))
        {
            return null;
        }

        var tokens = source.Tokens(clause.Text);
        if (tokens.Count == 0 || (tokens.Count == 1 && !tokens[0].IsUnspaced) || !IsWholeClause(source, tokens, text, asked))
        {
            return null;
        }

        var called = clause.Closing is '!' or '！';
        var named = LooksLikeName(source, tokens, clause.Text) || tokens.Exists(token => PromisedWords.IsForm(source, token.Folded));
        var unspaced = tokens[0].IsUnspaced;
        var value =
            asked ? 0.9
            : named ? 0.55
            : called && clause.Mark != ClauseMark.Bracket ? 0.87
            : clause.Mark switch
            {
                ClauseMark.Colon => 0.86,
                ClauseMark.Dash => 0.76,
                ClauseMark.Sentence => 0.82,
                ClauseMark.Comma => unspaced ? 0.55
                : OverlayLists.For(source.Language.Code).EndsWithSubject ? 0.77
                : 0.68,
                ClauseMark.Bar => 0.64,
                ClauseMark.Bracket => unspaced && tokens.Count > 1 ? 0.6 : 0,
                // Before a colon, dash or bar stands the subject; the title as a whole is no news.
                _ => count == 1 ? WholeTitle
                : clause.Closing is not (':' or '：') && IsSentence(source, tokens) ? 0.73
                : clause.Closing is ':' or '：' or '-' or '–' or '—' or '|' or '｜' ? 0.58
                : clause.Closing is ',' ? 0.76
                : 0.74,
            };
        // "The Diwali" is one word.
        if (tokens.Count == 2 && !asked && OverlayLists.For(source.Language.Code).Articles.Contains(tokens[0].Folded))
        {
            value = Math.Min(value, 0.44);
        }

        return (text, index > 0 && source.TagKeys.Contains(Folding.Fold(clause.Text)) && !asked ? Math.Min(value, 0.58) : value);
    }

    // A small word that joins no name: "The worst is | yet | to come".
    private static bool IsSentence(Source source, List<Token> tokens)
    {
        var lists = OverlayLists.For(source.Language.Code);
        return tokens.Count > 2
            && tokens.Exists(token =>
                token.IsStop
                && !lists.Joins.Contains(token.Folded)
                && !lists.Before.Contains(token.Folded)
                && !lists.Articles.Contains(token.Folded)
                && !lists.Leads.Contains(token.Folded)
            );
    }

    // A sentence may end with "it"; what is joined to something before may not stand alone.
    private static bool IsWholeClause(Source source, List<Token> tokens, string text, bool asked)
    {
        var lists = OverlayLists.For(source.Language.Code);
        var (first, last) = (tokens[0].Folded, tokens[^1].Folded);
        return !lists.Leads.Contains(first)
            && (!lists.Before.Contains(first) || lists.Without.Contains(first))
            && (asked || (!lists.Leads.Contains(last) && !lists.Before.Contains(last) && !lists.Articles.Contains(last)))
            && tokens.Exists(token => !token.IsStop && !token.Has(TokenFlags.Digits))
            && (asked || !tokens[^1].IsUnspaced || !lists.LeadsOn(text));
    }

    // Two words and more, each with a capital where running text would not write one.
    private static bool LooksLikeName(Source source, List<Token> tokens, string text)
    {
        var words = tokens.FindAll(token => !token.IsStop && !token.IsUnspaced);
        return words.Count > 0
            && !IsShouted(tokens)
            && words.TrueForAll(token => token.Has(TokenFlags.Capitalized))
            && (TitleSegments.IsPerson(text, source) || words.TrueForAll(token => source.IsNamed(token.Folded)));
    }

    private static void Add(Source source, List<(string Text, double Value)> found, string? text, double value)
    {
        if (text is not null && source.Tokens(text).Count > 0)
        {
            found.Add((text, value));
        }
    }

    /// <summary>Whether the words are a sum of money or a share of a hundred and nothing else.</summary>
    public static bool IsSum(string text) => Money().Match(text) is { Success: true } match && match.Length == text.Length;

    private static string? Sum(string title) => Money().Match(title) is { Success: true } match ? TextCleaner.Tidy(match.Value) : null;

    private static string? Contrast(string title) =>
        Versus().Match(title) is { Success: true } match ? TextCleaner.Tidy(match.Value) : null;

    // The number of a part.
    [GeneratedRegex(@"\p{L}\s#?\d{1,4}$", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex EndNumber();

    [GeneratedRegex(
        @"(?:[$€£¥]\s?\d[\d.,]*\d(?:\s?(?:k|m|million|millions|billion)\b)?|(?<![\d.,])\d{1,3}\s?%(?!\p{L})|"
            + @"(?<![\d.,])\d[\d.,]*\d\s?(?:[$€£₽]|万円|億円|만원|억)(?!\p{L}))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Money();

    [GeneratedRegex(
        @"(?<=^|[|:(!?.–—-]\s|[\[【])[\p{L}\p{N}'’]+(?: [\p{L}\p{N}'’]+)? (?:vs\.?|против|gegen|contra|contre) [\p{L}\p{N}'’]+"
            + @"(?: [\p{L}\p{N}'’]+)?(?=$|\s*[|:()!?,.–—#\]】-])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Versus();
}
