using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>Where a link in running text ends, also when its path is written in other scripts ("/wiki/Москва") and when prose is glued to
/// it.</summary>
internal static class LinkEnd
{
    public static int LengthOf(string text, int start)
    {
        var scheme = text.AsSpan(start, Math.Min(8, text.Length - start)).IndexOf("://", StringComparison.Ordinal);
        var host = scheme < 0 ? start : start + scheme + 3;
        var i = start;
        var segments = 0;
        var steps = default(RunSteps);
        var parenthesis = false;
        while (i < text.Length)
        {
            var c = text[i];
            if (c == '[' && Markup.Placeholder(text, i) is var p and > 0)
            {
                i += p;
                break;
            }

            if (
                IsGluedLink(text, start, i)
                || c is <= ' ' or '\u007F' or '"' or '<' or '>' or '[' or ']' or '{' or '}' or '|' or '\\' or '^' or '`'
            )
            {
                break;
            }

            if (c > '~')
            {
                if (!GoesOn(text, host, i, segments))
                {
                    break;
                }
            }
            else if (c == '/' && i >= host)
            {
                segments++;
            }

            parenthesis |= c == '(';
            i++;
            steps.Grow(i - start);
        }

        steps.End(i - start);

        while (
            i > start + 1 && text[i - 1] is '.' or ',' or ')' or '!' or ';' or ':' or '\'' or '?' && !(text[i - 1] == ')' && parenthesis)
        )
        {
            i--;
        }

        return i - start;
    }

    // Another link glued to this one; not one inside its path or query.
    private static bool IsGluedLink(string text, int start, int i) =>
        i > start + 4
        && text[i] is 'h' or 'H'
        && (
            text.AsSpan(i).StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.AsSpan(i).StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        )
        && text[i - 1] is not ('=' or '/' or '?' or '&');

    /// <summary>
    /// Whether a character outside ASCII belongs to the link: a letter of a spaced script that begins a part of it or goes on in the same
    /// script, an accented letter among Latin ones, and Chinese, Japanese or Thai from the second part of the path on. Else it is prose
    /// written right behind.
    /// </summary>
    private static bool GoesOn(string text, int host, int i, int segments)
    {
        if (i < host || char.IsSurrogate(text[i]) || !IsLetter(text[i]))
        {
            return false;
        }

        if (i == host || text[i - 1] > '~')
        {
            return true;
        }

        var before = text[i - 1];
        var script = Scripts.Of(new Rune(text[i]), Script.Other);
        if (char.IsAsciiLetter(before))
        {
            return script == Script.Latin && char.IsLower(text[i]);
        }

        return segments == 0
            ? before is '.' or '-' && char.IsLower(text[i])
            : before is '/' or '=' or '-' or '_' or '&' or '?' or '#' or '+' or '%' or '(' or ':'
                && (!Scripts.IsUnspaced(script) || segments > 1);
    }

    private static bool IsLetter(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.OtherLetter
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber;
}
