using System.Text;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What stands before a clause of a title.</summary>
internal enum ClauseMark
{
    Opening,
    Colon,
    Dash,
    Sentence,
    Bar,
    Bracket,
    Comma,
}

/// <param name="Text">Without marks at its ends.</param>
/// <param name="Closing">The mark behind it: '?', '!', ':' or another; '\0' at the end of the title.</param>
/// <param name="Cut">Whether the title may have been cut off inside it.</param>
internal readonly record struct OverlayClause(string Text, ClauseMark Mark, char Closing, bool Cut);

/// <summary>A title cut at its marks: what stands between two of them is whole.</summary>
internal static partial class OverlayClauses
{
    // YouTube takes 100 characters: the last words of a title near that are often cut.
    private const int CutTitle = 95;
    private const int LongestAbbreviation = 3;

    public static List<OverlayClause> Split(string title)
    {
        var clauses = new List<OverlayClause>();
        var text = Fillers().Replace(Doubts().Replace(WithoutEmoji(title), ""), " ");
        var start = 0;
        var mark = ClauseMark.Opening;
        foreach (Match match in Marks().Matches(text))
        {
            if (IsAbbreviation(text, match) || IsInsideWord(text, match))
            {
                continue;
            }

            var sign = match.Value.Trim() is { Length: > 0 } trimmed ? trimmed : match.Value;
            Add(clauses, text[start..match.Index], mark, sign[0], cut: false);
            start = match.Index + match.Length;
            mark = MarkOf(sign[^1]);
        }

        Add(clauses, text[start..], mark, '\0', title.Length >= CutTitle);
        return clauses;
    }

    /// <summary>The parts of a clause between its commas.</summary>
    public static IEnumerable<OverlayClause> AtCommas(OverlayClause clause)
    {
        var parts = Commas().Split(clause.Text);
        if (parts.Length < 2)
        {
            yield break;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            var last = i == parts.Length - 1;
            if (Trim(parts[i]) is { Length: > 0 } text)
            {
                yield return new(text, i == 0 ? clause.Mark : ClauseMark.Comma, last ? clause.Closing : ',', last && clause.Cut);
            }
        }
    }

    /// <summary>Without blanks, dashes and marks that stand at an end.</summary>
    public static string Trim(string text) =>
        TextCleaner
            .Tidy(text)
            .Trim(
                ' ',
                '-',
                '–',
                '—',
                '*',
                '&',
                '+',
                '~',
                ',',
                '،',
                '、',
                '，',
                '¿',
                '¡',
                '★',
                '♥',
                '☆',
                '♪',
                '.',
                '!',
                '\'',
                '"',
                '“',
                '”',
                '«',
                '»'
            );

    private static void Add(List<OverlayClause> clauses, string text, ClauseMark mark, char closing, bool cut)
    {
        if (Trim(text) is { Length: > 0 } trimmed)
        {
            clauses.Add(new(trimmed, mark, closing, cut));
        }
    }

    // "Dr. House", "St. Louis"
    private static bool IsAbbreviation(string text, Match match)
    {
        if (match.Value.Trim() != ".")
        {
            return false;
        }

        var length = 0;
        while (match.Index - length > 0 && char.IsLetter(text[match.Index - length - 1]))
        {
            length++;
        }

        return length is > 0 and <= LongestAbbreviation;
    }

    // "No[o]ne": a bracket between two letters parts nothing.
    private static bool IsInsideWord(string text, Match match) =>
        match.Value is "(" or "[" or ")" or "]"
        && match.Index > 0
        && match.Index + 1 < text.Length
        && char.IsAsciiLetterOrDigit(text[match.Index - 1])
        && char.IsAsciiLetterOrDigit(text[match.Index + 1]);

    private static ClauseMark MarkOf(char sign) =>
        sign switch
        {
            ':' or '：' => ClauseMark.Colon,
            '-' or '–' or '—' or '•' => ClauseMark.Dash,
            '|' or '｜' or '║' or '￨' or '│' or '┃' or 'ㅣ' or '/' or '／' => ClauseMark.Bar,
            '(' or '[' or '【' or '（' or '《' => ClauseMark.Bracket,
            _ => ClauseMark.Sentence,
        };

    // A picture parts two clauses as a bar does.
    private static string WithoutEmoji(string title)
    {
        var output = new StringBuilder(title.Length);
        foreach (var rune in title.EnumerateRunes())
        {
            if (Graphemes.IsEmoji(rune) || rune.Value is >= 0x2300 and <= 0x23FF)
            {
                output.Append(" ; ");
            }
            else if (rune.Value != 0xFE0F)
            {
                output.Append(rune.ToString());
            }
        }

        return output.ToString();
    }

    [GeneratedRegex(
        @"\s*[|｜║￨│┃ㅣ]+\s*|\s+[-–—•]+\s+|\s+/+\s+|／|:\s+|：|[!?！？。…]+|\.{2,}|(?<!\d)\.(?=\s)|[()\[\]【】（）《》]|\s;\s|；",
        RegexOptions.CultureInvariant,
        Patterns.Timeout
    )]
    private static partial Regex Marks();

    // Laughter and tears in Hangul, a doubt in brackets.
    [GeneratedRegex(@"[ㅋㅎㅠㅜㄷ]{2,}|\s?[(（][?!？！]+[)）]|\^\^|[~〜♥♡]+(?=\s|$)", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Fillers();

    // "전투력(?)이": a doubt inside a word.
    [GeneratedRegex(
        @"(?<=\p{IsHangulSyllables})[(（][?!？！]+[)）](?=\p{IsHangulSyllables})",
        RegexOptions.CultureInvariant,
        Patterns.Timeout
    )]
    private static partial Regex Doubts();

    [GeneratedRegex(@",(?!\d)\s*|[،、，;؛]\s*", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Commas();
}
