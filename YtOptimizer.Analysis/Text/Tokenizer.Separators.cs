using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Text;

internal static partial class Tokenizer
{
    private static void Separate(string text, int index, Rune rune, ref State state, List<Token> tokens)
    {
        var value = rune.Value;
        var category = Rune.GetUnicodeCategory(rune);
        if (value == '\n')
        {
            Raise(ref state, Gap.Line);
            state.Colon = false;
            state.AfterLink = false;
            state.Context = TokenFlags.None;
            state.LineStart = tokens.Count;
            return;
        }

        if (category is UnicodeCategory.SpaceSeparator or UnicodeCategory.Control or UnicodeCategory.Format)
        {
            Raise(ref state, Gap.Space);
            return;
        }

        var tight = index > 0 && index + 1 < text.Length && char.IsLetterOrDigit(text[index - 1]) && char.IsLetterOrDigit(text[index + 1]);
        if (tight && value is '-' or '\'' or '’' or '‐' or '‑' or '&' or '_' or '·' or '・' or 'ʼ' or '´')
        {
            Raise(ref state, Gap.Joint);
            return;
        }

        if (tight && value is '.' or '/' or ',' && IsShortSide(text, index))
        {
            Raise(ref state, Gap.Joint);
            return;
        }

        if (value is '&' or '+' or '®' or '™' or '°')
        {
            Raise(ref state, Gap.Joint);
            return;
        }

        if (value is '.' or '!' or '?' or '。' or '！' or '？' or '…' or '।' or '؟')
        {
            var endsSentence = value != '.' || index + 1 >= text.Length || !char.IsLower(text[index + 1]);
            Raise(ref state, endsSentence ? Gap.Line : Gap.Break);
            state.Colon = false;
            return;
        }

        if (value is ':' or '：' or '=')
        {
            state.Colon = true;
        }

        if (value <= 0xFFFF)
        {
            Bracket((char)value, ref state);
        }

        Raise(ref state, Gap.Break);
    }

    private static void Bracket(char c, ref State state)
    {
        if (c == '"')
        {
            state.Context ^= TokenFlags.Quoted;
            return;
        }

        if (Openers.Contains(c, StringComparison.Ordinal) && c is not '”')
        {
            state.Context |= c is '“' or '„' or '«' or '‹' or '「' or '『' or '《' or '〈' or '‘'
                ? TokenFlags.Quoted
                : TokenFlags.Bracketed;
        }
        else if (Closers.Contains(c, StringComparison.Ordinal))
        {
            state.Context &= c is '”' or '»' or '›' or '」' or '』' or '》' or '〉' or '’' ? ~TokenFlags.Quoted : ~TokenFlags.Bracketed;
        }
    }

    // "R.E.M", "2.0", "AC/DC", "1,000": the sides belong together.
    private static bool IsShortSide(string text, int index)
    {
        var left = 0;
        while (left < 4 && index - 1 - left >= 0 && char.IsLetterOrDigit(text[index - 1 - left]))
        {
            left++;
        }

        var right = 0;
        while (right < 4 && index + 1 + right < text.Length && char.IsLetterOrDigit(text[index + 1 + right]))
        {
            right++;
        }

        if (text[index] == ',')
        {
            return char.IsDigit(text[index - 1]) && char.IsDigit(text[index + 1]);
        }

        return (left <= 2 && right <= 2) || (char.IsDigit(text[index - 1]) && char.IsDigit(text[index + 1]));
    }

    private static void MarkBeforeLink(List<Token> tokens, int lineStart)
    {
        for (var k = tokens.Count - 1; k >= lineStart && k >= tokens.Count - 6; k--)
        {
            var token = tokens[k];
            tokens[k] = token with { Flags = token.Flags | TokenFlags.BeforeLink };
            if (token.Before == Gap.Line)
            {
                break;
            }
        }
    }
}
