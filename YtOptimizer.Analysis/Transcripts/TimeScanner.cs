namespace YtOptimizer.Analysis.Transcripts;

/// <summary>Reads a time of two or three parts as people and careless programs write it.</summary>
internal static class TimeScanner
{
    /// <summary>No video is longer than a few days; more is a mistake.</summary>
    public const int MostHours = 9999;

    public static TimingKind Read(string text, ref int at, out TimeSpan time)
    {
        time = default;
        Span<long> parts = stackalloc long[4];
        var count = 0;
        var i = at;
        while (i < text.Length && text[i] is ' ' or '\t')
        {
            i++;
        }

        while (count < 4)
        {
            var from = i;
            long value = 0;
            while (i < text.Length && char.IsAsciiDigit(text[i]) && i - from < 9)
            {
                value = (value * 10) + (text[i] - '0');
                i++;
            }

            if (i == from)
            {
                return TimingKind.None;
            }

            parts[count++] = value;
            var next = i;
            while (next < text.Length && text[next] == ' ')
            {
                next++;
            }

            if (next + 1 >= text.Length || text[next] != ':')
            {
                break;
            }

            next++;
            while (next < text.Length && text[next] == ' ')
            {
                next++;
            }

            if (next >= text.Length || !char.IsAsciiDigit(text[next]))
            {
                break;
            }

            i = next;
        }

        if (count < 2)
        {
            return TimingKind.None;
        }

        // h:mm:ss:frames; the frames are less than a second.
        var hours = count >= 3 ? parts[0] : 0;
        var minutes = count >= 3 ? parts[1] : parts[0];
        var seconds = count >= 3 ? parts[2] : parts[1];
        var milliseconds = Fraction(text, ref i);
        if (seconds > 59 || (count >= 3 && minutes > 59) || minutes > MostHours || hours > MostHours)
        {
            return TimingKind.Unreadable;
        }

        time = TimeSpan.FromMilliseconds((((((hours * 60) + minutes) * 60) + seconds) * 1000) + milliseconds);
        at = i;
        return TimingKind.Timed;
    }

    // ".5", ",500", ", 520"; not the comma of SBV, which a whole time follows.
    private static long Fraction(string text, ref int at)
    {
        var i = at;
        if (i >= text.Length || text[i] is not ('.' or ',' or ';'))
        {
            return 0;
        }

        i++;
        while (i < text.Length && text[i] == ' ')
        {
            i++;
        }

        var from = i;
        long value = 0;
        var kept = 0;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            if (kept < 3)
            {
                value = (value * 10) + (text[i] - '0');
                kept++;
            }

            i++;
        }

        if (i == from || (i < text.Length && text[i] == ':'))
        {
            return 0;
        }

        for (; kept < 3; kept++)
        {
            value *= 10;
        }

        at = i;
        return value;
    }
}
