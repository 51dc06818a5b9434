using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Whether a title is well put together, as far as that can be seen without understanding it: marks, joining words,
/// neighbours.</summary>
internal static class TitleForm
{
    private static readonly HashSet<string> JoiningWords = new(StringComparer.Ordinal)
    {
        "of",
        "the",
        "an",
        "with",
        "and",
        "from",
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "con",
        "para",
        "y",
        "do",
        "da",
        "dos",
        "das",
        "com",
        "du",
        "des",
        "le",
        "les",
        "et",
        "avec",
        "pour",
        "und",
        "der",
        "die",
        "das",
        "mit",
        "von",
        "di",
        "il",
        "per",
        "и",
        "для",
        "из",
    };

    // Neighbours in the title that the rest of the text also has: side by side there, or not.
    public static (int Together, int Apart) Order(Source source, List<Token> tokens)
    {
        int together = 0,
            apart = 0;
        string? previous = null;
        var pasted = Pasted(source);
        foreach (var token in tokens)
        {
            if (token.Before >= Gap.Break)
            {
                previous = null;
            }

            if (token.IsStop)
            {
                continue;
            }

            var stem = source.Stemming.Stem(token.Folded);
            if (previous is not null && pasted is not null && !pasted.Pairs.Contains(previous + " " + stem))
            {
                apart += pasted.ContentStems.Contains(previous) && pasted.ContentStems.Contains(stem) ? 1 : 0;
            }
            else if (previous is not null && source.Rest.Pairs.Contains(previous + " " + stem))
            {
                together++;
            }
            else if (previous is not null && source.Told.Stems.Contains(previous) && source.Told.Stems.Contains(stem))
            {
                // Tags name things one by one: words that stand in two of them are not parted.
                apart++;
            }

            previous = stem;
        }

        return (together, apart);
    }

    // The title as the description opens with it. The same order adds nothing; another one shows that the title was torn.
    private static TextIndex? Pasted(Source source) =>
        TitlePaste.Opening(source.SafeDescription, source.SafeTitle) is { Length: > 0 } opening ? source.Index(opening) : null;

    // Parts that end in "of", "de", "und": something is missing after them.
    public static int OpenEnds(List<Token> tokens)
    {
        var count = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            count += (i + 1 == tokens.Count || tokens[i + 1].Before >= Gap.Break) && JoiningWords.Contains(tokens[i].Folded) ? 1 : 0;
        }

        return count;
    }

    // Separators or commas at the edges or side by side, brackets that do not pair up, sentence ends in the middle of a sentence.
    public static int BrokenMarks(string title)
    {
        var text = title.Trim();
        var count = 0;
        var open = 0;
        var lastMark = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var mark =
                c is '|' or '｜' or '•' or '–' or '—'
                || (c is '-' or '/' or ':' && (i + 1 == text.Length || text[i + 1] == ' ') && (i == 0 || text[i - 1] == ' '));
            count += mark && lastMark ? 1 : 0;
            lastMark = mark || (lastMark && c == ' ');
            open +=
                c is '(' or '[' ? 1
                : c is ')' or ']' ? -1
                : 0;
            count += open < 0 ? 1 : 0;
            open = Math.Max(0, open);
            count += c is '!' or '?' && i + 2 < text.Length && text[i + 1] == ' ' && char.IsLower(text[i + 2]) ? 1 : 0;
        }

        return Math.Min(3, count + open + (lastMark && text.Length > 0 || text.EndsWith(',') ? 1 : 0));
    }

    /// <summary>Separators between parts of a title: | • / – and a hyphen or colon with spaces.</summary>
    public static int Separators(string title)
    {
        var count = 0;
        for (var i = 0; i < title.Length; i++)
        {
            var c = title[i];
            var spaced = i > 0 && i + 1 < title.Length && title[i - 1] == ' ' && title[i + 1] == ' ';
            // Two bars side by side part a title once.
            if (c is '|' or '｜' or '║' && i > 0 && title[i - 1] == c)
            {
                continue;
            }

            count += c is '|' or '｜' or '•' or '║' || (c is '-' or '–' or '—' or '/' or '~' && spaced) ? 1 : 0;
        }

        return count;
    }
}
