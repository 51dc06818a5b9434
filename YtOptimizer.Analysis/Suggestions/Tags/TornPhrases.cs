using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Phrases that end inside a word or a name: "Tr" of "Tr*p", "Eleanor H" of "Eleanor H. Porter", "Sawyer vs J" of "J.Roe",
/// "ANTHEM12" of a date that was glued to it ("ANTHEM12/3"), "La Vie" of the quoted “La Vie en Rose”, "Sen" of "Sen. Jane Roe".</summary>
internal static class TornPhrases
{
    // Signs that people write for letters, and brackets that stand inside names.
    private const string LetterSigns = "*$@^~[]_°";
    private const int LongestAbbreviation = 4;
    private const int LongestQuote = 5;
    private const int LongestQuoted = 40;

    public static bool Has(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (PhraseQuality.IsTagged(source, phrase) || candidate.HashtagCount > 0 || candidate.Has(CandidateMarks.Stripped))
        {
            return false;
        }

        var text = candidate.TitleCount > 0 ? source.SafeTitle : source.SafeDescription;
        var (start, end) = (candidate.Offset, candidate.Offset + candidate.Length);
        return start >= 0
            && end <= text.Length
            && candidate.Length > 0
            && (
                IsLetterSign(text, start - 1, -1)
                || IsLetterSign(text, end, 1)
                || IsInitial(text, start, end)
                || IsShare(text, end)
                || IsCutInQuotes(text, start, end)
                || IsAbbreviation(text, start, end)
                || IsGluedDate(text, end)
                || IsPartOfQuote(source, candidate)
            );
    }

    // The title quotes a name of few words; what begins or ends inside it is a part.
    private static bool IsPartOfQuote(Source source, Candidate candidate)
    {
        var tokens = source.Text.TitleTokens;
        var (first, last) = (candidate.FirstInTitle, candidate.FirstInTitle + candidate.Words.Length - 1);
        return first >= 0
            && last < tokens.Count
            && candidate.TitleCount == 1
            && (GoesOn(tokens, first, first - 1, first) || GoesOn(tokens, last, last + 1, last + 1))
            && tokens.Count(token => token.Has(TokenFlags.Quoted)) <= LongestQuote;
    }

    private static bool GoesOn(List<Token> tokens, int inside, int neighbour, int gap) =>
        neighbour >= 0
        && neighbour < tokens.Count
        && tokens[inside].Has(TokenFlags.Quoted)
        && tokens[neighbour].Has(TokenFlags.Quoted)
        && tokens[gap].Before <= Gap.Joint;

    // "Sen. Jane", "Dr. Roe".
    private static bool IsAbbreviation(string text, int start, int end) =>
        end - start <= LongestAbbreviation
        && end + 2 < text.Length
        && text[end] == '.'
        && text[end + 1] == ' '
        && char.IsUpper(text[end + 2])
        && char.IsUpper(text[start])
        && text[start..end].Skip(1).All(char.IsLower);

    // With a letter or figure on its other side.
    private static bool IsLetterSign(string text, int at, int step) =>
        at > 0
        && at < text.Length - 1
        && LetterSigns.Contains(text[at], StringComparison.Ordinal)
        && char.IsLetterOrDigit(text[at + step])
        && char.IsLetterOrDigit(text[at - step]);

    // "90" of "90%".
    private static bool IsShare(string text, int end) =>
        end > 0 && char.IsAsciiDigit(text[end - 1]) && text.AsSpan(end).TrimStart(' ') is ['%' or '％', ..];

    // "La Vie" of "'La Vie en Rose' dance".
    private static bool IsCutInQuotes(string text, int start, int end) =>
        (start > 0 && text[start - 1] is '\'' or '‘' && IsQuoted(text, start - 1, Math.Min(text.Length, end + LongestQuoted), end))
        || (end < text.Length && text[end] is '\'' or '’' && IsQuoted(text, Math.Max(0, start - LongestQuoted), end + 1, start - 1));

    // A quotation in single marks from one place to the other, with blanks outside, that goes on at a place where the phrase ends.
    private static bool IsQuoted(string text, int from, int to, int edge)
    {
        if (edge < 0 || edge >= text.Length || text[edge] != ' ')
        {
            return false;
        }

        var span = text.AsSpan(from, to - from);
        var opening = 0;
        while (opening < span.Length && !(span[opening] is '\'' or '‘' && (from + opening == 0 || text[from + opening - 1] == ' ')))
        {
            opening++;
        }

        for (var i = opening + 1; i < span.Length; i++)
        {
            if (span[i] is '\'' or '’' && (from + i + 1 == text.Length || !char.IsLetter(text[from + i + 1])))
            {
                return opening + from < edge && edge < from + i;
            }
        }

        return false;
    }

    // One large letter with a point behind it; the name goes on.
    private static bool IsInitial(string text, int start, int end)
    {
        if (end - start < 3 || end + 1 >= text.Length || text[end] != '.' || !char.IsUpper(text[end - 1]) || text[end - 2] != ' ')
        {
            return false;
        }

        var next = text[end + 1] == ' ' && end + 2 < text.Length ? text[end + 2] : text[end + 1];
        return char.IsUpper(next);
    }

    private static bool IsGluedDate(string text, int end)
    {
        var first = end;
        while (first > 0 && char.IsAsciiDigit(text[first - 1]))
        {
            first--;
        }

        return first < end
            && first > 0
            && char.IsLetter(text[first - 1])
            && end + 1 < text.Length
            && text[end] is '/' or '.'
            && char.IsAsciiDigit(text[end + 1]);
    }
}
