using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>
/// The main clause of a sentence that is too long for a title: without remarks in brackets or between commas, and cut where another clause
/// or a mere addition begins. Nothing is cut that says who is meant ("a man, who …"), how much ("so tall that …") or on what condition.
/// </summary>
internal sealed class ClauseCutter(Source source, TitleWords words)
{
    /// <summary>The widest clause, in columns.</summary>
    public const int Widest = 88;

    private const int Narrowest = 34;
    private const int LongestAside = 60;
    private const int FewestInBrackets = 3;
    private const int FewestAfterAside = 3;
    private const int FewestContent = 4;
    private const int VagueReach = 3;

    /// <summary>The sentence itself where it fits, its main clause where that is sure, else null.</summary>
    public string? Cut(string sentence)
    {
        if (Graphemes.DisplayWidth(sentence) <= Widest)
        {
            return sentence;
        }

        var plain = WithoutRemark(WithoutBrackets(sentence));
        if (plain.Length < sentence.Length && Graphemes.DisplayWidth(plain) <= Widest)
        {
            return plain;
        }

        var tokens = source.Tokens(plain);
        if (tokens.Count == 0 || words.Joins.Contains(tokens[0].Folded))
        {
            return null;
        }

        string? best = null;
        for (var i = 1; i < tokens.Count; i++)
        {
            if (tokens[i].Before is not Gap.Joint && CutAt(plain, tokens, i) is { } left)
            {
                best = left;
            }
        }

        foreach (var mark in new[] { " — ", " – ", ". ", "。", " ¿", " ¡" })
        {
            var at = plain.IndexOf(mark, StringComparison.Ordinal);
            if (at > 0 && Fits(plain[..at]) && IsWhole(plain[..at]))
            {
                best = plain[..at];
            }
        }

        return best ?? BeforeComma(plain);
    }

    /// <summary>A clause out of a sentence, at most so many columns wide: cut where a mere addition begins, else null.</summary>
    public string? CutClause(string clause, int widest)
    {
        if (Graphemes.DisplayWidth(clause) <= widest)
        {
            return clause;
        }

        var tokens = source.Tokens(clause);
        string? best = null;
        for (var i = 1; i < tokens.Count; i++)
        {
            var left = clause[..tokens[i].Start].TrimEnd(' ', ',', '-', '–', '—');
            if (
                tokens[i].Before is not Gap.Joint
                && words.Means.Concat(words.Tails).Any(tail => Opens(clause, tokens[i].Start, tail))
                && Graphemes.DisplayWidth(left) is >= Narrowest and var width
                && width <= widest
                && IsWhole(left)
            )
            {
                best = left;
            }
        }

        return best;
    }

    private static bool Fits(string left) => Graphemes.DisplayWidth(left) is >= Narrowest and <= Widest;

    private string? CutAt(string text, List<Token> tokens, int i)
    {
        var token = tokens[i];
        var left = text[..token.Start].TrimEnd(' ', ',', '-', '–', '—');
        if (!Fits(left))
        {
            return null;
        }

        var comma = text.AsSpan(0, token.Start).TrimEnd().EndsWith(",");
        var relative =
            words.Relatives.Contains(token.Folded)
            || (comma && i + 1 < tokens.Count && token.IsStop && words.Relatives.Contains(tokens[i + 1].Folded));
        var joins =
            words.Joins.Contains(token.Folded)
            && !TitleWords.Conditions.Contains(token.Folded)
            && (comma || !TitleWords.Degrees.Contains(token.Folded));
        var adds = words.Tails.Any(tail => Opens(text, token.Start, tail)) || (comma && IsParticiple(token)) || IsSecondDeed(tokens, i);
        return (relative ? IsSet(tokens, i, comma) : joins || adds) && IsWhole(left) ? left : null;
    }

    // A relative clause may go where the sentence says by itself who or what is meant: at a comma, or behind a name.
    private bool IsSet(List<Token> tokens, int i, bool comma) =>
        (comma || (source.Language.Code != "de" && tokens[i - 1].Has(TokenFlags.Capitalized)))
        && !(i >= 2 && words.Bare.Contains(tokens[i - 2].Folded))
        && !tokens.Skip(Math.Max(0, i - VagueReach)).Take(Math.Min(i, VagueReach)).Any(token => words.Vague.Contains(token.Folded));

    // ", leaving him behind": only English tells it by its end.
    private bool IsParticiple(Token token) =>
        source.Language.Code == "en" && token.Length > 5 && token.Folded.EndsWith("ing", StringComparison.Ordinal);

    // "… unveiled the statue | and dedicated it to the nation": behind "and" a verb in the past that is no participle before a noun.
    private bool IsSecondDeed(List<Token> tokens, int i) =>
        words.Ands.Contains(tokens[i].Folded)
        && i + 2 < tokens.Count
        && tokens[i + 1].Length > 4
        && tokens[i + 2].IsStop
        && char.IsLower(tokens[i + 1].Folded[0])
        && words.PastEnds.Any(end => tokens[i + 1].Folded.EndsWith(end, StringComparison.Ordinal));

    private static bool Opens(string text, int start, string words) =>
        text.AsSpan(start).StartsWith(words, StringComparison.OrdinalIgnoreCase)
        && (start + words.Length == text.Length || !char.IsLetter(text[start + words.Length]));

    // No open list, no word at the end that wants another, nothing announced that only the rest says.
    private bool IsWhole(string left)
    {
        var tokens = source.Tokens(left);
        return tokens.Count > 0
            && !tokens[^1].IsStop
            && !left.Contains(", ", StringComparison.Ordinal)
            && tokens.Count(token => !token.IsStop) >= FewestContent
            && !tokens.Exists(token => TitleWords.Degrees.Contains(token.Folded))
            && !TitleWords.Halves.Any(half => (" " + Folding.Fold(left) + " ").Contains(" " + half + " ", StringComparison.Ordinal));
    }

    // "The mayor (59) of Springfield (Example County) …"
    private static string WithoutBrackets(string text)
    {
        for (var removed = 0; removed < 2; removed++)
        {
            var open = text.AsSpan(1).IndexOfAny('(', '（') + 1;
            var close = open > 0 ? text.AsSpan(open).IndexOfAny(')', '）') : -1;
            // "print()" is code.
            if (open < 1 || close < FewestInBrackets || close > LongestAside || text[open - 1] is not (' ' or >= '\u1100'))
            {
                break;
            }

            text = text[..open].TrimEnd() + text[(open + close + 1)..];
        }

        return TextCleaner.Tidy(text);
    }

    // "The police of Springfield, in the state of Example, look for …": two commas in all, so that it is no list.
    private string WithoutRemark(string text)
    {
        var first = text.IndexOf(", ", StringComparison.Ordinal);
        var second = first < 0 ? -1 : text.IndexOf(", ", first + 2, StringComparison.Ordinal);
        if (
            first < 0
            || second < 0
            || second - first > LongestAside
            || text.IndexOf(", ", second + 2, StringComparison.Ordinal) >= 0
            || source.Tokens(text[(first + 2)..second]) is not [var opening, _, ..]
            || !words.Asides.Contains(opening.Folded)
            || source.Tokens(text[..first]) is not [var start, ..] before
            || before[^1].IsStop
            || words.Joins.Contains(start.Folded)
            || source.Tokens(text[(second + 2)..]) is not { Count: >= FewestAfterAside } after
            || words.Ands.Contains(after[0].Folded)
            || words.Joins.Contains(after[0].Folded)
            || !char.IsLower(text[second + 2])
        )
        {
            return text;
        }

        return text[..first] + text[(second + 1)..];
    }

    // "Jonah Hill talks about how skateboarding changed his life, the magazine …": what stands before the first comma, when it opens with
    // what the sentence is about and not with a time or place.
    private string? BeforeComma(string sentence)
    {
        var at = sentence.IndexOf(", ", StringComparison.Ordinal);
        if (
            at < 0
            || Graphemes.DisplayWidth(sentence[..at]) is < 40 or > Widest
            || source.Tokens(sentence) is not [{ IsStop: false } first, ..]
            || words.Joins.Contains(first.Folded)
            || !char.IsUpper(sentence[first.Start])
        )
        {
            return null;
        }

        var left = sentence[..at];
        return IsWhole(left) && source.Tokens(left).Count(token => !token.IsStop) >= 5 && char.IsLower(sentence[at + 2]) ? left : null;
    }
}
