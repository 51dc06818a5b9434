using System.Globalization;
using System.Text;

namespace YtOptimizer.Analysis.Channels;

/// <summary>Days as Studio writes them in its languages, and time stamps as Takeout does.</summary>
internal static class StudioDates
{
    /// <summary>UTC. Null when it is no date.</summary>
    /// <param name="monthFirst">Whether 5/9/2026 is the ninth of May.</param>
    public static DateTimeOffset? Parse(string text, bool monthFirst)
    {
        var trimmed = text.Trim();
        if (
            trimmed.Length >= 19
            && DateTimeOffset.TryParse(
                trimmed.Replace(" UTC", "Z", StringComparison.Ordinal),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var stamp
            )
        )
        {
            return stamp;
        }

        var (numbers, month) = Parts(trimmed);
        return (numbers, month) switch
        {
            // Mar 25, 2023; 25 mars 2023; 2023 Mar 25.
            ([var a, var b], > 0) => b >= 1000 ? Day(b, month, a) : Day(a, month, b),
            ([var a, var b, var c], 0) when a >= 1000 => Day(a, b, c),
            ([var a, var b, var c], 0) => monthFirst ? Day(c, a, b) : Day(c, b, a),
            _ => null,
        };
    }

    /// <summary>True when the dates can only be month/day/year, false when only day/month/year; null when they do not tell.</summary>
    public static bool? MonthFirst(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            if (Parts(value.Trim()) is ([var a, var b, >= 1000], 0))
            {
                if (a > 12)
                {
                    return false;
                }

                if (b > 12)
                {
                    return true;
                }
            }
        }

        return null;
    }

    private static (List<int> Numbers, int Month) Parts(string text)
    {
        var numbers = new List<int>();
        var month = 0;
        var word = new StringBuilder();
        foreach (var c in text + " ")
        {
            var digit = char.IsAsciiDigit(c);
            if (word.Length > 0 && (!(digit || char.IsLetter(c)) || digit != char.IsAsciiDigit(word[0])))
            {
                var part = word.ToString();
                word.Clear();
                if (char.IsAsciiDigit(part[0]))
                {
                    numbers.Add(part.Length <= 4 ? int.Parse(part, CultureInfo.InvariantCulture) : 0);
                }
                else
                {
                    month = Math.Max(month, StudioWords.Month(part));
                }
            }

            if (digit || char.IsLetter(c))
            {
                word.Append(c);
            }
        }

        return (numbers, month);
    }

    private static DateTimeOffset? Day(int year, int month, int day) =>
        year is >= 2005 and < 3000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero)
            : null;
}
