using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>Names as the text writes them: runs of words with capitals, also joined by "de", "of", "&amp;".</summary>
internal static class NameRuns
{
    // Longer runs are titles, lists or shouting.
    private const int MostWords = 6;

    private static readonly HashSet<string> Links = new(
        ["of", "de", "del", "da", "do", "das", "dos", "di", "du", "des"],
        StringComparer.Ordinal
    );

    /// <summary>Whether a longer name holds the words wherever the text writes them.</summary>
    public static bool IsCut(Source source, Candidate candidate)
    {
        var (seen, cut) = (0, 0);
        Count(source, source.Text.TitleTokens, candidate.Words, ref seen, ref cut);
        if (cut < seen)
        {
            return false;
        }

        // Neighbours in a title that writes all words large say nothing.
        if (WritesAllLarge(source.Text.TitleTokens))
        {
            (seen, cut) = (0, 0);
        }

        Count(source, source.Text.DescriptionTokens, candidate.Words, ref seen, ref cut);
        return seen > 0 && cut == seen;
    }

    /// <summary>Whether the words are a part of a longer name of the title, also where the title writes all words large.</summary>
    public static bool IsPartInTitle(Source source, Candidate candidate)
    {
        var (seen, cut) = (0, 0);
        Count(source, source.Text.TitleTokens, candidate.Words, ref seen, ref cut, any: true);
        return cut > 0 && cut == seen;
    }

    /// <summary>Whether the title is written in capitals.</summary>
    public static bool Shouts(Source source)
    {
        var words = source.Text.TitleTokens.FindAll(token => token.Length > 1 && !token.IsUnspaced && !token.Has(TokenFlags.Digits));
        return words.Count > 1 && words.Count(token => token.Has(TokenFlags.AllCaps)) * 2 >= words.Count;
    }

    /// <summary>In a title that writes every word large a capital marks no name.</summary>
    public static bool WritesAllLarge(List<Token> title)
    {
        var words = title.FindAll(token => !token.IsStop && !token.IsUnspaced && token.Length > 1);
        return words.Count > 3 && words.Count(token => token.Has(TokenFlags.Capitalized)) * 10 >= words.Count * 7;
    }

    /// <summary>The name of the title that holds a stretch of it from its first word on, with a number behind; the stretch itself where
    /// it begins a name. What is tagged is whole but for the number.</summary>
    public static string WholeInTitle(Source source, string text, bool tagged)
    {
        var tokens = source.Text.TitleTokens;
        var words = source.Tokens(text).Select(token => token.Folded).ToArray();
        var at = Enumerable
            .Range(0, Math.Max(0, tokens.Count - words.Length + 1))
            .Where(i => StandsAt(tokens, words, i))
            .DefaultIfEmpty(-1)
            .First();
        if (at < 0 || words.Length == 0 || !IsName(tokens[at]))
        {
            return text;
        }

        // Where all is in capitals, neighbours make no name.
        var (start, end) =
            tagged || tokens[at].Has(TokenFlags.AllCaps)
                ? (at, at + words.Length)
                : Run(source, tokens, at, at + words.Length, wholly: !WritesAllLarge(tokens));
        if (end < tokens.Count && tokens[end].Before == Gap.Space && IsNumber(source.SafeTitle, tokens[end]))
        {
            end++;
        }

        var whole = source.SafeTitle[tokens[start].Start..tokens[end - 1].End];
        var written = source.SafeDescription.Contains(text, StringComparison.Ordinal);
        return written && !source.SafeDescription.Contains(whole, StringComparison.Ordinal) ? text : whole;
    }

    // "5" of "Name 5 | …", not of a date or "5. Bölüm".
    private static bool IsNumber(string text, Token token) =>
        token.Length <= 2 && token.Folded.All(char.IsDigit) && (token.End == text.Length || char.IsWhiteSpace(text[token.End]));

    private static void Count(Source source, List<Token> tokens, string[] words, ref int seen, ref int cut, bool any = false)
    {
        for (var i = 0; i + words.Length <= tokens.Count; i++)
        {
            if (StandsAt(tokens, words, i))
            {
                seen++;
                var (start, end) = IsName(tokens[i]) ? Run(source, tokens, i, i + words.Length, wholly: true) : (i, i + words.Length);
                var length = end - start;
                cut += length > words.Length && (any || length <= MostWords) ? 1 : 0;
            }
        }
    }

    private static bool StandsAt(List<Token> tokens, string[] words, int at)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (tokens[at + i].Folded != words[i])
            {
                return false;
            }
        }

        return true;
    }

    private static (int Start, int End) Run(Source source, List<Token> tokens, int start, int end, bool wholly)
    {
        while (start > 0 && Math.Abs(end - start) <= MostWords && IsJoined(tokens[start]))
        {
            if (IsName(tokens[start - 1]))
            {
                start--;
            }
            else if (start > 1 && IsLink(tokens[start - 1]) && IsName(tokens[start - 2]) && !OnlyOpens(source, tokens, start - 2))
            {
                start -= 2;
            }
            else
            {
                break;
            }
        }

        while (wholly && end < tokens.Count && end - start <= MostWords && IsName(tokens[end - 1]) && IsJoined(tokens[end]))
        {
            if (IsName(tokens[end]))
            {
                end++;
            }
            else if (end + 1 < tokens.Count && IsLink(tokens[end]) && IsName(tokens[end + 1]))
            {
                end += 2;
            }
            else
            {
                break;
            }
        }

        return (start, end);
    }

    private static bool IsJoined(Token token) => token.Before is Gap.Space or Gap.Joint && !token.Has(TokenFlags.Unglued);

    // "Final" of "Final de Segundo Sol": large because it comes first.
    private static bool OnlyOpens(Source source, List<Token> tokens, int at) =>
        ReferenceEquals(tokens, source.Text.TitleTokens)
        && (at == 0 || tokens[at].Before >= Gap.Break)
        && source.IsEveryday(tokens[at].Folded)
        && !source.IsNamed(tokens[at].Folded);

    private static bool IsLink(Token token) => IsJoined(token) && Links.Contains(token.Folded);

    private static bool IsName(Token token) => token.Has(TokenFlags.Capitalized) && !token.IsStop && !token.Has(TokenFlags.Hashtag);
}
