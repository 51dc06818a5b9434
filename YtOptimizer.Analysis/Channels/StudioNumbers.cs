using System.Globalization;

namespace YtOptimizer.Analysis.Channels;

/// <summary>
/// Numbers as any locale writes them. Whole numbers need no locale: what groups their digits is left out. Of numbers with decimals the
/// file as a whole tells which mark begins them.
/// </summary>
internal static class StudioNumbers
{
    public static bool IsNone(string text) => text.Trim() is "" or "--" or "-" or "–" or "—" or "―";

    /// <summary>Null when it is no whole number.</summary>
    public static long? Whole(string text)
    {
        var bare = Bare(text);
        // Spreadsheets add a decimal: 1200.0.
        if (bare.EndsWith(".0", StringComparison.Ordinal) && !bare.AsSpan(0, bare.Length - 2).ContainsAny(".,"))
        {
            bare = bare[..^2];
        }

        var groups = bare.TrimStart('-').Split('.', ',', '\'');
        return
            groups.Skip(1).All(group => group.Length == 3)
            && groups[0].Length is > 0 and <= 19
            && (groups.Length == 1 || groups[0].Length <= 3)
            && long.TryParse(
                (bare.StartsWith('-') ? "-" : "") + string.Concat(groups),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var value
            )
            ? value
            : null;
    }

    /// <summary>Null when it is no number; a percent sign is left out.</summary>
    public static double? Decimal(string text, char mark)
    {
        var bare = Bare(text).Replace("'", "", StringComparison.Ordinal);
        bare =
            mark == ','
                ? bare.Replace(".", "", StringComparison.Ordinal).Replace(',', '.')
                : bare.Replace(",", "", StringComparison.Ordinal);
        return
            double.TryParse(
                bare,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var value
            ) && double.IsFinite(value)
            ? value
            : null;
    }

    /// <summary>
    /// The mark that the first number shows which can have only one meaning: the last of two marks, or one without three digits behind it.
    /// </summary>
    public static char DecimalMark(IEnumerable<string> values, char otherwise)
    {
        foreach (var value in values)
        {
            var bare = Bare(value);
            var dot = bare.LastIndexOf('.');
            var comma = bare.LastIndexOf(',');
            if (dot >= 0 && comma >= 0)
            {
                return dot > comma ? '.' : ',';
            }

            var last = Math.Max(dot, comma);
            if (last < 0)
            {
                continue;
            }

            if (bare.IndexOf(bare[last]) != last)
            {
                return bare[last] == '.' ? ',' : '.';
            }

            if (bare.Length - last - 1 != 3 || last is 0 or > 3 || bare.StartsWith('0'))
            {
                return bare[last];
            }
        }

        return otherwise;
    }

    // Digits, marks and an ASCII sign; blanks of any kind group digits.
    private static string Bare(string text)
    {
        var buffer = new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && c is not ('%' or '\u00AD' or '\u200E' or '\u200F'))
            {
                buffer[length++] =
                    c is '−' or '–' ? '-'
                    : c is '’' or '٬' ? '\''
                    : c is '٫' ? '.'
                    : c;
            }
        }

        return new string(buffer, 0, length);
    }
}
