using System.Buffers;
using System.Globalization;
using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

internal enum TimingKind : byte
{
    /// <summary>No timing line: text, counter or header.</summary>
    None,

    /// <summary>Both times were read.</summary>
    Timed,

    /// <summary>Plainly meant as a timing line, but the times make no sense (negative, "NaN").</summary>
    Unreadable,
}

/// <param name="Rest">What follows the times on the same line, without cue settings.</param>
internal readonly record struct Timing(TimingKind Kind, TimeSpan Start, TimeSpan End, string Rest);

/// <summary>
/// Reads the timing lines of subtitles. WebVTT files are read as the specification says, with a decimal comma and full-width forms besides;
/// all else (SubRip, SBV, Whisper's brackets) as leniently as players do: one digit, three-digit hours, one dash, other arrows, blanks.
/// </summary>
internal static class CueTimes
{
    private const string Arrow = "-->";

    /// <summary>Lines without an arrow are only searched, many characters at once.</summary>
    private const int StepsAtOnce = 64;

    private static readonly string[] NoNumbers = ["nan", "undefined", "null", "none", "infinity", "inf"];

    private static readonly SearchValues<char> Points = SearchValues.Create(">→➔⇒⟶＞");

    public static Timing Read(string line, bool isWebVtt)
    {
        WorkMeter.Count(1 + (line.Length / StepsAtOnce));
        // Nearly all lines are speech.
        if (!MayBeTiming(line))
        {
            return default;
        }

        var text = Plain(line);
        if (isWebVtt)
        {
            return WebVtt(text) is { } strict ? strict
                : text.Contains(Arrow, StringComparison.Ordinal) || Lenient(text).Kind != TimingKind.None
                    ? new Timing(TimingKind.Unreadable, default, default, "")
                : default;
        }

        return Lenient(text);
    }

    /// <summary>A time alone at an offset, "m:ss", "h:mm:ss" or with a fraction; moves the offset behind it.</summary>
    public static bool TryReadClock(string text, ref int at, out TimeSpan time) =>
        TimeScanner.Read(text, ref at, out time) == TimingKind.Timed;

    /// <summary>Full-width and other compatibility forms as ASCII, digits of all scripts as 0–9.</summary>
    public static string Plain(string line)
    {
        if (Ascii.IsValid(line))
        {
            return line;
        }

        var output = new StringBuilder(line.Length);
        foreach (var c in Folding.Normalize(line))
        {
            if (c is '→' or '➔' or '⇒' or '⟶')
            {
                output.Append(Arrow);
                continue;
            }

            output.Append(
                c switch
                {
                    '–' or '—' or '−' or '‐' or '‑' or '―' => '-',
                    '，' or '、' => ',',
                    '：' or '∶' or '︰' => ':',
                    _ when CharUnicodeInfo.GetDecimalDigitValue(c) is var digit and >= 0 => (char)('0' + digit),
                    _ => c,
                }
            );
        }

        return output.ToString();
    }

    private static bool MayBeTiming(string line) =>
        line.AsSpan().ContainsAny(Points)
        || (line.Length < 40 && line.AsSpan().IndexOfAny(",，") > 0 && line.AsSpan().IndexOfAny(":：") > 0);

    // https://www.w3.org/TR/webvtt1/#collect-webvtt-cue-timings-and-settings
    private static Timing? WebVtt(string line)
    {
        var at = 0;
        Skip(line, ref at);
        if (!Stamp(line, ref at, out var start))
        {
            return null;
        }

        Skip(line, ref at);
        if (!line.AsSpan(at).StartsWith(Arrow, StringComparison.Ordinal))
        {
            return null;
        }

        at += Arrow.Length;
        Skip(line, ref at);
        return Stamp(line, ref at, out var end) ? new Timing(TimingKind.Timed, start, end, "") : null;
    }

    // https://www.w3.org/TR/webvtt1/#collect-a-webvtt-timestamp
    private static bool Stamp(string line, ref int at, out TimeSpan time)
    {
        time = default;
        var firstLength = Digits(line, ref at, out var first);
        if (firstLength == 0 || !Take(line, ref at, ':') || Digits(line, ref at, out var second) != 2)
        {
            return false;
        }

        long hours = 0,
            minutes = first,
            seconds = second;
        if (firstLength != 2 || first > 59 || (at < line.Length && line[at] == ':'))
        {
            if (!Take(line, ref at, ':') || Digits(line, ref at, out seconds) != 2)
            {
                return false;
            }

            (hours, minutes) = (first, second);
        }

        if (
            !(Take(line, ref at, '.') || Take(line, ref at, ','))
            || Digits(line, ref at, out var milliseconds) != 3
            || minutes > 59
            || seconds > 59
            || hours > TimeScanner.MostHours
        )
        {
            return false;
        }

        time = TimeSpan.FromMilliseconds((((((hours * 60) + minutes) * 60) + seconds) * 1000) + milliseconds);
        return true;
    }

    private static Timing Lenient(string line)
    {
        var text = line.Trim();
        var at = text.Length > 0 && text[0] is '[' or '(' ? 1 : 0;
        var bracket = at == 1;
        var first = TimeScanner.Read(text, ref at, out var start);
        if (first == TimingKind.Timed && TakeArrow(text, ref at) && TimeScanner.Read(text, ref at, out var end) == TimingKind.Timed)
        {
            if (bracket && at < text.Length && text[at] is ']' or ')')
            {
                at++;
            }

            return new Timing(TimingKind.Timed, start, end, Settings(text[at..]));
        }

        return IsMeantAsTiming(text) || HasTheShape(text) ? new Timing(TimingKind.Unreadable, default, default, "") : default;
    }

    // "00:18.sss --> 00:20.000", "0:00:13.f89,0:00:15.489": two words that look like times, with only settings behind them.
    private static bool HasTheShape(string text)
    {
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        if (arrow < 0)
        {
            return !text.Contains(' ', StringComparison.Ordinal)
                && text.Split(',') is [var from, var to]
                && LooksLikeTime(from, 2)
                && LooksLikeTime(to, 2);
        }

        var left = text[..arrow].TrimEnd('-', ' ', '\t').TrimStart('[', '(');
        var right = text[(arrow + 2)..].TrimStart().Split(' ')[0].TrimEnd(']', ')');
        return LooksLikeTime(left, 1) && LooksLikeTime(right, 1);
    }

    private static bool LooksLikeTime(string word, int colons) =>
        word.Length is > 3 and < 20
        && char.IsAsciiDigit(word[0])
        && word.AsSpan().Count(':') >= colons
        && word.Count(char.IsAsciiDigit) * 3 >= word.Length
        && word.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or ',');

    // "-->", "->", "- ->", "=>", or the comma of SBV directly between two times.
    private static bool TakeArrow(string text, ref int at)
    {
        var i = at;
        var pointed = false;
        while (i < text.Length && text[i] is ' ' or '\t' or '-' or '=' or '>')
        {
            pointed |= text[i] == '>';
            i++;
        }

        if (!pointed && i < text.Length && text[i] == ',' && i == at)
        {
            i++;
            pointed = true;
        }

        at = pointed ? i : at;
        return pointed;
    }

    // Only numbers, signs and an arrow, or what programs print for a number they do not have.
    private static bool IsMeantAsTiming(string text)
    {
        var arrow = text.IndexOf('>', StringComparison.Ordinal);
        if (arrow < 1 || text[arrow - 1] is not ('-' or '='))
        {
            return false;
        }

        var rest = text.ToLowerInvariant();
        foreach (var word in NoNumbers)
        {
            rest = rest.Replace(word, "0", StringComparison.Ordinal);
        }

        // "5 --> 3" is speech: a time has a colon.
        return rest.Any(char.IsAsciiDigit)
            && rest.Contains(':', StringComparison.Ordinal)
            && rest.All(c => char.IsAsciiDigit(c) || c is ':' or '.' or ',' or ';' or '-' or '>' or '=' or ' ' or '\t' or '+');
    }

    // "X1:100 X2:600", "align:start position:0%": no speech; nor is what is glued to a time and has digits in it ("00:00:1x,000").
    private static string Settings(string rest) =>
        string.Join(
            ' ',
            rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Skip(rest.Length > 0 && rest[0] != ' ' && rest.Split(' ')[0].Any(char.IsAsciiDigit) ? 1 : 0)
                .Where(word => word.IndexOf(':', StringComparison.Ordinal) is not (> 0 and < 12) || word.EndsWith(':'))
        );

    private static void Skip(string line, ref int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t' or '\f')
        {
            at++;
        }
    }

    private static bool Take(string line, ref int at, char c)
    {
        if (at < line.Length && line[at] == c)
        {
            at++;
            return true;
        }

        return false;
    }

    private static int Digits(string line, ref int at, out long value)
    {
        var from = at;
        value = 0;
        while (at < line.Length && char.IsAsciiDigit(line[at]))
        {
            value = Math.Min((value * 10) + (line[at] - '0'), int.MaxValue);
            at++;
        }

        return at - from;
    }
}
